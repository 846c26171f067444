import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { withoutBlind } from "../review/withoutBlind.ts";
import { NewPoints } from "./newPoints.ts";
import { Updates } from "./updates.ts";

/** @throws DomainError NOT_FOUND before anything is watched. */
export async function runUpdates(context: Context, runId: string) {
  found(await context.loaders.run.load(runId), "run", runId);
  const newPoints = new NewPoints(context, () => true);
  const sentSamples = new Set<string>();
  return new Updates(context, [runId], async () => {
    const { loaders } = context;
    const run = found(await loaders.run.load(runId), "run", runId);
    const points = await newPoints.next([runId]);
    const seen = await withoutBlind(loaders, run.labelVersionId, await loaders.samples.load(runId));
    const samples = seen.filter((sample) => {
      const key = `${sample.epoch} ${sample.itemId} ${sample.sha256}`;
      const isNew = !sentSamples.has(key);
      sentSamples.add(key);
      return isNew;
    });
    return { run, points, samples };
  });
}
