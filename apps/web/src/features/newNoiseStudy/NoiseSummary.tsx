"use client";
import type { ComponentProps } from "react";
import { count, plural } from "@/lib/format";
import { Stat } from "@/ui/Stat";
import { StartSummary } from "../newExperiment/StartSummary.tsx";

interface Props
  extends Pick<
    ComponentProps<typeof StartSummary>,
    "time" | "missing" | "problems" | "pending" | "starting" | "checkError"
  > {
  /** Null before the api has said what it would make. */
  readonly plan: {
    readonly versions: readonly string[];
    readonly arms: readonly string[];
    readonly scoringsPerSeed: number;
  } | null;
  readonly seeds: number;
}

/** What the study will make and start. */
export function NoiseSummary({ plan, seeds, ...lacking }: Props) {
  return (
    <StartSummary
      {...lacking}
      runs={plan && plan.arms.length * seeds}
      grid={plan ? `${plural(plan.arms.length, "arm")} × ${plural(seeds, "seed")}` : undefined}
      answer={
        seeds < 5
          ? "estimates only: a verdict needs 5 seeds"
          : "areas and breakdown points, with intervals and verdicts"
      }
      growth="The same name and question with more methods, noise, levels or seeds adds only what is missing."
    >
      <Stat label="Noisy label versions" note={plan?.versions.join(", ")}>
        {plan ? count(plan.versions.length) : "not known yet"}
      </Stat>
      <Stat label="Scorings on noisy labels" note="besides the first, on the labels without noise">
        {plan ? count(plan.scoringsPerSeed * seeds) : "not known yet"}
      </Stat>
    </StartSummary>
  );
}
