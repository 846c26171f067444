/**
 * @file What the guard of an explanation says: whether maps (heat maps of images, attention and scores of tiles) depend on what the model learnt.
 *
 * docs/decisions/0033 says what the checks can show, and why these thresholds; 0049 what differs for tiles.
 */

/** signed: Spearman's correlation of the maps; magnitude: of their absolute values; structure: SSIM. */
export const similarityMeasures = ["signed", "magnitude", "structure"] as const;
export type SimilarityMeasure = (typeof similarityMeasures)[number];
export interface Similarities {
  readonly signed: number;
  readonly magnitude: number;
  /** Null: of tiles, which are no picture. */
  readonly structure: number | null;
}

/**
 * passes: by every measure less than half of a map is left without what the model learnt. partly: more than that may be left, but not nearly
 * all. independent: by some measure nearly all is left. undecided: too few draws, items, or maps that show something.
 */
export const guardVerdicts = ["passes", "partly", "independent", "undecided"] as const;
export type GuardVerdict = (typeof guardVerdicts)[number];

/** The share of a map that is left, with its 95 % interval; null limits: one value alone. */
export interface Left {
  readonly measure: SimilarityMeasure;
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface GuardCheck {
  readonly left: readonly Left[];
  /** Draws of weights, or items. */
  readonly n: number;
  readonly verdict: GuardVerdict;
}

/** Means over items. */
export interface MapsAlike {
  readonly similarity: Similarities;
  /** Of maps of different items; 0 of tiles, since a tile of one bag has no like in another. */
  readonly chance: Similarities;
}

export interface CascadeStep extends MapsAlike {
  /** The last of the blocks that are random here; all before it are random, too. */
  readonly block: string;
}

/** All that is told of the maps of one kind but where they are held against the truth. */
export interface MapGuard {
  /** The worst of the two checks. */
  readonly verdict: GuardVerdict;
  /** Items whose map shows something: these are compared. */
  readonly items: number;
  /** Items whose map is the same everywhere. */
  readonly blank: number;
  /** From the head downwards, by the first draw. Empty where fewer than two maps show something. */
  readonly cascade: readonly CascadeStep[];
  /** All blocks random; the interval is over draws and items. */
  readonly weights: GuardCheck | null;
  /** Over items: it is one network. */
  readonly labels: (GuardCheck & MapsAlike) | null;
}

/** A mean over items, with Student's 95 % interval of it: null limits for fewer than two items. */
export interface ItemMean {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** The model whose labels mean nothing: accuracy on them, and what the most frequent answer reaches; null: another run is it. */
export interface LabelRandomisedModel {
  readonly runId: string | null;
  readonly steps: number | null;
  readonly accuracy: number | null;
  readonly chance: number | null;
}
