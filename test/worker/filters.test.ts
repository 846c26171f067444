/** Cat v. x-ray by a real worker: a U-Net on a MobileNet is trained, and shown two files. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { FilterResponsesResult } from "@tessera/domain/inspections/filterResponses";
import { openObjects } from "@tessera/objects/localObjects";
import { blobsBySha, putBlob } from "@tessera/store/blobs";
import { createInspection, inspectionsByIds } from "@tessera/store/inspections";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Platform, platform } from "./support/setup.ts";

let world: Platform;
let supervisor: Supervisor;
let runId: string;

beforeAll(async () => {
  world = await platform({ validation: 5 });
  supervisor = await startSupervisor(world.workerOptions());
  const encoder = { kind: "mobilenetV1", alpha: 0.25 } as const;
  const model = { ...segmentationDefaults.model, size: 32, baseFilters: 2, channels: 1 as const, encoder };
  runId = await world.queueRun({ epochs: 1, model });
  await world.until(runId, "succeeded");
});
afterAll(async () => {
  await supervisor?.stop();
  await world?.close();
});

async function upload(bytes: Uint8Array, mediaType: string): Promise<string> {
  const { db, teamId } = world.database;
  const { sha256, size } = await openObjects({ directory: world.objectsDirectory }).put(teamId, Buffer.from(bytes));
  await db.asTeam(teamId, (sql) => putBlob(sql, teamId, { sha256, size, mediaType }));
  return sha256;
}

async function asked(images: readonly { name: string; sha256: string }[]) {
  const { db, teamId, userId } = world.database;
  const request = { runId, images: images.map((image) => ({ ...image, itemId: null })) };
  const { id } = await db.asTeam(teamId, (sql) =>
    createInspection(sql, teamId, { kind: "filterResponses", request, createdBy: userId }),
  );
  for (;;) {
    const [now] = await db.asTeam(teamId, (sql) => inspectionsByIds(sql, teamId, [id]));
    if (!["queued", "running"].includes(now!.state)) return now!;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** A bitmap of 2 x 2 pixels. */
function bitmap(bytes: readonly number[]): Buffer {
  const file = Buffer.alloc(54 + 16);
  file.write("BM");
  for (const [at, value] of [
    [10, 54],
    [14, 40],
    [18, 2],
    [22, 2],
  ] as const)
    file.writeUInt32LE(value, at);
  file.writeUInt16LE(24, 28);
  for (const [i, value] of bytes.entries()) file[54 + i + (i >= 6 ? 2 : 0)] = value;
  return file;
}

it("answers depth by depth, and keeps its pictures as files of the team", async () => {
  const images = [
    { name: "light", sha256: await upload(bitmap([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]), "image/bmp") },
    { name: "dark", sha256: await upload(bitmap(Array(12).fill(20)), "image/bmp") },
  ];
  const { state, error, result, done, total } = await asked(images);
  expect({ state, error, done, total }).toEqual({ state: "succeeded", error: null, done: 5, total: 5 });
  const { depths, layers, channels, validationItems, firstLayer, images: seen } = result as FilterResponsesResult;
  expect([channels, validationItems, firstLayer.kernel]).toEqual([1, 5, "stem/conv/kernel"]);
  expect(depths.map(({ block }) => block)).toEqual([
    "stem",
    ...Array.from({ length: 13 }, (_, i) => `block${i + 1}`),
    ...[4, 3, 2, 1, 0].map((level) => `decoder/level${level}`),
  ]);
  expect(layers).toHaveLength(27 + 5 * 2);
  expect(depths.some(({ change }) => change > 0)).toBe(true);
  const { db, teamId } = world.database;
  const files = [...depths, firstLayer, ...seen].map(({ sha256 }) => sha256);
  const rows = await db.asTeam(teamId, (sql) => blobsBySha(sql, teamId, files));
  expect(rows.every((row) => row?.mediaType === "image/png")).toBe(true);
});

it("says which file cannot be read", async () => {
  const nothing = await upload(Buffer.from("this is no image"), "image/png");
  const { state, error } = await asked([
    { name: "a", sha256: nothing },
    { name: "b", sha256: nothing },
  ]);
  expect(state).toBe("failed");
  expect(error).toContain('"a": Expected a JPEG or PNG image, got text');
});

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const present = existsSync(`${data}/natural-images`) && existsSync(`${data}/cxr-samples`);
if (!present) console.warn("The cat and the chest x-rays are not at ../shared/data: showing them to a run is SKIPPED");

it.skipIf(!present)("shows the cat beside a chest x-ray, as PNG and as DICOM", async () => {
  const cat = { name: "cat", sha256: await upload(readFileSync(`${data}/natural-images/cat.bmp`), "image/bmp") };
  const [film] = readdirSync(`${data}/cxr-samples/dicom`);
  for (const [name, path, mediaType] of [
    ["x-ray", `${data}/cxr-samples/images/00027426_000.png`, "image/png"],
    ["film", `${data}/cxr-samples/dicom/${film}`, "application/dicom"],
  ] as const) {
    const { state, error, result } = await asked([cat, { name, sha256: await upload(readFileSync(path), mediaType) }]);
    expect({ state, error }).toEqual({ state: "succeeded", error: null });
    const { depths, images } = result as FilterResponsesResult;
    expect(images.map((image) => image.name)).toEqual(["cat", name]);
    const [stem] = depths;
    const differ = stem!.shown.filter(({ after }) => Math.abs(after[0]!.mean - after[1]!.mean) > 1e-3);
    expect(differ.length).toBeGreaterThan(0); // two images, not one twice
  }
});
