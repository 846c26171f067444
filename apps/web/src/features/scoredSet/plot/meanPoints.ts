/** @file Means over seeds as places of a plot: the seeds of a mean beside one another, a band from the lowest to the highest. */
import { isNumber } from "@/lib/format";

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface SeedMark {
  readonly seed: number;
  readonly runId: string;
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

export interface MeanPoint {
  readonly x: number;
  /** Mean over the seeds. */
  readonly value: number;
  readonly y: number;
  /** Of the lowest and the highest seed. */
  readonly yLow: number;
  readonly yHigh: number;
  readonly seeds: readonly SeedMark[];
}

/** Where the name of a curve stands, and from where a line leads to it; null: none does. */
export interface CurveLabel {
  readonly x: number;
  readonly y: number;
  readonly anchorY: number | null;
}

export interface SeedScores {
  readonly mean?: number | null;
  readonly perSeed: readonly { readonly seed: number; readonly runId: string; readonly mean?: number | null }[];
}

export const seedValues = (scores: readonly SeedScores[]): number[] =>
  scores.flatMap(({ perSeed }) => perSeed.flatMap(({ mean }) => (isNumber(mean) ? [mean] : [])));

/** Pixels from one seed to the next at most, and for all of them together. */
const usualSpread = { step: 3, room: 16 } as const;

/** @param x of the mean; @param y of a value. @returns null where there is no mean, or no seed has a value */
export function meanPoint(
  score: SeedScores,
  x: number,
  y: (value: number) => number,
  { step, room }: { readonly step: number; readonly room: number } = usualSpread,
): MeanPoint | null {
  const seeds = score.perSeed.filter((each): each is typeof each & { mean: number } => isNumber(each.mean));
  if (!isNumber(score.mean) || seeds.length === 0) return null;
  const values = seeds.map(({ mean }) => mean);
  return {
    ...{ x, value: score.mean, y: y(score.mean) },
    ...{ yLow: y(Math.min(...values)), yHigh: y(Math.max(...values)) },
    seeds: seeds.map(({ seed, runId, mean }, at) => ({
      ...{ seed, runId, value: mean, y: y(mean) },
      x: x + (at - (seeds.length - 1) / 2) * Math.min(step, room / seeds.length),
    })),
  };
}

/** The band of a curve's seeds as a path; empty of fewer than two points. */
export function bandPath(points: readonly Pick<MeanPoint, "x" | "yLow" | "yHigh">[]): string {
  if (points.length < 2) return "";
  const top = points.map(({ x, yHigh }) => `${x} ${yHigh}`);
  const floor = points.map(({ x, yLow }) => `${x} ${yLow}`).toReversed();
  return `M${[...top, ...floor].join("L")}Z`;
}

export const linePath = (points: readonly Pick<MeanPoint, "x" | "y">[]): string =>
  points.length < 2 ? "" : `M${points.map(({ x, y }) => `${x} ${y}`).join("L")}`;
