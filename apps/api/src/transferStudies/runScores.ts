/** @file What a transfer board takes of one run in its metric. */

/** A score per item, or a value of the whole. */
export type RunScores =
  | { readonly scores: ReadonlyMap<string, number | null> }
  | { readonly value: number | null; readonly n: number };
