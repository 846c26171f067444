/** @file From an experiment's runs to the board of labels against architecture. */
import { commonItems, type ScoredRun } from "@tessera/analysis/arm";
import {
  type FactorialArm,
  type FactorialEffect,
  labelsVersusArchitecture,
} from "@tessera/analysis/labelsVersusArchitecture";
import { mean, meanAndSd } from "@tessera/analysis/summary";
import { DomainError } from "@tessera/domain/errors";
import { type LabelledArchitecture, labelsAndArchitecture } from "@tessera/domain/study/labelsAndArchitecture";
import type { Fold } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Run } from "@tessera/store/runs";
import { differenceOf, progressOf } from "../comparison/difference.ts";
import type { Context } from "../context.ts";
import { type BoardMetric, boardMetric } from "../transferStudies/boardMetric.ts";
import { factorialText } from "./factorialText.ts";

/** The grid that the experiment's arms are, or null. */
export async function gridOf(
  { loaders }: Context,
  { id, arms }: Pick<Experiment, "id" | "arms">,
): Promise<LabelledArchitecture[] | null> {
  if (arms.length < 2 || (await loaders.witnessStudy.load(id)) !== null) return null; // other bags, not other labels
  const runs = await loaders.runsOfExperiment.load(id);
  const first = arms.map(({ name }) => runs.find((run) => run.arm === name));
  if (first.some((run) => !run || run.labelVersionId === null)) return null;
  return labelsAndArchitecture(first.map((run) => ({ name: run!.arm, labelVersionId: run!.labelVersionId!, configuration: run!.configuration }))); // biome-ignore format: one line
}

/** Null where the arms are no such grid. @throws DomainError CONFLICT where runs are scored on different labels */
export async function assembleFactorial(
  context: Context,
  experiment: Experiment,
  fold: Fold,
  metricName: string | null,
) {
  const grid = await gridOf(context, experiment);
  if (grid === null) return null;
  const { loaders } = context;
  const version = await loaders.labelVersion.load(experiment.labelVersionId);
  const schema = version && (await loaders.schema.load(version.schemaId));
  const metric = boardMetric(context, schema!.task, metricName);
  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const scored = await scoredRuns(context, runs, fold, metric);
  const numbers = new Map((await loaders.labelVersion.loadMany([...new Set(grid.map(({ labelVersionId }) => labelVersionId))])).flatMap((each) => (each instanceof Error || each === null ? [] : [[each.id, each.number] as const]))); // biome-ignore format: one line
  const arms = grid.map(({ name, labelVersionId, architecture }): FactorialArm & { labelVersionId: string } => {
    const own = runs.filter((run) => run.arm === name);
    return {
      name,
      labelVersionId,
      labels: `version ${numbers.get(labelVersionId)}`,
      architecture,
      runs: own.flatMap((run) => scored.values.get(run.id) ?? []),
      counts: progressOf(own.map(({ state }) => state)),
    };
  });
  const delta = metric.isHeadline ? experiment.equivalenceMargin : null;
  const found = labelsVersusArchitecture(arms, { delta, higherIsBetter: metric.shown.higherIsBetter });
  const shown = (effects: readonly FactorialEffect[]) =>
    effects.map(({ judged, reason, ...effect }) => ({
      ...effect,
      difference: judged === null ? differenceOf({ compared: null, reason }) : { ...judged.difference, level: judged.difference.confidence, items: judged.difference.n, verdict: judged.verdict, reason, detectable: judged.detectable }, // biome-ignore format: one line
    }));
  return {
    fold,
    metric: metric.shown,
    scoredOn: scored.labelVersionId === null ? null : await loaders.labelVersion.load(scored.labelVersionId),
    items: scored.items,
    cells: arms.map(({ name, labels, labelVersionId, architecture, runs: own }) => {
      const values = own.flatMap(({ value }) => value ?? []);
      return { arm: name, labels, labelVersionId, architecture, ...meanAndSd(values), seeds: values.length };
    }),
    labels: shown(found.labels),
    architecture: shown(found.architecture),
    interaction: shown(found.interaction),
    seed: found.seed,
    sentence: factorialText(found, metric.shown.label),
  };
}

type Valued = FactorialArm["runs"][number];

/** A value per run, all of the same items: those with a defined score in every run. */
async function scoredRuns({ loaders }: Context, runs: readonly Run[], fold: Fold, metric: BoardMetric) {
  const found = await Promise.all(
    runs.map(async (run) => ({ run, evaluation: await loaders.evaluation(fold).load(run.id) })),
  );
  const evaluated = found.flatMap(({ run, evaluation }) => (evaluation ? [{ run, evaluation }] : []));
  const versions = [...new Set(evaluated.map(({ evaluation }) => evaluation.labelVersionId))];
  if (versions.length > 1) {
    const fix = fold === "test" ? "make the experiment again with evaluationLabelVersionId" : "look at the test fold, which is scored on one version: validation is scored on what each run learns from"; // biome-ignore format: one line
    throw new DomainError("CONFLICT", `The runs are scored on ${versions.length} label versions, and no difference between such scores is one of models; ${fix}.`, { labelVersionIds: versions }); // biome-ignore format: one line
  }
  const scores = await Promise.all(evaluated.map(({ evaluation }) => metric.scoresOf(evaluation)));
  const perItem = scores.flatMap((each, at): ScoredRun[] => ("scores" in each ? [{ seed: evaluated[at]!.run.seed, scores: each.scores }] : [])); // biome-ignore format: one line
  const items = perItem.length === 0 ? [] : commonItems(perItem);
  const values = new Map<string, Valued>(
    scores.map((each, at) => {
      const { id, seed } = evaluated[at]!.run;
      const valued =
        "scores" in each ? { value: mean(items.map((item) => each.scores.get(item)!)), n: items.length } : each;
      return [id, { seed, ...valued }];
    }),
  );
  return { labelVersionId: versions[0] ?? null, items: [...values.values()][0]?.n ?? 0, values };
}
