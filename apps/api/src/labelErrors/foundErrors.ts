/** @file The labels of a cross-validated experiment, ranked, with what is estimated and, of planted noise, known of them. */
import { type ClassScore, classScores, suspectClasses } from "@tessera/analysis/labelErrors/suspects";
import { DomainError } from "@tessera/domain/errors";
import type { Experiment } from "@tessera/store/experiments";
import type { LabelSchema } from "@tessera/store/labelSchemas";
import { labelsForItems } from "@tessera/store/labelVersions";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { type OutOfFold, outOfFold } from "./outOfFold.ts";
import { outOfFoldTable } from "./outOfFoldTable.ts";
import { plantedOf } from "./plantedOf.ts";
import type { FoundErrors, LabelScore } from "./suspect.ts";
import { suspectMasks } from "./suspectMasks.ts";

interface Choice {
  readonly arm: string | null;
  readonly score: LabelScore | null;
}

/**
 * Null as `outOfFold`.
 * @throws DomainError BAD_INPUT for an arm that there is not, or a score that the task does not have; CONFLICT for masks that were scored on other labels
 */
export async function foundErrors(
  context: Context,
  experiment: Experiment,
  { arm, score }: Choice,
): Promise<FoundErrors | null> {
  // biome-ignore format: one line
  const { loaders, services, teamId } = context;
  const said = await outOfFold(loaders, experiment, arm);
  if (said === null) return null;
  const evaluations = said.repeats.map((folds) => folds.map(({ id }) => id));
  // nothing of an evaluation or a label version is ever updated: their ids stand for their content
  const content = [teamId, experiment.labelVersionId, said.arm, evaluations, score];
  return services.labelErrors.get(content, () => find(context, experiment, said, score));
}

async function find(
  context: Context,
  experiment: Experiment,
  said: OutOfFold,
  score: LabelScore | null,
): Promise<FoundErrors> {
  // biome-ignore format: one line
  const { labelVersionId } = experiment;
  const version = found(await context.loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
  const schema = found(await context.loaders.schema.load(version.schemaId), "label schema", version.schemaId);
  const ranked =
    schema.task === "segmentation"
      ? { questions: [], ...(await rankedMasks(context, experiment, said, score)) }
      : await rankedClasses(context, experiment, { schema, said, score });
  const itemIds = [...new Set(ranked.suspects.map(({ itemId }) => itemId))];
  const planted = await plantedOf(context, version, itemIds);
  return {
    arm: said.arm,
    repeats: said.repeats.length,
    ...ranked,
    planted: planted && {
      originalVersionId: planted.originalVersionId,
      isPlanted: ranked.suspects.map((suspect) => planted.isPlanted(suspect)),
    },
  };
}

async function rankedMasks(
  { loaders }: Context,
  { labelVersionId }: Experiment,
  { repeats }: OutOfFold,
  score: LabelScore | null,
) {
  // biome-ignore format: one line
  if (score !== null && Object.hasOwn(classScores, score)) throw wrongScore("MASK_QUALITY, SOFTMIN, SOFT_DICE or DICE of masks", score); // biome-ignore format: one line
  if (repeats.flat().some((evaluation) => evaluation.labelVersionId !== labelVersionId)) {
    const message = "The test folds were scored on other labels than the runs learnt from, and of masks only the counts against those are kept; cross-validate on the version whose errors you look for"; // biome-ignore format: one line
    throw new DomainError("CONFLICT", message, { labelVersionId });
  }
  const rows = await Promise.all(
    repeats.map(async (folds) => (await Promise.all(folds.map(({ id }) => loaders.evaluationItems.load(id)))).flat()),
  );
  return suspectMasks(rows, score);
}

async function rankedClasses(
  { asTeam, teamId, loaders }: Context,
  { labelVersionId }: Experiment,
  { schema, said, score }: { schema: LabelSchema; said: OutOfFold; score: LabelScore | null },
) {
  const chosen = score ?? "selfConfidence";
  if (!Object.hasOwn(classScores, chosen)) throw wrongScore("SELF_CONFIDENCE or NORMALISED_MARGIN of classes", chosen);
  const predictions = await Promise.all(
    said.repeats.map(async (folds) =>
      (await Promise.all(folds.map(({ id }) => loaders.classificationPredictions.load(id)))).flat(),
    ),
  );
  const itemIds = [...new Set(predictions.flat().map(({ itemId }) => itemId))];
  const labels = await asTeam((sql) => labelsForItems(sql, teamId, labelVersionId, itemIds));
  const valuesOf = new Map(itemIds.map((id, at) => [id, labels[at]?.classValues ?? null]));
  const { classes, exclusive } = schema;
  const table = outOfFoldTable(predictions, (id) => valuesOf.get(id) ?? null, { classes, exclusive: exclusive ?? false }); // biome-ignore format: one line
  const { suspects, questions } = suspectClasses(table, chosen as ClassScore);
  return {
    score: chosen,
    questions,
    suspects: suspects.map((each) => ({ ...each, dice: null, predictionSha256: null })),
  };
}

const wrongScore = (expected: string, got: string) =>
  new DomainError("BAD_INPUT", `score: expected ${expected}, got ${got}`, { field: "score" });
