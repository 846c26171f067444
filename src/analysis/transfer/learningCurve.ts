/** @file The learning curve of an arm: its seeds' band, at so many steps that a chart shows them. */
import { seedBand } from "../seedBand.ts";
import type { SeedCurve } from "./target.ts";

/** The lists belong together. */
export interface LearningCurve {
  readonly steps: number[];
  /** Over the seeds that have a score at the step. */
  readonly mean: number[];
  /** The lowest and the highest seed. */
  readonly low: number[];
  readonly high: number[];
  readonly seeds: number[];
}

/** Steps without any score are left out; of more than `most` every k-th is kept, and the last. */
export function learningCurve(curves: readonly SeedCurve[], most = 200): LearningCurve {
  const { steps, mean, low, high, seeds } = seedBand(curves);
  const shown = steps.flatMap((_, place) => (seeds[place]! > 0 ? [place] : []));
  const every = Math.ceil(shown.length / most);
  const kept = shown.filter((_, place) => (shown.length - 1 - place) % every === 0);
  const of = (values: readonly (number | null)[]) => kept.map((place) => values[place]!);
  return { steps: of(steps), mean: of(mean), low: of(low), high: of(high), seeds: of(seeds) };
}
