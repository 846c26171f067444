/** @file What is measured of two masks of one item: raw facts, from which Dice and change of area are derived. */

/** Raised when the facts mean something else; older rows are then not read. */
export const maskPairVersion = 1;

/** Of one class, at the item's own size. */
export interface MaskPairFacts {
  readonly pixelsA: number;
  readonly pixelsB: number;
  readonly shared: number;
  /** 95th percentile of the distances between the outlines, pixels; null where either mask is empty. */
  readonly hd95: number | null;
}

/** 2 |A∩B| / (|A| + |B|); null where both are empty. */
export const diceOf = ({ pixelsA, pixelsB, shared }: Omit<MaskPairFacts, "hd95">): number | null =>
  pixelsA + pixelsB === 0 ? null : (2 * shared) / (pixelsA + pixelsB);
