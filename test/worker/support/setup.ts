/** A database with one tiny dataset, its objects on disk, and supervisors that train on it for real. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { folds } from "@tessera/domain/words";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { createExperiment } from "@tessera/store/experiments";
import { insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, type Run, runsByIds } from "@tessera/store/runs";
import { freezeSplit } from "@tessera/store/splits";
import type { SupervisorOptions, WorkerEvent } from "@tessera/worker/options";
import { type TestDatabase, testDatabase } from "../../support/database.ts";
import { discItems } from "../../training/support/items.ts";
import { tiny } from "../../training/support/session.ts";

/** 4 epochs of 3 steps; checkpoints every 2 steps and at the end of each epoch. */
export const configuration: SegmentationConfiguration = { ...tiny, epochs: 4 };
export const totalSteps = 12;

export interface Platform {
  readonly database: TestDatabase;
  readonly directory: string;
  readonly objectsDirectory: string;
  /** Queues a run of the tiny dataset. Without `changes` every run trains the same. */
  queueRun(changes?: Partial<SegmentationConfiguration>, startingRunId?: string): Promise<string>;
  run(id: string): Promise<Run>;
  /** Waits until the run is in one of these states. */
  until(id: string, ...states: Run["state"][]): Promise<Run>;
  workerOptions(observe?: (event: WorkerEvent) => void, name?: string): SupervisorOptions;
  /** All that is seen of a run that must not depend on kills, as text, timings left out. */
  curve(id: string): Promise<string>;
  /** Steps whose loss is seen twice, or missing from 1 to the run's last step. */
  faults(id: string): Promise<{ doubled: number; lost: number }>;
  close(): Promise<void>;
}

