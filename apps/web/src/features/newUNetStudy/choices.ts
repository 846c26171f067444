/** @file What is ticked in the form of a U-Net study, and what it will cost. */

import { measuredStepMs } from "../newExperiment/cost.ts";
import { type Configuration, stepsPerRun } from "../newExperiment/draft.ts";
import type { FormRun } from "../newExperiment/formRun.ts";
import type { GridArm } from "./gridArm.ts";

export interface Choices {
  readonly depths: readonly number[];
  readonly skips: readonly string[];
  readonly losses: readonly string[];
}

export const mostDepth = 7;

/** Deepest first: the first of each list is the reference. */
export const depthsOf = (size: unknown): { readonly depth: number; readonly label: string; readonly fits: boolean }[] =>
  Array.from({ length: mostDepth + 1 }, (_, at) => {
    const depth = mostDepth - at;
    const side = typeof size === "number" ? size / 2 ** depth : Number.NaN;
    const bottom = Number.isInteger(side) ? `${size} → ${side} px` : "does not divide the input side";
    return {
      depth,
      label: depth === 0 ? "no reduction (depth 0)" : `depth ${depth}: ${bottom}`,
      fits: depth === 0 || Number.isInteger(side),
    };
  });

/** "all", "none", and a cut of every level that the deepest ticked depth has. */
export const skipsOf = (depths: readonly number[]): { readonly level: string; readonly label: string }[] => [
  { level: "all", label: "all" },
  { level: "none", label: "none" },
  ...Array.from({ length: Math.max(0, ...depths) }, (_, cut) => ({
    level: `cut ${cut}`,
    label: cut === 0 ? "finest cut" : `level ${cut + 1} cut`,
  })),
];

/** In the order of `all`, whatever order they were ticked in. */
export const toggled = <T>(list: readonly T[], value: T, all: readonly T[]): T[] =>
  all.filter((each) => (each === value ? !list.includes(value) : list.includes(each)));

/** The ticks that the form can still show: a smaller input or depth takes some away. */
export function possible({ depths, skips, losses }: Choices, size: unknown): Choices {
  const fitting = depthsOf(size).flatMap(({ depth, fits }) => (fits && depths.includes(depth) ? [depth] : []));
  const levels = skipsOf(fitting).map(({ level }) => level);
  return { depths: fitting, skips: levels.filter((level) => skips.includes(level)), losses };
}

/**
 * Milliseconds of all runs on one worker: from finished runs like an arm, the other arms in proportion to their
 * multiply-adds; null where no arm has a run like it.
 */
export function studyMs(
  arms: readonly GridArm[],
  seeds: number,
  trainItems: number | undefined,
  runs: readonly FormRun[],
): number | null {
  if (trainItems === undefined) return null;
  const steps = arms.map((arm) => stepsPerRun(arm.configuration as Configuration, trainItems));
  const measured = arms.map((arm) => measuredStepMs(arm.configuration as Configuration, runs));
  const rates = arms.flatMap((arm, i) => {
    const ms = measured[i];
    return ms === undefined ? [] : [ms / arm.model.multiplyAdds];
  });
  if (rates.length === 0 || steps.some((each) => each === null)) return null;
  const rate = rates.reduce((sum, each) => sum + each, 0) / rates.length;
  return arms.reduce((sum, arm, i) => sum + steps[i]! * seeds * (measured[i] ?? rate * arm.model.multiplyAdds), 0);
}
