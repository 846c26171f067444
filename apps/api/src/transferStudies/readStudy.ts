/** @file Reads what a transfer board is made of: of every run its score, its validation curve and its time. */
import { diceOfCounts, meanScore } from "@tessera/analysis/dice";
import { allForeground, type Chance } from "@tessera/analysis/transfer/chance";
import type { SeedCurve } from "@tessera/analysis/transfer/target";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import { headlineSeries } from "../experiments/headlineSeries.ts";
import type { BoardMetric } from "./boardMetric.ts";
import type { RunScores } from "./runScores.ts";
import { type TrainingParts, trainingParts } from "./trainingParts.ts";

export interface StudyRun {
  readonly run: Run;
  /** On the fold; null before it is scored. */
  readonly scores: RunScores | null;
  /** Null before the first validation. */
  readonly curve: SeedCurve | null;
  /** Of all its attempts; null while one is under way. */
  readonly seconds: number | null;
}

export interface ReadStudy {
  /** By the name of the experiment's arm. */
  readonly runsOfArm: ReadonlyMap<string, readonly StudyRun[]>;
  readonly chance: Chance;
  readonly series: string;
  /** Of the series. */
  readonly seriesChance: number | null;
  readonly parts: TrainingParts;
}

interface Input {
  readonly experiment: Experiment;
  readonly fold: Fold;
  readonly metric: BoardMetric;
}

export async function readStudy(context: Context, { experiment, fold, metric }: Input): Promise<ReadStudy> {
  const { loaders } = context;
  const series = headlineSeries(experiment.base);
  const points = loaders.points(JSON.stringify([series]));
  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const evaluations = await Promise.all(runs.map(({ id }) => loaders.evaluation(fold).load(id)));
  const read = runs.map(async (run, place): Promise<StudyRun> => {
    const evaluation = evaluations[place];
    const [scores, [curve], attempts] = await Promise.all([
      evaluation ? metric.scoresOf(evaluation) : null,
      points.load(run.id),
      loaders.attempts.load(run.id),
    ]);
    const ended = attempts.flatMap(({ startedAt, endedAt }) => (endedAt === null ? [] : [+endedAt - +startedAt]));
    return {
      run,
      scores,
      curve: curve ? { seed: run.seed, steps: curve.steps, values: curve.values } : null,
      seconds: ended.length < attempts.length ? null : ended.reduce((sum, ms) => sum + ms, 0) / 1000,
    };
  });
  const [all, parts] = await Promise.all([Promise.all(read), trainingParts(context, experiment)]);
  const scored = evaluations.find((evaluation) => evaluation !== null && evaluation !== undefined);
  return {
    runsOfArm: Map.groupBy(all, ({ run }) => run.arm),
    chance: scored ? await metric.chanceOf(scored) : { value: null, text: "not known before a run is scored" },
    series,
    seriesChance: await chanceOfSeries(context, runs, series),
    parts,
  };
}

/** Of the validation Dice, the mean over items and classes that training reports, when all is called foreground. */
async function chanceOfSeries({ loaders }: Context, runs: readonly Run[], series: string): Promise<number | null> {
  if (series !== "validation/dice") return 0.5;
  const evaluations = await Promise.all(runs.map(({ id }) => loaders.evaluation("validation").load(id)));
  const first = evaluations.find((evaluation) => evaluation !== null);
  if (!first) return null;
  const rows = await loaders.evaluationItems.load(first.id);
  return meanScore(rows.map((row) => diceOfCounts(allForeground(row)))).mean;
}
