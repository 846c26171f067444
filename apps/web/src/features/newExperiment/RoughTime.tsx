"use client";
import { duration } from "@/lib/format";
import { Stat } from "@/ui/Stat";

/** @param time milliseconds of all runs; null: no run like these has finished here */
export function RoughTime({ time, unknown, basis }: { time: number | null; unknown?: string; basis?: string }) {
  return (
    <Stat
      label="Rough time on one worker"
      note={
        time === null
          ? (unknown ?? "known once a run like it has finished here")
          : (basis ?? "from finished runs with the same model, batch and precision")
      }
    >
      {time === null ? "not known yet" : `about ${duration(time)}`}
    </Stat>
  );
}
