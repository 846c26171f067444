/** @file Post-processing of every arm: chosen on the validation evaluations of its own runs, shown on the set's fold. */
import type { ArmOf, PredictionFacts } from "@tessera/analysis/segmentation/itemFacts";
import { postProcessingText } from "@tessera/analysis/segmentation/postProcessing";
import { postProcessingResult, scoresAsPredicted } from "@tessera/analysis/segmentation/postProcessingResult";
import { evaluationItems } from "@tessera/store/evaluations";
import { predictionMeasures } from "@tessera/store/measurements";
import { differenceOf, progressOf } from "../comparison/difference.ts";
import type { Context } from "../context.ts";
import { total } from "../graphql/total.ts";
import { batchesOf } from "./batches.ts";
import type { PostProcessingResult } from "./postProcessingResult.type.ts";
import type { ScoredSet } from "./scoredSet.type.ts";
import type { SetArm } from "./setArm.ts";

interface MeasuredEvaluation {
  readonly seed: number;
  readonly evaluationId: string;
  readonly items: number;
  readonly done: number;
}

/** An arm with the evaluations of the set's fold and, where every run has one that is measured, those of validation. */
interface ArmOnBoth {
  readonly arm: SetArm;
  readonly shown: readonly MeasuredEvaluation[];
  readonly validation: readonly MeasuredEvaluation[] | null;
  /** Of all of them. */
  readonly items: number;
}

export async function postProcessingOf(
  context: Context,
  set: ScoredSet,
  classIndex: number,
): Promise<PostProcessingResult[]> {
  const arms = await Promise.all(set.sources.map((arm) => onBothFolds(context, arm, set.size)));
  const content = [context.teamId, classIndex, set.equivalenceMargin, arms];
  return context.services.postProcessing.get(content, async () => {
    const results: PostProcessingResult[] = [];
    for (const batch of batchesOf(arms)) results.push(...(await ofArms(context, set, classIndex, batch)));
    return results;
  });
}

async function onBothFolds({ loaders }: Context, arm: SetArm, size: number): Promise<ArmOnBoth> {
  const measured = async (seed: number, evaluation: { evaluationId: string; items: number }) => {
    const measurement = await loaders.measurement.load(evaluation.evaluationId);
    return { seed, evaluationId: evaluation.evaluationId, items: evaluation.items, done: measurement?.done ?? 0 };
  };
  const shown = await Promise.all(arm.runs.map((run) => measured(run.seed, run)));
  const found = await Promise.all(
    arm.runs.map(async ({ runId, seed }) => {
      const evaluation = await loaders.evaluation("validation").load(runId);
      if (!evaluation || evaluation.size !== size) return null; // pieces in pixels of another square are other pieces
      return measured(seed, { evaluationId: evaluation.id, items: evaluation.items });
    }),
  );
  const complete = found.filter((each) => each !== null && each.done === each.items) as MeasuredEvaluation[];
  const validation = complete.length === arm.runs.length ? complete : null;
  return { arm, shown, validation, items: total([...shown, ...(validation ?? [])].map(({ items }) => items)) };
}

async function ofArms(
  { asTeam, teamId }: Context,
  { equivalenceMargin }: ScoredSet,
  classIndex: number,
  arms: readonly ArmOnBoth[],
): Promise<PostProcessingResult[]> {
  const ids = arms.flatMap(({ shown, validation }) =>
    [...shown, ...(validation ?? [])].map((each) => each.evaluationId),
  );
  const once = [...new Set(ids)];
  const [rows, measures] = await asTeam(async (sql) => [
    await evaluationItems(sql, teamId, once),
    await predictionMeasures(sql, teamId, once),
  ]);
  const key = (row: { evaluationId: string; itemId: string }) => `${row.evaluationId} ${row.itemId}`;
  const counts = new Map(rows.filter((row) => row.classIndex === classIndex).map((row) => [key(row), row]));
  const predictions = new Map<string, Map<string, PredictionFacts[]>>();
  for (const row of measures) {
    const counted = counts.get(key(row));
    if (row.classIndex !== classIndex || !counted) continue;
    const items = predictions.get(row.evaluationId) ?? new Map<string, PredictionFacts[]>();
    predictions.set(row.evaluationId, items);
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = counted;
    const facts = { truePositives, falsePositives, falseNegatives, trueNegatives };
    items.set(row.itemId, [{ counts: facts, prediction: row.measures }]);
  }
  const runsOf = (evaluations: readonly MeasuredEvaluation[]) =>
    evaluations
      .map(({ seed, evaluationId }) => ({ seed, items: predictions.get(evaluationId) ?? new Map() }))
      .filter(({ items }) => items.size > 0);
  return arms.map(({ arm, shown, validation }) =>
    resultOf({ name: arm.name, runs: runsOf(shown) }, validation && runsOf(validation), { arm, equivalenceMargin }),
  );
}

function resultOf(
  shown: ArmOf<PredictionFacts>,
  validation: ArmOf<PredictionFacts>["runs"] | null,
  { arm, equivalenceMargin }: { arm: SetArm; equivalenceMargin: number | null },
): PostProcessingResult {
  const options = { delta: equivalenceMargin, runs: progressOf(arm.states) };
  const chosen = validation && postProcessingResult({ name: arm.name, runs: validation }, shown, options);
  if (!chosen) {
    const before = scoresAsPredicted(shown);
    return { arm: arm.name, choice: null, before, after: null, difference: null, candidates: [] };
  }
  const { choice, candidates, before, after, difference } = chosen;
  return {
    arm: arm.name,
    choice: { ...choice, text: postProcessingText(choice) },
    before,
    after,
    difference: differenceOf(difference),
    candidates: candidates.map(({ text, dice }) => ({ text, validationDice: dice })),
  };
}
