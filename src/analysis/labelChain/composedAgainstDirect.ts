/**
 * @file Is a stage's error really its own? The composed chain against a sample that goes from the image to the label at once.
 *
 * If each stage depends on the one before only, both estimate one matrix. The test is of the largest standardised difference of all
 * entries (max-T, Westfall & Young 1993), on the draws. Samples are taken as independent: where both are of the same items it rejects less
 * often than it could (the composed one is then a function of the same counts), never more.
 */
import { mean, quantile, standardDeviation } from "../summary.ts";
import type { ChainState, DrawnChain } from "./chainDraws.ts";
import { type ChainEstimate, chainLevel, estimateOf } from "./estimates.ts";
import { composed } from "./matrices.ts";

export interface AgainstDirect {
  /** [class of the image][label] composed minus direct; intervals of each entry by itself. */
  readonly differences: readonly (readonly ChainEstimate[])[];
  /** Composed minus direct, at the chain's prevalence. */
  readonly accuracy: ChainEstimate;
  /** That a difference as large somewhere is chance, if the assumption holds. */
  readonly p: number;
  readonly contradicted: boolean;
  /** The half-width that every entry's difference has at once: what the test could not have seen. */
  readonly unseen: number;
}

/** Null: nothing direct to hold it against. */
export function composedAgainstDirect({ counted, draws }: DrawnChain): AgainstDirect | null {
  if (counted.direct === null) return null;
  const gaps = (state: ChainState) => composed(state.stages).map((row, i) => row.map((share, j) => share - state.direct![i]![j]!)); // biome-ignore format: one line
  const [whole, drawn] = [gaps(counted), draws.map(gaps)];
  const right = (gap: readonly (readonly number[])[], prevalence: readonly number[]) =>
    prevalence.reduce((sum, share, at) => sum + share * gap[at]![at]!, 0);
  const entries = whole.flatMap((row, i) =>
    row.map((value, j) => {
      const values = drawn.map((each) => each[i]![j]!);
      return { value, values, middle: mean(values), sd: standardDeviation(values)! };
    }),
  );
  const varying = entries.filter(({ sd }) => sd > 0);
  const largest = Float64Array.from(drawn, (_, at) => Math.max(...varying.map(({ values, middle, sd }) => Math.abs(values[at]! - middle) / sd))).sort(); // biome-ignore format: one line
  const seen = Math.max(...varying.map(({ value, sd }) => Math.abs(value) / sd));
  const p = largest.filter((each) => each >= seen).length / largest.length;
  return {
    differences: whole.map((row, i) =>
      row.map((value, j) =>
        estimateOf(
          value,
          drawn.map((each) => each[i]![j]!),
        ),
      ),
    ),
    accuracy: estimateOf(
      right(whole, counted.prevalence),
      drawn.map((each, at) => right(each, draws[at]!.prevalence)),
    ),
    p,
    contradicted: p < 1 - chainLevel,
    unseen: quantile(largest, chainLevel) * Math.max(...varying.map(({ sd }) => sd)),
  };
}
