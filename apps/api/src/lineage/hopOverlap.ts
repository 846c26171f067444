/** @file Pictures that a hop of a chain has seen and the target's test fold asks about. */
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import { pairsAcross } from "../duplicates/findPairs.ts";
import type { FoundPair } from "../duplicates/foundPair.ts";

export interface HopOverlap {
  readonly run: Run;
  /** First: of the hop's training or validation fold. Second: of the target's test fold. Surest first. */
  readonly pairs: readonly FoundPair[];
  /** Items of either side without a hash, of which nothing is known. */
  readonly unhashed: number;
}

/**
 * Training and validation both count: validation chose the checkpoint. A hop that learnt from a part of its training fold is taken to
 * have learnt from all of it.
 */
export async function hopOverlap(context: Context, run: Run, testSplitId: string): Promise<HopOverlap> {
  const { loaders } = context;
  if (run.splitId === null) return { run, pairs: [], unhashed: 0 };
  const [hop, target] = await Promise.all([loaders.split.load(run.splitId), loaders.split.load(testSplitId)]);
  const progress = await loaders.hashing.loadMany([...new Set([hop!.datasetId, target!.datasetId])]);
  const unhashed = progress.map((each) => {
    if (each instanceof Error) throw each;
    return each.items - each.hashed;
  });
  const pairs = await pairsAcross(
    context,
    { splitId: run.splitId, folds: ["train", "validation"] },
    { splitId: testSplitId, folds: ["test"] },
  );
  return { run, pairs, unhashed: unhashed.reduce((sum, each) => sum + each, 0) };
}
