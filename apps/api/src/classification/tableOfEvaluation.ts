/** @file The predictions of one evaluation as the table that every score is read from. */
import { type PredictionTable, predictionTable } from "@tessera/analysis/classification/table";
import type { Evaluation } from "@tessera/store/evaluations";
import type { EvaluatedRun } from "../comparison/countedRun.ts";
import { found } from "../graphql/found.ts";
import type { Loaders } from "../loaders.ts";

/** @param evaluation of classification */
export async function tableOfEvaluation(
  loaders: Loaders,
  { id, labelVersionId }: Pick<Evaluation, "id" | "labelVersionId">,
): Promise<PredictionTable> {
  const [predictions, version] = await Promise.all([
    loaders.classificationPredictions.load(id),
    loaders.labelVersion.load(labelVersionId),
  ]);
  const { schemaId } = found(version, "label version", labelVersionId);
  const { classes, exclusive } = found(await loaders.schema.load(schemaId), "label schema", schemaId);
  return predictionTable(predictions, { classes, exclusive: exclusive ?? false });
}

/** The runs, each with its table. */
export const tabledRuns = <Run extends EvaluatedRun>(loaders: Loaders, runs: readonly Run[], labelVersionId: string) =>
  Promise.all(
    runs.map(async (run) => ({
      ...run,
      table: await tableOfEvaluation(loaders, { id: run.evaluationId, labelVersionId }),
    })),
  );
