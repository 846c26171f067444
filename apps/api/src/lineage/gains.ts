/** @file What a hop of a chain is worth on the target: an arm that starts from it against one that starts from the hop before. */
import { type StartingWeights, startingSource } from "@tessera/domain/configuration/training";
import { sharedText } from "@tessera/domain/study/transferStudy";
import { type Experiment, experimentsByIds } from "@tessera/store/experiments";
import { experimentsStartingFrom, type Run } from "@tessera/store/runs";
import { compareClassifiers } from "../classification/compareClassifiers.ts";
import { compareExperimentArms } from "../comparison/compareExperimentArms.ts";
import type { Difference } from "../comparison/difference.type.ts";
import type { Context } from "../context.ts";

export interface HopGain {
  readonly difference: Difference;
  /** "AUC" or "Dice" */
  readonly metric: string;
  readonly experiment: Experiment;
  readonly armBefore: string;
  readonly armAfter: string;
}

/** Where a start is from: a run's id, imported weights' id, or random. */
export function startKey(starting: StartingWeights | null): string | null {
  if (starting === null) return null;
  const source = startingSource(starting);
  if (source === null) return "random";
  return source.kind === "run" ? `run ${source.runId}` : `imported ${source.weightsId}`;
}

interface StartedArm {
  readonly name: string;
  readonly key: string | null;
  /** The configuration without its start and seed: two arms are a pair only where nothing else differs. */
  readonly rest: string;
}

/**
 * Test scores of arms that share everything but where they start, on the target's label version and split. Of several such
 * experiments the one with most seeds; null where there is none.
 */
export async function hopGain(
  context: Context,
  target: Run,
  { before, after }: { before: string | null; after: string },
): Promise<HopGain | null> {
  const { labelVersionId, splitId } = target;
  if (labelVersionId === null || splitId === null || before === null) return null;
  const startingRunId = after.startsWith("run ") ? after.slice(4) : null;
  if (startingRunId === null) return null;
  const experiments = await context.asTeam(async (sql) => {
    const ids = await experimentsStartingFrom(sql, context.teamId, { startingRunId, labelVersionId, splitId });
    return (await experimentsByIds(sql, context.teamId, ids)).filter((each) => each !== null);
  });
  const gains: HopGain[] = [];
  for (const experiment of experiments) {
    const arms = await startedArms(context, experiment);
    const own = arms.find(({ name }) => experiment.id === target.experimentId && name === target.arm);
    const pairs = arms
      .filter(({ key }) => key === after)
      .flatMap((with_) =>
        arms.filter((each) => each.key === before && each.rest === with_.rest).map((without) => ({ with_, without })),
      );
    const pair = pairs.find(({ with_ }) => with_.rest === own?.rest) ?? pairs[0];
    if (pair) gains.push(...(await gainOf(context, experiment, pair.without.name, pair.with_.name)));
  }
  return gains.sort((a, b) => b.difference.seeds - a.difference.seeds)[0] ?? null;
}

async function startedArms({ loaders }: Context, { id, arms }: Experiment): Promise<StartedArm[]> {
  const runs = await loaders.runsOfExperiment.load(id);
  return arms.flatMap(({ name }) => {
    const run = runs.find(({ arm }) => arm === name);
    if (!run) return [];
    const { startingWeights = null, trainingFraction = 1 } = run.configuration as {
      startingWeights?: StartingWeights;
      trainingFraction?: number;
    };
    return [{ name, key: startKey(startingWeights), rest: `${trainingFraction} ${sharedText(run.configuration)}` }];
  });
}

async function gainOf(context: Context, experiment: Experiment, armA: string, armB: string): Promise<HopGain[]> {
  const pair = { armA, armB, fold: "test" } as const;
  const dice = await compareExperimentArms(context, experiment, pair);
  const auc =
    dice === null
      ? await compareClassifiers(context, experiment, { ...pair, metric: "auc", specificity: 0.95, seed: null })
      : null;
  const difference = (dice ?? auc)?.difference;
  if (!difference || difference.estimate === null) return [];
  return [{ difference, metric: dice === null ? "AUC" : "Dice", experiment, armBefore: armA, armAfter: armB }];
}
