/**
 * @file The chain from the image to the label: its stages' matrices, one after another, with intervals.
 *
 * Assumption, stated wherever a result is shown: a stage depends on the one before only (Markov). Held to coverage and width by simulation:
 * `npm run bench -- statistics --only chain`.
 */
import type { ChainState, DrawnChain } from "./chainDraws.ts";
import { type ChainEstimate, estimateOf } from "./estimates.ts";
import { labelQuality } from "./labelQuality.ts";
import { composed, type Matrix } from "./matrices.ts";

export interface ClassEstimates {
  readonly prevalence: ChainEstimate;
  readonly sensitivity: ChainEstimate;
  readonly specificity: ChainEstimate;
  /** Null: nothing may be labelled so. */
  readonly ppv: ChainEstimate | null;
  readonly labelled: ChainEstimate;
}

export interface ComposedChain {
  /** [class of the image][label]. */
  readonly matrix: readonly (readonly ChainEstimate[])[];
  readonly accuracy: ChainEstimate;
  readonly classes: readonly ClassEstimates[];
}

export const composedChain = (chain: DrawnChain): ComposedChain => described(chain, ({ stages }) => composed(stages));

/** Of any matrix of a chain's state: of one stage, of all but one, of the direct sample. */
export function described({ counted, draws }: DrawnChain, matrixOf: (state: ChainState) => Matrix): ComposedChain {
  const [matrix, drawn] = [matrixOf(counted), draws.map(matrixOf)];
  const quality = labelQuality(matrix, counted.prevalence);
  const qualities = drawn.map((each, at) => labelQuality(each, draws[at]!.prevalence));
  const of = (value: number, each: (at: number) => number) =>
    estimateOf(
      value,
      drawn.map((_, at) => each(at)),
    );
  return {
    matrix: matrix.map((row, i) => row.map((share, j) => of(share, (at) => drawn[at]![i]![j]!))),
    accuracy: of(quality.accuracy, (at) => qualities[at]!.accuracy),
    classes: quality.classes.map(({ sensitivity, specificity, ppv, labelled }, k) => ({
      prevalence: of(counted.prevalence[k]!, (at) => draws[at]!.prevalence[k]!),
      sensitivity: of(sensitivity, (at) => qualities[at]!.classes[k]!.sensitivity),
      specificity: of(specificity, (at) => qualities[at]!.classes[k]!.specificity),
      ppv:
        ppv === null
          ? null
          : ofDefined(
              ppv,
              qualities.map(({ classes }) => classes[k]!.ppv),
            ),
      labelled: of(labelled, (at) => qualities[at]!.classes[k]!.labelled),
    })),
  };
}

/** A share of what may not be there at all: draws that have none of it leave it open. */
function ofDefined(value: number, draws: readonly (number | null)[]): ChainEstimate {
  const defined = draws.flatMap((each) => each ?? []);
  return defined.length < draws.length ? { value, low: 0, high: 1 } : estimateOf(value, defined);
}
