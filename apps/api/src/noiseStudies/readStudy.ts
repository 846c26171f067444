/** @file Reads what a noise board is made of: every run's scores, on the labels without noise and on each noisy version. */
import type { Chance } from "@tessera/analysis/transfer/chance";
import type { Evaluation } from "@tessera/store/evaluations";
import type { Experiment } from "@tessera/store/experiments";
import type { FurtherScoring, NoiseStudyVersion, WantedRun } from "@tessera/store/noiseStudies";
import type { Run } from "@tessera/store/runs";
import type { Context } from "../context.ts";
import type { BoardMetric } from "../transferStudies/boardMetric.ts";
import type { RunScores } from "../transferStudies/runScores.ts";

export interface StudyRun {
  readonly run: Run;
  /** On the labels without noise; null before it is scored. */
  readonly first: Evaluation | null;
  /** By label version, the one without noise included. */
  readonly scores: ReadonlyMap<string, RunScores>;
  /** Likewise. */
  readonly evaluations: ReadonlyMap<string, Evaluation>;
}

export interface ReadStudy {
  /** By the name of the experiment's arm. */
  readonly runsOfArm: ReadonlyMap<string, readonly StudyRun[]>;
  readonly wanted: readonly WantedRun[];
  readonly versions: readonly NoiseStudyVersion[];
  readonly scorings: readonly FurtherScoring[];
  readonly chance: Chance;
}

export async function readStudy(context: Context, experiment: Experiment, metric: BoardMetric): Promise<ReadStudy> {
  const { loaders } = context;
  const [runs, wanted, versions, scorings] = await Promise.all([
    loaders.runsOfExperiment.load(experiment.id),
    loaders.wantedRuns.load(experiment.id),
    loaders.noiseVersions.load(experiment.id),
    loaders.furtherScorings.load(experiment.id),
  ]);
  const needed = new Set(versions.flatMap(({ evaluates, labelVersionId }) => (evaluates ? [labelVersionId] : [])));
  const read = await Promise.all(
    runs.map(async (run): Promise<StudyRun> => {
      const all = await loaders.evaluations("test").load(run.id);
      const first = all.find(({ scoring }) => scoring === 1) ?? null;
      const further = all.filter(
        ({ scoredFrom, labelVersionId }) => scoredFrom === first?.id && needed.has(labelVersionId),
      );
      const evaluations = new Map([...(first ? [first] : []), ...further].map((each) => [each.labelVersionId, each]));
      const scores = [...evaluations].map(async ([id, each]) => [id, await metric.scoresOf(each)] as const);
      return { run, first, evaluations, scores: new Map(await Promise.all(scores)) };
    }),
  );
  const scored = read.find(({ first }) => first !== null)?.first;
  return {
    runsOfArm: Map.groupBy(read, ({ run }) => run.arm),
    ...{ wanted, versions, scorings },
    chance: scored ? await metric.chanceOf(scored) : { value: null, text: "not known before a run is scored" },
  };
}
