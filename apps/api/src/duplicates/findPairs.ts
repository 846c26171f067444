/** @file Pairs of duplicate items, found once for each set of hashes and kept. */
import { duplicatesAcross, duplicatesWithin } from "@tessera/analysis/duplicates/search";
import { hashVersion } from "@tessera/domain/duplicates/rule";
import type { Fold } from "@tessera/domain/words";
import { hashesOf, type StoredHash } from "@tessera/store/itemHashes";
import type { Context } from "../context.ts";
import type { DuplicateKind } from "./duplicateKind.enum.ts";
import type { FoundPair } from "./foundPair.ts";

/** Whose items: a dataset's, or those of some folds of a split. */
export type ItemsOf = { readonly datasetId: string } | { readonly splitId: string; readonly folds: readonly Fold[] };

/** Best first. A hash, once stored, stays, so the items that have one stand for the answer. */
export function pairsWithin(context: Context, of: ItemsOf): Promise<readonly FoundPair[]> {
  return remembered(context, [of], async ([hashes]) => {
    const pairs = await patiently(duplicatesWithin(hashes!));
    return pairs.map((pair) => foundPair(hashes![pair.a]!, hashes![pair.b]!, pair));
  });
}

/** Best first; an item that is in both is a pair with itself. */
export function pairsAcross(context: Context, first: ItemsOf, second: ItemsOf): Promise<readonly FoundPair[]> {
  return remembered(context, [first, second], async ([a, b]) => {
    const pairs = await patiently(duplicatesAcross(a!, b!));
    return pairs.map((pair) => foundPair(a![pair.a]!, b![pair.b]!, pair));
  });
}

async function remembered(
  { asTeam, services, teamId }: Context,
  sides: readonly ItemsOf[],
  find: (hashes: readonly (readonly StoredHash[])[]) => Promise<FoundPair[]>,
): Promise<readonly FoundPair[]> {
  const hashes = await asTeam(async (sql) => {
    const read: StoredHash[][] = [];
    for (const side of sides) read.push(await hashesOf(sql, teamId, side));
    return read;
  });
  const content = [teamId, hashVersion, ...hashes.map((side) => side.map(({ itemId }) => itemId))];
  return services.duplicates.get(content, async () =>
    (await find(hashes)).sort((p, q) => q.correlation - p.correlation || p.bits - q.bits),
  );
}

const foundPair = (
  first: StoredHash,
  second: StoredHash,
  { bits, correlation, orientation }: Pick<FoundPair, "bits" | "correlation" | "orientation">,
): FoundPair => ({
  first: first.itemId,
  second: second.itemId,
  kind: kindOf(first, second),
  bits,
  correlation,
  orientation,
});

function kindOf(first: StoredHash, second: StoredHash): DuplicateKind {
  if (first.sha256 === second.sha256) return "sameFile";
  return Buffer.compare(first.pixels, second.pixels) === 0 ? "samePicture" : "near";
}

/** Lets others in every so often: a search of tens of thousands of items takes seconds. */
async function patiently<T>(searching: Generator<void, T>): Promise<T> {
  let letIn = performance.now();
  for (;;) {
    const step = searching.next();
    if (step.done) return step.value;
    if (performance.now() - letIn < 20) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    letIn = performance.now();
  }
}
