/** @file What a trainer needs to know of its run, read from the database. */

import { join } from "node:path";
import { labelTaskOf, parseRun } from "@tessera/domain/configuration/run";
import { startingSource } from "@tessera/domain/configuration/training";
import { DomainError } from "@tessera/domain/errors";
import { trainingSubset } from "@tessera/domain/trainingSubset";
import { folds } from "@tessera/domain/words";
import type { ClaimedRun } from "@tessera/store/claims";
import { evaluationsOf } from "@tessera/store/evaluations";
import { itemsByIds } from "@tessera/store/items";
import { schemasByIds } from "@tessera/store/labelSchemas";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { splitItems } from "@tessera/store/splits";
import { weightsByIds } from "@tessera/store/weights";
import { corruptedLabels } from "./corruptedLabels.ts";
import { labelsOfRun } from "./labelsToLearn.ts";
import type { SupervisorOptions } from "./options.ts";
import type { JobItem, TrainerJob } from "./trainer/protocol.ts";

type RunParts = Pick<
  ClaimedRun,
  | "id"
  | "attempt"
  | "seed"
  | "configuration"
  | "labelVersionId"
  | "splitId"
  | "startingRunId"
  | "startingCheckpointSha256"
  | "resume"
>;

/** @throws DomainError BAD_INPUT or CONFLICT where the run cannot be trained as it is */
export async function jobOf(worker: SupervisorOptions, run: RunParts): Promise<TrainerJob> {
  const { database, teamId } = worker;
  const configuration = parseRun(run.configuration);
  const source = startingSource(configuration.startingWeights);
  const loaded = await database.asTeam(teamId, async (sql) => {
    const [version] = await labelVersionsByIds(sql, teamId, [run.labelVersionId]);
    const [schema] = await schemasByIds(sql, teamId, [version!.schemaId]);
    const wanted = labelTaskOf(configuration);
    if (schema!.task !== wanted) {
      const message = `The run is one of ${configuration.task}, and its label version is of ${schema!.task}; choose labels of ${wanted}`;
      throw new DomainError("CONFLICT", message, { labelVersionId: run.labelVersionId });
    }
    const placed = await splitItems(sql, teamId, run.splitId);
    const ids = placed.map(({ itemId }) => itemId);
    const rows = await itemsByIds(sql, teamId, ids);
    const labels = await labelsOfRun(sql, teamId, run, placed);
    const noise = await corruptedLabels(sql, teamId, version!, ids);
    const jobItems = placed.map(({ itemId, fold }, index): JobItem => {
      const [item, label] = [rows[index], labels[index]];
      if (!item || !label) {
        throw new DomainError(
          "CONFLICT",
          `Item ${itemId} of the split has no label in this label version; choose a label version that covers the split`,
          { itemId },
        );
      }
      if (item.kind === "slide") {
        const message =
          "The items of the split are whole slides; cut them into tiles, make features of the tiles, and train on the bags";
        throw new DomainError("CONFLICT", message, { itemId });
      }
      const { maskSha256, classValues } = label;
      const corrupted = fold === "train" ? noise?.get(itemId) : undefined;
      const bagSize = item.kind === "bag" ? { bagSize: { tiles: item.height, features: item.width } } : {};
      return {
        itemId,
        sha256: item.sha256,
        maskSha256,
        ...(classValues && { classValues }),
        ...bagSize,
        ...(corrupted && { corrupted }),
        fold,
      };
    });
    const evaluations = await Promise.all(
      (["validation", "test"] as const).map((fold) => evaluationsOf(sql, teamId, { runIds: [run.id], fold })),
    );
    const [found] = source?.kind === "imported" ? await weightsByIds(sql, teamId, [source.weightsId]) : [null];
    return {
      imported: found ?? null,
      items: jobItems,
      subjectOf: new Map(placed.map(({ itemId, subject }) => [itemId, subject])),
      noisyLabels: noise !== null,
      classes: schema!.classes.length,
      exclusive: schema!.exclusive === true,
      scored: folds.filter((fold) => evaluations.flat().some((each) => each.fold === fold)),
    };
  });
  const { items, subjectOf, noisyLabels, classes, exclusive, scored, imported } = loaded;
  if (run.startingRunId !== null && run.startingCheckpointSha256 === null) {
    throw new DomainError(
      "CONFLICT",
      `Run ${run.startingRunId}, which was to give the starting weights, has no checkpoint`,
    );
  }
  if (source?.kind === "imported" && imported === null) {
    throw new DomainError("CONFLICT", `The imported weights ${source.weightsId}, to start from, are not in this team`);
  }
  // By content: the same data and seed give the same curve in every installation, whatever ids the items have there.
  items.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  const ofFold = items.filter(({ fold }) => fold === "train");
  const fraction = configuration.trainingFraction;
  const inFold = ofFold.map((item) => ({ ...item, item, subject: subjectOf.get(item.itemId)! }));
  const learnt = new Set(trainingSubset(inFold, { fraction, seed: run.seed, exclusive }).map(({ item }) => item));
  const subjectsOf = (some: Iterable<JobItem>) => new Set(Array.from(some, ({ itemId }) => subjectOf.get(itemId))).size;
  return {
    teamId,
    runId: run.id,
    attempt: run.attempt,
    seed: run.seed,
    configuration,
    items: items.filter((item) => item.fold !== "train" || learnt.has(item)),
    trainFold: { items: ofFold.length, subjects: subjectsOf(ofFold), learntSubjects: subjectsOf(learnt) },
    noisyLabels,
    classes,
    exclusive,
    startingSha256: run.startingCheckpointSha256,
    importedSha256: imported && { weights: imported.sha256, graph: imported.graphSha256 },
    resumeSha256: run.resume?.sha256 ?? null,
    scored,
    objectsDirectory: worker.objectsDirectory,
    preparedDirectory: worker.preparedDirectory ?? join(worker.spoolDirectory, "prepared"),
    maxThreads: worker.maxThreads,
    checkpointEverySteps: worker.checkpointEverySteps,
    itemMemoryBytes: worker.itemMemoryBytes,
  };
}
