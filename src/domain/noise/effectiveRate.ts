/** @file What a nominal rate of label noise comes to. */

/**
 * Share of labels that change where a share `rate` of them is drawn anew among all classes alike: one in K is drawn as it was,
 * so p % over K classes change p (K - 1) / K.
 */
export const effectiveRate = (rate: number, classes: number): number => (rate * (classes - 1)) / classes;

/** What a noise model did: the true-noise ledger's totals. */
export interface NoiseCounts {
  /** Labels that the model was given: items, or of classes that are not exclusive known values. */
  readonly labels: number;
  /** Those drawn anew. */
  readonly drawn: number;
  /** Those that are another now. */
  readonly changed: number;
  /** Chance that a label changes, by the model alone; null where it depends on the masks. */
  readonly expectedRate: number | null;
}
