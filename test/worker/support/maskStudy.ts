/** Labels of two readers and a foreign run's predictions, all discs: what is needed to score and measure without training. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { type Evaluation, evaluationsOf } from "@tessera/store/evaluations";
import { insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { type Measurement, measurementsOf } from "@tessera/store/measurements";
import {
  createPredictionScoring,
  type PredictionFile,
  type PredictionScoring,
  predictionScoringsByIds,
} from "@tessera/store/predictionScorings";
import { ensureProject } from "@tessera/store/projects";
import { createForeignRun } from "@tessera/store/runs";
import { freezeSplit } from "@tessera/store/splits";
import type { WorkerEvent } from "@tessera/worker/options";
import { type TestDatabase, testDatabase } from "../../support/database.ts";

/** Items are not square, so that a pixel of the square is oblong. */
export const [width, height, size] = [48, 32, 24];
export const spacingMm = 0.5;
export const readers = ["ada", "bea"] as const;

export type MaskStudy = Awaited<ReturnType<typeof maskStudy>>;

/** [height*width], 255 in the disc and in a speck beside it. */
function disc(index: number, shift: number): Uint8Array {
  const [x0, y0, radius] = [16 + (index % 9) + shift, 12 + (index % 7), 5 + (index % 4)];
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    return Math.hypot(x - x0, y - y0) <= radius || (x > 42 && y > 27) ? 255 : 0;
  });
}

export async function maskStudy(items: number) {
  const database: TestDatabase = await testDatabase();
  const { db, teamId, userId, owner } = database;
  const directory = mkdtempSync(join(tmpdir(), "tessera-masks-"));
  const objectsDirectory = join(directory, "objects");
  const objects = openObjects({ directory: objectsDirectory });
  const imaging = openImaging();

  async function put(bytes: Buffer): Promise<string> {
    const blob = await objects.put(teamId, bytes);
    await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { ...blob, mediaType: "image/png" }));
    return blob.sha256;
  }
  const putMask = async (mask: Uint8Array) => put(Buffer.from(await imaging.encodeMask(mask, width, height)));

  const drawn = await Promise.all(
    Array.from({ length: items }, async (_, i) => ({
      name: `item-${String(i).padStart(3, "0")}`,
      sha256: await put(Buffer.from(`the image of item ${i}`)),
      opinions: [await putMask(disc(i, 0)), await putMask(disc(i, 1))],
      prediction: await putMask(disc(i, 3)),
    })),
  );
  const made = await db.asTeam(teamId, async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Masks");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Discs", modality: "other" });
    const rows = drawn.map(({ name, sha256 }, i) => ({
      datasetId,
      name,
      sha256,
      thumbnailSha256: sha256,
      width,
      height,
      subject: name,
      subjectKnown: true,
      site: null,
      spacingMm: i % 2 === 0 ? spacingMm : null,
    }));
    const { inserted } = await insertItems(sql, teamId, rows);
    const idOf = new Map(inserted.map(({ id, name }) => [name, id]));
    const schema = await ensureSchema(sql, teamId, { datasetId, task: "segmentation", classes: ["disc"] });
    const annotations = await insertAnnotations(
      sql,
      teamId,
      readers.flatMap((reader, r) =>
        drawn.map(({ name, opinions }) => ({
          itemId: idOf.get(name)!,
          schemaId: schema.id,
          reader,
          maskSha256: opinions[r]!,
          regionPixels: [1],
          components: [1],
          boxes: null,
        })),
      ),
    );
    const labels = annotations.slice(0, items).map(({ id, itemId }) => ({ itemId, annotationId: id }));
    const frozen = { datasetId, schemaId: schema.id, rule: "the first reader", note: "", labels };
    const { id: labelVersionId } = await freezeLabelVersion(sql, teamId, frozen);
    const assignments = drawn.map(({ name }) => ({
      itemId: idOf.get(name)!,
      subject: name,
      fold: "test" as const,
    }));
    const split = { datasetId, name: "test", rule: "test", subjectsKnown: true, assignments };
    const { id: splitId } = await freezeSplit(sql, teamId, split);
    return { labelVersionId, splitId, items: drawn.map((each) => ({ ...each, id: idOf.get(each.name)! })) };
  });

  const asTeam: <T>(work: Parameters<typeof db.asTeam<T>>[1]) => Promise<T> = (work) => db.asTeam(teamId, work);
  const scoring = async (id: string) => (await asTeam((sql) => predictionScoringsByIds(sql, teamId, [id])))[0]!;
  const measurement = async (id: string) => (await asTeam((sql) => measurementsOf(sql, teamId, [id])))[0]!;
  const ended = async <T extends { state: string }>(read: () => Promise<T>): Promise<T> => {
    for (;;) {
      const now = await read();
      if (now.state === "succeeded" || now.state === "failed") return now;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  return {
    ...made,
    database,
    directory,
    objects,
    objectsDirectory,
    imaging,
    put,
    asTeam,
    /** Of a new foreign run. */
    async queueScoring(changes: (of: PredictionFile[]) => PredictionFile[] = (of) => of) {
      const run = { projectName: "Masks", name: "theirs", configuration: {}, createdBy: userId, codeCommit: "c" };
      return asTeam(async (sql) => {
        const { id: runId } = await createForeignRun(sql, teamId, run);
        const { labelVersionId, splitId } = made;
        const predictions = changes(made.items.map(({ id, prediction }) => ({ itemId: id, sha256: prediction })));
        return createPredictionScoring(sql, teamId, {
          runId,
          labelVersionId,
          splitId,
          fold: "test",
          size,
          predictions,
        });
      });
    },
    scoring,
    measurement,
    scored: (id: string): Promise<PredictionScoring> => ended(() => scoring(id)),
    measured: (evaluationId: string): Promise<Measurement> => ended(() => measurement(evaluationId)),
    evaluationsOf: (runId: string): Promise<Evaluation[]> =>
      asTeam((sql) => evaluationsOf(sql, teamId, { runIds: [runId], fold: "test" })),
    /** As if the workers that hold anything were not heard of any more. */
    async lapse() {
      await owner`update measurements set lease_until = clock_timestamp() - interval '1 s' where state = 'running'`;
      await owner`update prediction_scorings set lease_until = clock_timestamp() - interval '1 s' where state = 'running'`;
    },
    workerOptions: (observe: (event: WorkerEvent) => void = () => undefined) => ({
      database: db,
      teamId,
      objects,
      objectsDirectory,
      spoolDirectory: join(directory, "spool"),
      name: "measurer",
      device: "cpu",
      version: "test",
      maxThreads: null,
      checkpointEverySteps: null,
      observe,
    }),
    async close() {
      await imaging.close();
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
