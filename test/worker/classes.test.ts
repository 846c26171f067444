import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openObjects } from "@tessera/objects/localObjects";
import { createDataset } from "@tessera/store/datasets";
import { evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { createExperiment } from "@tessera/store/experiments";
import { createImport, importsByIds } from "@tessera/store/imports";
import { measurementsOf, predictionMeasures } from "@tessera/store/measurements";
import { ensureProject } from "@tessera/store/projects";
import { listRuns, runsByIds } from "@tessera/store/runs";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { tiny } from "../training/support/session.ts";
import { type Folder, upload } from "./support/kvasirFolder.ts";
import { niftiFile } from "./support/niftiFile.ts";

let database: TestDatabase;
let directory: string;
let supervisor: Supervisor;

beforeAll(async () => {
  database = await testDatabase();
  directory = mkdtempSync(join(tmpdir(), "tessera-classes-"));
  supervisor = await startSupervisor({
    database: database.db,
    teamId: database.teamId,
    objects: openObjects({ directory: join(directory, "objects") }),
    objectsDirectory: join(directory, "objects"),
    spoolDirectory: join(directory, "spool"),
    name: "worker",
    device: "cpu",
    version: "test",
    maxThreads: null,
    checkpointEverySteps: null,
    observe: () => undefined,
  });
});
afterAll(async () => {
  await supervisor.stop();
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

const side = 24;
const zooms = [0.5, 1.5, 4] as const;

/** Of each volume three slices with a square of class 1 (bright) and one of class 2 (brighter) inside of it. */
function volumes(count: number): Folder {
  const folder: Folder = new Map();
  const shape = [side, side, 3] as const;
  for (let volume = 0; volume < count; volume++) {
    const labels = Array.from({ length: side * side * 3 }, (_, at) => {
      const [i, j] = [at % side, Math.floor(at / side) % side];
      const within = (from: number, to: number) => i >= from + volume && i < to + volume && j >= from && j < to;
      return within(6, 10) ? 2 : within(4, 14) ? 1 : 0;
    });
    const values = labels.map((label, at) => [20, 120, 220][label]! + ((at * 7) % 11));
    folder.set(`imagesTr/p${volume}.nii`, niftiFile({ shape, zooms, values }));
    folder.set(`labelsTr/p${volume}.nii`, niftiFile({ shape, zooms, values: labels }));
  }
  folder.set("dataset.json", Buffer.from(JSON.stringify({ labels: { background: 0, organ: 1, lesion: 2 } })));
  return folder;
}

const until = async <T>(ask: () => Promise<T>, over: (now: T) => boolean): Promise<T> => {
  for (;;) {
    const now = await ask();
    if (over(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

it("volumes of two classes are imported, trained on, scored and measured per class", async () => {
  const { db, teamId, userId } = database;
  const asTeam: typeof db.asTeam = db.asTeam.bind(db);
  const objects = openObjects({ directory: join(directory, "objects") });
  const files = await upload(volumes(6), objects, db, teamId);
  const { id: importId } = await asTeam(teamId, async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Classes");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Volumes", modality: "other" });
    return createImport(sql, teamId, { datasetId, layout: "nifti", reader: "r", files });
  });
  const imported = await until(
    async () => (await asTeam(teamId, (sql) => importsByIds(sql, teamId, [importId])))[0]!,
    ({ state }) => state !== "queued" && state !== "running",
  );
  expect(imported).toMatchObject({ state: "succeeded", added: 18, refused: 0, error: null });

  const size = 16;
  const configuration = { ...tiny, model: { ...tiny.model, size, baseFilters: 8 }, epochs: 4 };
  const run = await asTeam(teamId, async (sql) => {
    const { id } = await createExperiment(sql, teamId, {
      projectId: (await ensureProject(sql, teamId, "Classes")).id,
      datasetId: imported.datasetId,
      labelVersionId: imported.labelVersionId!,
      splitId: imported.splitId!,
      name: "Two classes",
      question: "",
      base: { ...configuration },
      arms: [{ name: "arm", changes: {} }],
      seeds: [1],
      equivalenceMargin: null,
      createdBy: userId,
      codeCommit: "test",
      runs: [{ arm: "arm", seed: 1, configuration: { ...configuration }, startingRunId: null, name: "run" }],
    });
    return (await listRuns(sql, teamId, { experimentId: id })).rows[0]!;
  });
  const ended = await until(
    async () => (await asTeam(teamId, (sql) => runsByIds(sql, teamId, [run.id])))[0]!,
    ({ state }) => state !== "queued" && state !== "running",
  );
  expect(ended).toMatchObject({ state: "succeeded", error: null });

  const [evaluation] = await asTeam(teamId, (sql) => evaluationsOf(sql, teamId, { runIds: [run.id], fold: "test" }));
  const rows = await asTeam(teamId, (sql) => evaluationItems(sql, teamId, [evaluation!.id]));
  expect(rows.map(({ classIndex }) => classIndex)).toEqual(Array.from({ length: rows.length }, (_, i) => i % 2));
  expect(rows.every((row) => row.truePositives + row.falseNegatives > 0)).toBe(true);
  for (const row of rows) {
    const png = await objects.read(teamId, row.predictionSha256);
    const indices = await sharp(png).toColourspace("b-w").raw().toBuffer();
    expect(indices).toHaveLength(size * size);
    const predicted = indices.filter((index) => index === row.classIndex + 1).length;
    expect(predicted).toBe(row.truePositives + row.falsePositives);
  }

  const evaluationIds = [evaluation!.id];
  const [measurement] = await until(
    () => asTeam(teamId, (sql) => measurementsOf(sql, teamId, evaluationIds)),
    ([now]) => now!.state !== "queued" && now!.state !== "running",
  );
  expect(measurement).toMatchObject({ state: "succeeded", error: null });
  const measures = await asTeam(teamId, (sql) => predictionMeasures(sql, teamId, evaluationIds));
  expect(measures).toHaveLength(rows.length);
  for (const { itemId, classIndex, measures: of } of measures) {
    const row = rows.find((each) => each.itemId === itemId && each.classIndex === classIndex)!;
    expect(of.topology.pieces.reduce((sum, pixels) => sum + pixels, 0)).toBe(row.truePositives + row.falsePositives);
    if (of.distances.hd === null) continue;
    // A pixel of the square is 24/16 of a voxel: 0.75 mm across and 2.25 mm down.
    expect(of.distancesMm!.hd!).toBeGreaterThanOrEqual(0.75 * of.distances.hd - 1e-9);
    expect(of.distancesMm!.hd!).toBeLessThanOrEqual(2.25 * of.distances.hd + 1e-9);
  }
  const both = measures.filter(({ measures: { distances } }) => (distances.hd ?? 0) > 0);
  expect(both.some(({ measures: of }) => of.distancesMm!.hd! > 0.76 * of.distances.hd!)).toBe(true);
});
