/** Which labels noise has changed, as a trainer is told: of the training fold alone, against the labels before all noise. */
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { claimRun } from "@tessera/store/claims";
import { createExperiment } from "@tessera/store/experiments";
import { freezeLabelVersion, type LabelVersion, labelsForItems } from "@tessera/store/labelVersions";
import { jobOf } from "@tessera/worker/job";
import { afterAll, expect, it } from "vitest";
import { testDatabase } from "../support/database.ts";
import { makeStudy, sha } from "../support/study.ts";

const database = await testDatabase();
afterAll(() => database.close());

it("are marked in the training fold, and a version that no noise made has none", async () => {
  const { db, teamId, userId } = database;
  const study = await makeStudy(database, { runs: [] });
  const { dataset, schema, items, split, labelVersion, project, workerId } = study;

  /** The masks of these items as other ones. */
  const corrupted = (source: LabelVersion, places: readonly number[]) =>
    db.asTeam(teamId, async (sql) => {
      const before = await labelsForItems(sql, teamId, source.id, items.map(({ id }) => id)); // biome-ignore format: short
      const rows = [];
      for (const at of places) {
        const maskSha256 = sha(`${items[at]!.name} after ${source.number}`);
        await putBlob(sql, teamId, { sha256: maskSha256, size: 1, mediaType: "image/png" });
        const made = { itemId: items[at]!.id, schemaId: schema.id, reader: "rule: noise", maskSha256 };
        rows.push({ ...made, regionPixels: [9], components: [1], boxes: null });
      }
      const made = new Map((await insertAnnotations(sql, teamId, rows)).map(({ itemId, id }) => [itemId, id]));
      return freezeLabelVersion(sql, teamId, {
        datasetId: dataset.id,
        schemaId: schema.id,
        rule: "noise",
        note: "",
        pinned: { rule: { kind: "noise", seed: 1, model: { kind: "erosion", pixels: 2, rate: 0.5 } }, from: null },
        sourceId: source.id,
        labels: items.map(({ id }, at) => ({ itemId: id, annotationId: made.get(id) ?? before[at]!.annotationId })),
      });
    });

  const jobOn = async (version: LabelVersion) => {
    await db.asTeam(teamId, (sql) =>
      createExperiment(sql, teamId, {
        projectId: project.id,
        name: `on ${version.number}`,
        question: "",
        datasetId: dataset.id,
        labelVersionId: version.id,
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
    return jobOf(
      {
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
      },
      run,
    );
  };
  const marked = (job: Awaited<ReturnType<typeof jobOn>>) =>
    items.flatMap(({ id }, at) => (job.items.find(({ itemId }) => itemId === id)?.corrupted ? [at] : []));

  // Train, validation and test in turn: items 0 and 3 train.
  const once = await corrupted(labelVersion, [0, 1, 2]);
  const noisy = await jobOn(once);
  expect([noisy.noisyLabels, marked(noisy)]).toEqual([true, [0]]);
  expect(noisy.items.find(({ itemId }) => itemId === items[0]!.id)!.corrupted).toEqual({ trueValues: null });

  const twice = await jobOn(await corrupted(once, [3]));
  expect([twice.noisyLabels, marked(twice)]).toEqual([true, [0, 3]]);

  const clean = await jobOn(labelVersion);
  expect([clean.noisyLabels, marked(clean)]).toEqual([false, []]);
});
