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
    readonly arms: readonly string[];
    readonly witnesses: readonly number[];
    readonly bags: number;
  } | null;
  readonly seeds: number;
  readonly tiles: number;
}

/** What the study will compose and start. */
export function WitnessSummary({ plan, seeds, tiles, ...lacking }: Props) {
  return (
    <StartSummary
      {...lacking}
      runs={plan && plan.arms.length * seeds}
      grid={plan ? `${plural(plan.arms.length, "arm")} × ${plural(seeds, "seed")}` : undefined}
      answer={
        seeds < 5
          ? "estimates only: a verdict needs 5 seeds"
          : "the rate below which each pooling is not told from chance, with its interval"
      }
      growth="The same name and question with more poolings, rates or seeds adds only what is missing."
    >
      <Stat
        label="Bags to compose"
        note={plan ? `${plan.witnesses.join(", ")} witnesses of ${count(tiles)} tiles` : undefined}
      >
        {plan ? count(plan.bags) : "not known yet"}
      </Stat>
    </StartSummary>
  );
}