/** @param validation items of that fold */
export async function platform({ validation = 5 } = {}): Promise<Platform> {
  const database = await testDatabase();
  const { db, teamId, userId, owner } = database;
  const directory = mkdtempSync(join(tmpdir(), "tessera-worker-"));
  const objectsDirectory = join(directory, "objects");
  const dataset = await tinyDataset(database, objectsDirectory, validation);
  let runs = 0;

  const run = async (id: string) => (await db.asTeam(teamId, (sql) => runsByIds(sql, teamId, [id])))[0]!;
  return {
    database,
    directory,
    objectsDirectory,
    run,
    async queueRun(changes = {}, startingRunId) {
      const merged = { ...configuration, ...changes };
      const name = `run ${++runs}`;
      return db.asTeam(teamId, async (sql) => {
        const { id } = await createExperiment(sql, teamId, {
          ...dataset,
          name,
          question: "",
          base: { ...merged },
          arms: [{ name: "arm", changes: {} }],
          seeds: [1],
          equivalenceMargin: null,
          createdBy: userId,
          codeCommit: "test",
          runs: [{ arm: "arm", seed: 1, configuration: { ...merged }, startingRunId: startingRunId ?? null, name }],
        });
        return (await listRuns(sql, teamId, { experimentId: id })).rows[0]!.id;
      });
    },
    async until(id, ...states) {
      for (;;) {
        const now = await run(id);
        if (states.includes(now.state)) return now;
        if (now.state === "failed") throw new Error(`The run failed: ${now.error}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    workerOptions: (observe = () => undefined, name = "worker") => ({
      database: db,
      teamId,
      objects: openObjects({ directory: objectsDirectory }),
      objectsDirectory,
      spoolDirectory: join(directory, "spool"),
      name,
      device: "cpu",
      version: "test",
      maxThreads: null,
      checkpointEverySteps: 2,
      observe,
    }),
    async curve(id) {
      const points = await owner`
        select c.series, p.step, p.value from metric_chunks c
        join attempt_limits l using (team_id, run_id, attempt)
        cross join lateral unnest(c.steps, c.point_values) as p (step, value)
        where c.run_id = ${id} and p.step <= l.last_seen_step and c.series not like 'system/%'
        order by c.series, p.step`;
      const samples = await owner`
        select s.epoch, s.item_id, s.sha256, s.dice from run_samples s join attempt_limits l using (team_id, run_id, attempt)
        where s.run_id = ${id} and s.step <= l.last_seen_step order by 1, 2`;
      const scored = await owner`
        select e.fold, e.scoring, e.checkpoint_step, i.item_id, i.true_positives, i.false_positives, i.false_negatives,
          i.predicted_components, i.prediction_sha256
        from evaluations e join evaluation_items i on i.evaluation_id = e.id where e.run_id = ${id} order by e.fold, i.item_id`;
      const final = await owner`
        select sha256 from checkpoints where run_id = ${id} and kind = 'latest' order by step desc, attempt desc limit 1`;
      return JSON.stringify({ points, samples, scored, final }, null, 1);
    },
    async faults(id) {
      const seen = await owner<{ step: number; times: number }[]>`
        select p.step, count(*) as times from metric_chunks c
        join attempt_limits l using (team_id, run_id, attempt)
        cross join lateral unnest(c.steps) as p (step)
        where c.run_id = ${id} and c.series = 'train/loss' and p.step <= l.last_seen_step group by p.step`;
      return {
        doubled: seen.filter(({ times }) => times > 1).length,
        lost: (await run(id)).totalSteps - seen.length,
      };
    },
    async close() {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Items of discs: 10 to train, so many to validate, 3 to test. */
async function tinyDataset({ db, teamId }: TestDatabase, objectsDirectory: string, validation: number) {
  const objects = openObjects({ directory: objectsDirectory });
  const imaging = openImaging({ processes: 2 });
  const { size } = configuration.model;
  const items = discItems({ train: 10, validation, test: 3 }, size);
  const prepared = await Promise.all(
    folds.flatMap((fold) =>
      items[fold].map(async ({ itemId, image, mask }) => ({
        itemId,
        fold,
        image: await objects.put(teamId, await imaging.encodeImage(image, size, size, "png")),
        mask: await objects.put(teamId, await imaging.encodeMask(mask, size, size)),
        pixels: mask.reduce((sum, pixel) => sum + pixel, 0),
      })),
    ),
  );
  await imaging.close();
  return db.asTeam(teamId, async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Tiny");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Discs", modality: "other" });
    for (const { image, mask } of prepared) {
      for (const blob of [image, mask]) await putBlob(sql, teamId, { ...blob, mediaType: "image/png" });
    }
    const { inserted } = await insertItems(
      sql,
      teamId,
      prepared.map(({ itemId, image }) => ({
        datasetId,
        name: itemId,
        sha256: image.sha256,
        thumbnailSha256: image.sha256,
        width: size,
        height: size,
        subject: itemId,
        subjectKnown: false,
        site: null,
        spacingMm: null,
      })),
    );
    const idOf = new Map(inserted.map(({ id, name }) => [name, id]));
    const schema = await ensureSchema(sql, teamId, { datasetId, task: "segmentation", classes: ["disc"] });
    const annotations = await insertAnnotations(
      sql,
      teamId,
      prepared.map(({ itemId, mask, pixels }) => ({
        itemId: idOf.get(itemId)!,
        schemaId: schema.id,
        reader: "test",
        maskSha256: mask.sha256,
        regionPixels: [pixels],
        components: [1],
        boxes: null,
      })),
    );
    const labels = annotations.map(({ id, itemId }) => ({ itemId, annotationId: id }));
    const version = await freezeLabelVersion(sql, teamId, {
      datasetId,
      schemaId: schema.id,
      rule: "test",
      note: "",
      labels,
    });
    const split = await freezeSplit(sql, teamId, {
      datasetId,
      name: "test",
      rule: "test",
      subjectsKnown: false,
      assignments: prepared.map(({ itemId, fold }) => ({ itemId: idOf.get(itemId)!, subject: itemId, fold })),
    });
    return { projectId, datasetId, labelVersionId: version.id, splitId: split.id };
  });
}
