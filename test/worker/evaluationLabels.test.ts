/** Labels of evaluation: a run learns from one version and is selected by it; its test fold is scored on another (decision 0038). */
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { claimRun, ingest } from "@tessera/store/claims";
import { evaluationsOf } from "@tessera/store/evaluations";
import { createExperiment } from "@tessera/store/experiments";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { jobOf } from "@tessera/worker/job";
import { afterAll, expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { countsOf } from "../support/measures.ts";
import { makeStudy, sha } from "../support/study.ts";

const database = await testDatabase();
afterAll(() => database.close());

it("are the test fold's only, and its evaluation says so", async () => {
  const { db, teamId, userId } = database;
  const study = await makeStudy(database, { runs: [] });
  const { dataset, schema, items, split, labelVersion, project, workerId } = study;
  const clean = await db.asTeam(teamId, async (sql) => {
    for (const { name } of items)
      await putBlob(sql, teamId, { sha256: sha(`${name} clean`), size: 1, mediaType: "image/png" });
    const rows = items.map(({ id, name }) => ({
      itemId: id,
      schemaId: schema.id,
      reader: "expert",
      maskSha256: sha(`${name} clean`),
      regionPixels: [9],
      components: [1],
      boxes: null,
    }));
    const annotations = await insertAnnotations(sql, teamId, rows);
    const labels = annotations.map(({ id, itemId }) => ({ itemId, annotationId: id }));
    return freezeLabelVersion(sql, teamId, {
      datasetId: dataset.id,
      schemaId: schema.id,
      rule: "expert",
      note: "",
      labels,
    });
  });
  await db.asTeam(teamId, (sql) =>
    createExperiment(sql, teamId, {
      projectId: project.id,
      name: "noisy to clean",
      question: "Is it the labels?",
      datasetId: dataset.id,
      labelVersionId: labelVersion.id,
      evaluationLabelVersionId: clean.id,
      splitId: split.id,
      base: { ...segmentationDefaults },
      arms: [{ name: "a", changes: {} }],
      seeds: [1],
      equivalenceMargin: null,
      createdBy: userId,
      codeCommit: "c",
      runs: [{ arm: "a", seed: 1, configuration: { ...segmentationDefaults }, startingRunId: null, name: "a 1" }],
    }),
  );
  const run = (await claimRun(db, { teamId, workerId, leaseSeconds: 60 }))!;
  const options = {
    database: db,
    teamId,
    objects: openObjects({ directory: "/nowhere" }),
    objectsDirectory: "/nowhere",
    spoolDirectory: "/nowhere",
    name: "w",
    device: "cpu",
    version: "test",
    maxThreads: null,
    checkpointEverySteps: null,
    observe: () => undefined,
  };
  const job = await jobOf(options, run);
  for (const { itemId, fold, maskSha256 } of job.items) {
    const { name } = items.find(({ id }) => id === itemId)!;
    expect([fold, maskSha256]).toEqual([fold, sha(`${name} ${fold === "test" ? "clean" : "mask"}`)]);
  }
  const ids = (fold: string) => job.items.filter((item) => item.fold === fold).map(({ itemId }) => itemId);
  for (const [index, fold] of (["validation", "test"] as const).entries()) {
    const event = {
      type: "evaluation",
      fold,
      checkpointStep: 1,
      size: 8,
      threshold: 0.5,
      items: ids(fold).map((id) => countsOf(id)),
    } as const;
    await ingest(db, { teamId, runId: run.id, attempt: 1, sequence: index + 1, events: [event] });
    const [evaluation] = await db.asTeam(teamId, (sql) => evaluationsOf(sql, teamId, { runIds: [run.id], fold }));
    expect(evaluation!.labelVersionId).toBe(fold === "test" ? clean.id : labelVersion.id);
  }
});
