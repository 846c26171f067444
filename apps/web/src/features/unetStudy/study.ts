/** @file The board of a U-Net study as the tab takes it: levels in words, a difference per metric, panels of whiskers. */
import type { DotPanel } from "@/features/scoredSet/plot/dotPanels";
import type { UNetStudyQuery } from "@/gql/graphql";
import { count, isNumber } from "@/lib/format";
import { lossOf, lossText } from "../newExperiment/lossText.ts";
import { metricDifference, metricTitle } from "../scoredSet/metrics/metricText.ts";

export type Study = NonNullable<NonNullable<UNetStudyQuery["experiment"]>["unetStudy"]>;
export type Factor = Study["factors"][number];
export type Level = Factor["levels"][number];
export type Metric = Study["metrics"][number];
export type Facts = NonNullable<Level["partners"]>;

export const factorTitle: Readonly<Record<string, string>> = {
  depth: "Depth",
  skips: "Skip connections",
  loss: "Loss",
};

/** "no reduction", "depth 3", "finest cut"; a loss by its name in the form. */
export function levelText(factor: string, level: string): string {
  if (factor === "depth") return level === "0" ? "no reduction" : `depth ${level}`;
  if (factor === "skips") {
    const cut = /^cut (\d)$/.exec(level)?.[1];
    if (cut === undefined) return level === "all" ? "all skips" : "no skips";
    return cut === "0" ? "finest cut" : `level ${Number(cut) + 1} cut`;
  }
  const loss = / /.test(level) ? null : lossOf(level);
  return loss ? lossText({ name: loss.name }) : level;
}

export const differenceIn = (level: Level, metric: string) =>
  level[metric as "dice" | "equivalentError" | "largestShare" | "pieceExcess"] ?? null;

/** One panel per metric, one row per level; the reference stands at 0. */
export const effectPanels = (factor: Factor, metrics: readonly Metric[]): DotPanel[] =>
  metrics.map((metric) => ({
    key: metric.name,
    title: metricTitle(metric),
    higherIsBetter: metric.higherIsBetter,
    text: (value) => metricDifference(metric, value),
    rows: factor.levels.map((level) => {
      const arm = levelText(factor.name, level.level);
      if (level.level === factor.reference) return { arm, mean: 0 };
      const { estimate, low, high } = differenceIn(level, metric.name) ?? {};
      return { arm, mean: estimate, low, high };
    }),
  }));

/** Three significant digits with a unit of thousands: "7.78 M", "2,820". */
export function short(value: number): string {
  for (const [unit, size] of [
    ["G", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (value >= 10 * size || (size > 1e3 && value >= size)) return `${Number((value / size).toPrecision(3))} ${unit}`;
  }
  return count(Math.round(value));
}

/** "44 px"; "412 px ≥ image" where it holds all of an image. */
export const fieldText = (receptiveField: number, size: number | undefined): string =>
  `${Math.round(receptiveField)} px${isNumber(size) && receptiveField >= size ? " ≥ image" : ""}`;
