/**
 * @file Feature reuse: how alike the features of two sets of weights are, block by block, by linear CKA, beside two nulls.
 *
 * The start and the end of a run, a run and another one, or any two of these. docs/decisions/0032 says why these nulls.
 */
import type { InspectionKind, WeightTime } from "./inspection.ts";
import { checkWeightsOf, parsedRequest } from "./requestFields.ts";

/** Whose weights, and when. */
export interface WeightsOf {
  readonly runId: string;
  readonly at: WeightTime;
}

/** `average`: the mean over all positions of a block's output; `flattened`: every position and channel is a feature. */
export const positionRules = ["average", "flattened"] as const;
export type PositionRule = (typeof positionRules)[number];

export interface FeatureReuseRequest {
  readonly a: WeightsOf;
  readonly b: WeightsOf;
  /** Validation items of a's run, chosen by hash of their id; at most that many. */
  readonly items: number;
  readonly positions: PositionRule;
  /** Of each null. */
  readonly draws: number;
}

export const estimators = ["unbiased", "minibatch", "linear"] as const;
export type Estimator = (typeof estimators)[number];

/** One row per block of a, one column per block of b; null where CKA is undefined, as of features that do not vary. */
export type Matrix = readonly (readonly (number | null)[])[];

export interface Similarity {
  readonly estimator: Estimator;
  readonly values: Matrix;
  /** Of the draws, the 0.95 quantile and the mean: what two independent random nets reach. */
  readonly randomHigh: Matrix;
  readonly randomMean: Matrix;
  /** The same when the items that b sees are in another order. */
  readonly shuffledHigh: Matrix;
  readonly shuffledMean: Matrix;
}

export interface BlockDistance {
  readonly block: string;
  /** L2 norm of the difference of the block's trained weights, and of each side's weights. */
  readonly distance: number;
  readonly normA: number;
  readonly normB: number;
  /** Mean distance of two independent random nets' blocks: what a fresh start is away. */
  readonly randomDistance: number;
}

export interface FeatureReuseResult {
  readonly blocksA: readonly string[];
  readonly blocksB: readonly string[];
  /** Items that were looked at. */
  readonly items: number;
  /** Items of a minibatch of the minibatch estimator. */
  readonly batch: number;
  readonly draws: number;
  readonly similarities: readonly Similarity[];
  /** Null where the two are of different architectures. */
  readonly distances: readonly BlockDistance[] | null;
}

const defaults = { items: 256, positions: "average", draws: 20 } as const;

export const featureReuse: InspectionKind<FeatureReuseRequest> = {
  version: 1,
  parse: (value) =>
    parsedRequest<FeatureReuseRequest>(value, defaults, (check) => {
      const side = { runId: "", at: "" };
      check.noOtherFields({ a: side, b: side, ...defaults });
      for (const field of ["a", "b"]) checkWeightsOf(check, field);
      check.integer("items", 8, 1024, "256 is enough for most nets");
      check.oneOf("positions", positionRules);
      check.integer("draws", 20, 200, "the 0.95 quantile needs at least 20");
      const same = ["runId", "at"].every((key) => check.read(`a.${key}`) === check.read(`b.${key}`));
      if (same)
        check.problem("b", "other weights than a's", check.read("b"), "choose another run, or the start of this one");
    }),
  runIds: ({ a, b }) => [...new Set([a.runId, b.runId])],
};
