import type { Context } from "../context.ts";
import { headlineSeriesNames } from "../experiments/headlineSeries.ts";
import { found } from "../graphql/found.ts";
import { NewPoints } from "./newPoints.ts";
import { Updates } from "./updates.ts";

/** @throws DomainError NOT_FOUND before anything is watched. */
export async function experimentUpdates(context: Context, experimentId: string) {
  found(await context.loaders.experiment.load(experimentId), "experiment", experimentId);
  const runIds = (await context.loaders.runsOfExperiment.load(experimentId)).map((run) => run.id);
  const newPoints = new NewPoints(context, (series) => headlineSeriesNames.includes(series));
  const sentRuns = new Map<string, string>();
  return new Updates(context, runIds, async () => {
    const { loaders } = context;
    const experiment = found(await loaders.experiment.load(experimentId), "experiment", experimentId);
    const all = await loaders.runsOfExperiment.load(experimentId);
    for (const run of all) loaders.run.prime(run.id, run);
    const runs = all.filter((run) => {
      const now = JSON.stringify([
        run.state,
        run.attempt,
        run.phase,
        run.step,
        run.totalSteps,
        run.cancelRequested,
        run.error,
      ]);
      const isNew = sentRuns.get(run.id) !== now;
      sentRuns.set(run.id, now);
      return isNew;
    });
    return { experiment, runs, points: await newPoints.next(runIds) };
  });
}
