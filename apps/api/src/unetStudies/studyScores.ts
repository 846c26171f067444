/** @file The arms of a study under every metric of its board, as the statistics take them. */
import type { ScoredArm } from "@tessera/analysis/arm";
import type { RunCounts } from "@tessera/analysis/factorEffects";
import { scoredArm } from "@tessera/analysis/segmentation/itemFacts";
import { type SegmentationMetric, segmentationMetrics } from "@tessera/analysis/segmentation/metrics";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import { progressOf } from "../comparison/difference.ts";
import type { Context } from "../context.ts";
import { factsOf } from "../scoredSets/facts.ts";
import { chosenOf, isCounted, isMeasured, type Scored, type SetFacts } from "../scoredSets/setFacts.ts";
import { setOfExperiment } from "../scoredSets/setOfRuns.ts";

export const studyMetricNames = ["dice", "equivalentError", "largestShare", "pieceExcess"] as const;
export type StudyMetricName = (typeof studyMetricNames)[number];

export interface StudyArmScores {
  readonly scored: ScoredArm;
  readonly runs: RunCounts;
}

export interface StudyMetricScores {
  readonly metric: SegmentationMetric;
  /** By the arm's name; an arm without a scored run is there too. */
  readonly arms: ReadonlyMap<string, StudyArmScores>;
}

/** In the order of `studyMetricNames`. */
export async function studyScores(
  context: Context,
  experiment: Experiment,
  fold: Fold,
): Promise<Readonly<Record<StudyMetricName, StudyMetricScores>>> {
  const counts = await runCounts(context, experiment, fold);
  const set = await setOfExperiment(context, experiment, fold);
  const facts: SetFacts["arms"] = set === null ? [] : (await factsOf(context, set)).arms;
  const [counted, measured] = [chosenOf(facts, null, isCounted), chosenOf(facts, null, isMeasured)];
  const scores = studyMetricNames.map((name) => {
    const at = segmentationMetrics.findIndex((metric) => metric.name === name);
    const metric = segmentationMetrics[at]!;
    const value = ({ scores: all }: Scored) => (Number.isNaN(all[at]!) ? null : all[at]!);
    const known = (metric.fromCounts ? counted : measured).map((arm) => scoredArm(arm, value));
    const arms = experiment.arms.map(({ name: arm }) => {
      const scored = known.find((each) => each.name === arm) ?? { name: arm, runs: [] };
      const runs = counts.get(arm)!;
      return [arm, { scored, runs: metric.fromCounts ? { ...runs, unmeasured: 0 } : runs }] as const;
    });
    return [name, { metric, arms: new Map(arms) }] as const;
  });
  return Object.fromEntries(scores) as unknown as Record<StudyMetricName, StudyMetricScores>;
}

async function runCounts({ loaders }: Context, experiment: Experiment, fold: Fold): Promise<Map<string, RunCounts>> {
  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const isUnmeasured = await Promise.all(
    runs.map(async (run) => {
      const evaluation = await loaders.evaluation(fold).load(run.id);
      if (!evaluation) return false;
      return ((await loaders.measurement.load(evaluation.id))?.done ?? 0) < evaluation.items;
    }),
  );
  return new Map(
    experiment.arms.map(({ name }) => {
      const ofArm = runs.flatMap(({ arm, state }, i) => (arm === name ? { state, unmeasured: isUnmeasured[i]! } : []));
      const unmeasured = ofArm.filter((run) => run.unmeasured).length;
      return [
        name,
        progressOf(
          ofArm.map(({ state }) => state),
          unmeasured,
        ),
      ];
    }),
  );
}
