/** @file No run starts from weights that have seen its test fold, unless a person says so. */
import { DomainError } from "@tessera/domain/errors";
import type { Context } from "../context.ts";
import { startingRuns } from "./chain.ts";
import { hopOverlap } from "./hopOverlap.ts";

/** @throws DomainError CONFLICT naming the hops and the pictures */
export async function refuseOverlap(
  context: Context,
  { startingRunIds, splitId }: { startingRunIds: readonly string[]; splitId: string },
): Promise<void> {
  const chains = await Promise.all([...new Set(startingRunIds)].map((id) => startingRuns(context.loaders, id)));
  const hops = new Map(chains.flat().map((run) => [run.id, run]));
  for (const run of hops.values()) {
    const { pairs } = await hopOverlap(context, run, splitId);
    if (pairs.length === 0) continue;
    const items = await context.loaders.item.loadMany(
      pairs.slice(0, 5).flatMap(({ first, second }) => [first, second]),
    );
    const names = items.map((item) => (item === null || item instanceof Error ? "?" : item.name));
    const shown = Array.from({ length: names.length / 2 }, (_, i) => `${names[2 * i]} is ${names[2 * i + 1]}`);
    throw new DomainError(
      "CONFLICT",
      `startingWeights: run "${run.name}" (${run.id}) was trained or chosen on ${pairs.length} picture(s) of this split's test fold: ${shown.join("; ")}${pairs.length > shown.length ? "; …" : ""}. Train that run without them, choose another split, or set acceptOverlap: its boards then carry a stamp`,
      { field: "startingWeights", runId: run.id, pairs: pairs.length },
    );
  }
}
