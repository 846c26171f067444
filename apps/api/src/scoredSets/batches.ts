/** @file Reads a set's rows a few evaluations at a time, so that the largest set fits: 200 runs of 1,000 items. */

/** Items of one read; an item's measures take a few kilobytes while they are read. */
const mostItems = 10_000;

/** Whole evaluations, in order; at least one a batch. */
export function batchesOf<Scored extends { readonly items: number }>(scored: readonly Scored[]): Scored[][] {
  const batches: Scored[][] = [];
  let room = 0;
  for (const each of scored) {
    room -= each.items;
    if (room < 0 || batches.length === 0) {
      batches.push([]);
      room = mostItems - each.items;
    }
    batches.at(-1)!.push(each);
  }
  return batches;
}
