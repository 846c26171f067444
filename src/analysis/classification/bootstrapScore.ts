/** @file How much one run's score over a ranking, such as its average precision, depends on the items drawn: the percentile bootstrap. */
import { randomStream } from "@tessera/domain/random";
import { type BootstrapOptions, intervalOfDraws } from "../bootstrap.ts";
import type { Ranking, Weights } from "./ranking.ts";

export interface ScoreInterval {
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
  /** Draws without a score, as one without a positive item: left out. */
  readonly undefinedDraws: number;
  readonly label: "these runs only";
}

/**
 * The items are drawn again with replacement. The same seed and ranking give the same interval.
 * @param score as `auc` and `averagePrecision` are
 * @returns null where the score itself is undefined, and where no draw differs from another: runs without an error score
 * 1 in every draw, though not on other items
 */
export function bootstrapScore(
  ranking: Ranking,
  score: (ranking: Ranking, weights?: Weights) => number | null,
  { seed = 0, draws = 2000, confidence = 0.95 }: BootstrapOptions = {},
): ScoreInterval | null {
  if (score(ranking) === null) return null;
  const random = randomStream("bootstrap score", seed);
  const n = ranking.truth.length;
  const weights = new Uint32Array(n);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    weights.fill(0);
    for (let i = 0; i < n; i++) weights[random.integer(n)]!++;
    const value = score(ranking, weights);
    if (value !== null) values.push(value);
  }
  if (values.every((value) => value === values[0])) return null;
  const interval = intervalOfDraws(values, n, confidence);
  return { ...interval, confidence, undefinedDraws: draws - values.length, label: "these runs only" };
}
