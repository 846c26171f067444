/** @file The score of one run under the metric of a board: one per item, or a value of the whole. */
export type RunScores =
  | { readonly scores: ReadonlyMap<string, number | null> }
  | { readonly value: number | null; readonly n: number };
