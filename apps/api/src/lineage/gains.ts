/** @file What a hop of a chain is worth on the target: an arm that starts from it against one that starts from the hop before. */
import { type StartingWeights, startingSource } from "@tessera/domain/configuration/training";
import { sharedText } from "@tessera/domain/study/transferStudy";
import { type Experiment, experimentsByIds } from "@tessera/store/experiments";
import { experimentsStartingFrom, type Run } from "@tessera/store/runs";
import { compareClassifiers } from "../classification/compareClassifiers.ts";
import { compareExperimentArms } from "../comparison/compareExperimentArms.ts";
import type { Difference } from "../comparison/difference.type.ts";
import type { Context } from "../context.ts";
import { startOf } from "./chain.ts";

export interface HopGain {
  readonly difference: Difference;
  /** "AUC" or "Dice" */
  readonly metric: string;
  readonly experiment: Experiment;
  readonly armBefore: string;
  readonly armAfter: string;
}

/** Where a start is from: a run's id, imported weights' id, or random; and whether it is of their statistics alone. */
export function startKey(starting: StartingWeights | null): string | null {
  if (starting === null) return null;
  const source = startingSource(starting);
  if (source === null) return "random";
  const from = source.kind === "run" ? `run ${source.runId}` : `imported ${source.weightsId}`;
  return starting.kind === "statistics" ? `statistics of ${from}` : from;
}

/** How much of its source a start takes; null: random, or not told. */
function partOf(starting: StartingWeights | null): string | null {
  if (starting === null || starting.kind === "random") return null;
  return starting.part === "firstBlocks" ? `first ${starting.blocks}` : starting.part;
}

/** A hop: the run that gave weights, and where the arms of its gain start. */
export interface Hop {
  readonly run: Run;
  /** As `startKey`: where the run itself started. */
  readonly before: string | null;
  /** As `startKey`: its own weights, or their statistics. */
  readonly after: string | null;
}

interface StartedArm {
  readonly name: string;
  readonly key: string | null;
  readonly part: string | null;
  /** The configuration without its start and seed: two arms are a pair only where nothing else differs. */
  readonly rest: string;
}

/**
 * Test scores of arms that share everything but where they start, on the target's label version and split: as much of the hop as the
 * target takes of its own start, else the whole encoder. Of several such experiments the one with most seeds; null where there is none.
 */
export async function hopGain(context: Context, target: Run, { run, before, after }: Hop): Promise<HopGain | null> {
  const { labelVersionId, splitId } = target;
  if (labelVersionId === null || splitId === null || before === null) return null;
  const startingRunId = run.id;
  const own = partOf(startOf(target));
  const experiments = await context.asTeam(async (sql) => {
    const ids = await experimentsStartingFrom(sql, context.teamId, { startingRunId, labelVersionId, splitId });
    return (await experimentsByIds(sql, context.teamId, ids)).filter((each) => each !== null);
  });
  const gains: HopGain[] = [];
  for (const experiment of experiments) {
    const arms = await startedArms(context, experiment);
    const mine = arms.find(({ name }) => experiment.id === target.experimentId && name === target.arm);
    const pairs = [own, "encoder"].flatMap((part) =>
      arms
        .filter((arm) => arm.key === after && arm.part === part)
        .flatMap((with_) =>
          arms
            .filter(({ key, part: taken, rest }) => key === before && rest === with_.rest && (taken ?? part) === part)
            .map((without) => ({ with_, without })),
        ),
    );
    const pair = pairs.find(({ with_ }) => with_.rest === mine?.rest) ?? pairs[0];
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
    const rest = `${trainingFraction} ${sharedText(run.configuration)}`;
    return [{ name, key: startKey(startingWeights), part: partOf(startingWeights), rest }];
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
