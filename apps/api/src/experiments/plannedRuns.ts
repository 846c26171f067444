/** @file From the input of createExperiment to the runs it starts; refuses with the field's name before anything is stored. */
import { architectureDifference } from "@tessera/domain/configuration/architecture";
import { expandGrid } from "@tessera/domain/configuration/grid";
import { labelTaskOf, type RunConfiguration } from "@tessera/domain/configuration/run";
import { startingSource } from "@tessera/domain/configuration/training";
import { DomainError } from "@tessera/domain/errors";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { refuseOverlap } from "../lineage/refuseOverlap.ts";
import { checkImported } from "../weights/checkImported.ts";
import type { CreateExperimentInput } from "./createExperiment.input.ts";
import { checkArmLabels, checkEvaluationLabels } from "./scoredLabelVersion.ts";

/** @param testedBy the splits whose test folds score the runs; of a cross-validation every one */
export async function plannedRuns(
  context: Context,
  input: CreateExperimentInput,
  testedBy: readonly string[] = [input.splitId],
) {
  const { loaders } = context;
  const arms = input.arms.map(({ name, changes, labelVersionId }) => ({
    name,
    changes,
    ...(labelVersionId && labelVersionId !== input.labelVersionId && { labelVersionId }),
  }));
  const grid = expandGrid(input.base, arms, input.seeds);
  const labelVersion = found(
    await loaders.labelVersion.load(input.labelVersionId),
    "label version",
    input.labelVersionId,
  );
  const split = found(await loaders.split.load(input.splitId), "split", input.splitId);
  if (labelVersion.datasetId !== split.datasetId) {
    throw new DomainError(
      "BAD_INPUT",
      "splitId: this split is of another dataset than the label version; choose both of one",
      {
        field: "splitId",
      },
    );
  }
  await checkEvaluationLabels(loaders, labelVersion, input.evaluationLabelVersionId ?? null);
  await checkArmLabels(loaders, labelVersion, arms, input.evaluationLabelVersionId ?? null);
  const schema = await loaders.schema.load(labelVersion.schemaId);
  for (const { arm, configuration } of grid) {
    const wanted = labelTaskOf(configuration);
    if (wanted === schema!.task) continue;
    const message = `labelVersionId: arm "${arm}" is a run of ${configuration.task}, and this label version is of ${schema!.task}; choose labels of ${wanted}, or a configuration of ${schema!.task}`;
    throw new DomainError("BAD_INPUT", message, { field: "labelVersionId" });
  }
  const classesOf = async (labelVersionId: string | null) => {
    const version = labelVersionId === null ? null : await loaders.labelVersion.load(labelVersionId);
    return (version && (await loaders.schema.load(version.schemaId)))?.classes.length ?? 1;
  };
  const classes = schema!.classes.length;
  checkMargin(input.equivalenceMargin);
  const labelsOf = (name: string) => {
    const labelVersionId = arms.find((arm) => arm.name === name)?.labelVersionId;
    return labelVersionId === undefined ? {} : { labelVersionId };
  };
  const runs = await Promise.all(
    grid.map(async ({ arm, seed, configuration }) => ({
      arm,
      seed,
      ...labelsOf(arm),
      configuration: { ...configuration },
      startingRunId: await startingRun(configuration),
      name: `${input.name} · ${arm} · seed ${seed}`,
    })),
  );
  const startingRunIds = runs.flatMap(({ startingRunId }) => startingRunId ?? []);
  if (!input.acceptOverlap) await refuseOverlap(context, { startingRunIds, splitIds: testedBy });
  return { datasetId: labelVersion.datasetId, arms, seeds: input.seeds, runs };

  /** The run whose weights a configuration starts from; it must exist and share the architecture. */
  async function startingRun(configuration: RunConfiguration): Promise<string | null> {
    const { startingWeights, model } = configuration;
    const source = startingSource(startingWeights);
    if (source === null || startingWeights.kind === "random") return null;
    const place = startingWeights.kind === "statistics" ? "startingWeights.of" : "startingWeights";
    if (source.kind === "imported") {
      const imported = await loaders.weights.load(source.weightsId);
      checkImported(imported, { model, classes, part: startingWeights.part, field: `${place}.weightsId` });
      return null;
    }
    const { runId } = source;
    const field = `${place}.runId`;
    const run = await loaders.run.load(runId);
    if (!run)
      throw new DomainError("BAD_INPUT", `${field}: no run ${runId} in this team; copy the id from its page`, {
        field,
      });
    if (run.source === "foreign") {
      const message = `${field}: run ${runId} was trained by a script and has no checkpoint here; choose a run that Tessera trained`;
      throw new DomainError("BAD_INPUT", message, { field });
    }
    const labels = { from: { classes: await classesOf(run.labelVersionId) }, to: { classes } };
    const difference = architectureDifference(run.configuration, model, startingWeights.part, labels);
    if (difference === null) return runId;
    const fix = "choose a run of the same architecture, or change this model";
    throw new DomainError(
      "BAD_INPUT",
      `${field}: its ${difference === "classes" ? "number of classes" : `model.${difference}`} differs from this run's; ${fix}`,
      {
        field,
        difference,
      },
    );
  }
}

/** @throws DomainError BAD_INPUT */
export function checkMargin(margin: number | null | undefined): void {
  if (margin === undefined || margin === null || (margin > 0 && margin < 1)) return;
  const message = `equivalenceMargin: expected above 0 and below 1 (in the metric compared), got ${margin}`;
  throw new DomainError("BAD_INPUT", message, { field: "equivalenceMargin" });
}
