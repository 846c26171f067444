/** @file No run starts from weights that have seen its test fold, unless a person says so. */
import { DomainError } from "@tessera/domain/errors";
import type { Context } from "../context.ts";
import { startingRuns } from "./chain.ts";
import { type HopOverlap, hopOverlap } from "./hopOverlap.ts";

/** Pairs of a hop that a refusal lists, surest first; the message names the first few. */
const listed = 50;
const named = 5;

/** Split by split, the first that is seen is told. @throws DomainError CONFLICT naming the first hop and some pictures; its details list every hop that has seen some, as `overlaps` */
export async function refuseOverlap(
  context: Context,
  { startingRunIds, splitIds }: { startingRunIds: readonly string[]; splitIds: readonly string[] },
): Promise<void> {
  const chains = await Promise.all([...new Set(startingRunIds)].map((id) => startingRuns(context.loaders, id)));
  const hops = new Map(chains.flat().map((run) => [run.id, run]));
  for (const splitId of splitIds) {
    const all = await Promise.all([...hops.values()].map((run) => hopOverlap(context, run, splitId)));
    const seen = all.filter(({ pairs }) => pairs.length > 0);
    if (seen.length > 0) throw await refusal(context, seen);
  }
}

async function refusal(context: Context, seen: readonly HopOverlap[]): Promise<DomainError> {
  const overlaps = await Promise.all(seen.map((overlap) => listOf(context, overlap)));
  const { runId, runName, count, pairs } = overlaps[0]!;
  const shown = pairs.slice(0, named).map((pair) => `${pair.seen} is ${pair.test}`);
  return new DomainError(
    "CONFLICT",
    `startingWeights: run "${runName}" (${runId}) was trained or chosen on ${count} picture(s) of this split's test fold: ${shown.join("; ")}${count > shown.length ? "; …" : ""}. Train that run without them, choose another split, or set acceptOverlap: its boards then carry a stamp`,
    { field: "startingWeights", runId, pairs: count, overlaps },
  );
}

async function listOf({ loaders }: Context, { run, pairs }: HopOverlap) {
  const nameOf = async (id: string) => (await loaders.item.load(id))?.name ?? "?";
  return {
    runId: run.id,
    runName: run.name,
    count: pairs.length,
    pairs: await Promise.all(
      pairs.slice(0, listed).map(async ({ first, second, kind }) => ({
        seen: await nameOf(first),
        test: await nameOf(second),
        kind,
      })),
    ),
  };
}
