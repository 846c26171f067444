/** @file Items that have a copy whose label contradicts theirs. */
import type { Context } from "../context.ts";
import { describePairs } from "../duplicates/describePairs.ts";
import { pairsWithin } from "../duplicates/findPairs.ts";

/** Of every such item the others, by item id. */
export async function conflictingCopies(
  context: Context,
  { datasetId, labelVersionId }: { readonly datasetId: string; readonly labelVersionId: string },
): Promise<ReadonlyMap<string, readonly string[]>> {
  const pairs = await describePairs(context, await pairsWithin(context, { datasetId }), { labelVersionId });
  const copies = new Map<string, string[]>();
  for (const { first, second, labelsConflict } of pairs) {
    if (labelsConflict !== true) continue;
    copies.set(first.id, [...(copies.get(first.id) ?? []), second.id]);
    copies.set(second.id, [...(copies.get(second.id) ?? []), first.id]);
  }
  return copies;
}
