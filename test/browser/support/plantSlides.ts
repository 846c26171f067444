/** @file Slides in a database, with the tiles of one and its planted tumour. */
import { encodeManifest } from "@tessera/domain/slides/manifest";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { claimSlideJob, finishSlideJob, renewSlideJob } from "@tessera/store/slideJobQueue";
import { createSlideJob, insertSlideResult } from "@tessera/store/slideJobs";
import { insertSlides } from "@tessera/store/slides";
import { registerWorker } from "@tessera/store/workers";
import { tileSide } from "@tessera/synthetic/slides/pyramidFile";
import { type SlideWorld, slideWorld } from "@tessera/synthetic/slides/tissueWorld";
import type { World } from "../../api/world.ts";

export interface SlideSize {
  /** Pixels. */
  readonly side: number;
  /** Of a tile, and of a cell of tumour. */
  readonly cell: number;
}

/** Two slides of one picture, a job that has cut the first, and why not the other. */
export async function plantSlides({ database, objectsDirectory }: World, { side, cell }: SlideSize) {
  const { db, teamId, userId } = database;
  const planted = slideWorld({ width: side, height: side, cell, witnessRate: 0.2, seed: 2 });
  const kept = [...planted.tissue.keys()].filter((at) => planted.tissue[at] === 1);
  const tiles = {
    x: kept.map((at) => (at % planted.columns) * cell),
    y: kept.map((at) => Math.floor(at / planted.columns) * cell),
    tissue: kept.map(() => 1),
    sharpness: null,
  };
  const objects = openObjects({ directory: objectsDirectory });
  const imaging = openImaging({ processes: 1 });
  const picture = await objects.put(teamId, await imaging.encodeImage(wholePicture(planted, side), side, side, "jpeg"));
  const tissue = await objects.put(teamId, await imaging.encodeMask(planted.tissue, planted.columns, planted.rows));
  await imaging.close();
  const micronsPerPixel = { x: 0.5, y: 0.5 };
  const manifest = encodeManifest({
    version: 1,
    slide: { sha256: picture.sha256, width: side, height: side, micronsPerPixel },
    rule: usualTileRule,
    extent: { x: cell, y: cell },
    tissue: { threshold: 40, share: 0.5, pen: 0 },
    dropped: { tissue: 1, blurred: 3 },
    tiles,
  });
  const stored = await objects.put(teamId, Buffer.from(manifest));
  const other = await objects.put(teamId, Buffer.from("another slide"));
  const made = await db.asTeam(teamId, async (sql) => {
    for (const blob of [picture, other]) await putBlob(sql, teamId, { ...blob, mediaType: "image/jpeg" });
    await putBlob(sql, teamId, { ...tissue, mediaType: "image/png" });
    await putBlob(sql, teamId, { ...stored, mediaType: "application/json" });
    const { id: projectId } = await ensureProject(sql, teamId, "Pathology");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Slides", modality: "other" });
    const of = { datasetId, kind: "slide", width: side, height: side, subjectKnown: true, site: null } as const;
    const { inserted } = await insertItems(sql, teamId, [
      {
        ...of,
        name: "slide-a",
        subject: "a",
        sha256: picture.sha256,
        thumbnailSha256: picture.sha256,
        spacingMm: 0.0005,
      },
      { ...of, name: "slide-b", subject: "b", sha256: other.sha256, thumbnailSha256: picture.sha256, spacingMm: null },
    ]);
    const idOf = new Map(inserted.map(({ name, id }) => [name, id]));
    const levels = [{ width: side, height: side, downsample: 1 }];
    await insertSlides(sql, teamId, [
      {
        itemId: idOf.get("slide-a")!,
        format: "aperio",
        levels,
        magnification: 20,
        micronsX: 0.5,
        micronsY: 0.5,
        scaleOf: "file",
      },
      {
        itemId: idOf.get("slide-b")!,
        format: "picture",
        levels,
        magnification: null,
        micronsX: null,
        micronsY: null,
        scaleOf: null,
      },
    ]);
    const job = await createSlideJob(sql, teamId, {
      datasetId,
      request: { kind: "tiles", rule: usualTileRule },
      createdBy: userId,
    });
    const { id: workerId } = await registerWorker(sql, teamId, { name: "w", device: "cpu", version: "1" });
    return { datasetId, idOf, jobId: job.id, workerId };
  });
  const { attempt } = (await claimSlideJob(db, { teamId, workerId: made.workerId, leaseSeconds: 60 }))!;
  const of = { teamId, id: made.jobId, attempt };
  const [places, count] = [planted.columns * planted.rows, kept.length];
  await db.asTeam(teamId, async (sql) => {
    const empty = { jobId: made.jobId, bagItemId: null, seconds: 0.5 };
    const facts = {
      places,
      droppedTissue: places - count - 3,
      droppedBlurred: 3,
      tissueShare: 0.5,
      penShare: 0.01,
      threshold: 40,
    };
    const cut = { sha256: stored.sha256, overlaySha256: tissue.sha256, tiles: count, facts, error: null };
    await insertSlideResult(sql, teamId, { ...empty, itemId: made.idOf.get("slide-a")!, ...cut });
    const error = "Neither the slide nor its table says how many microns a pixel is";
    const refused = { sha256: null, overlaySha256: null, tiles: 0, facts: null, error };
    await insertSlideResult(sql, teamId, { ...empty, itemId: made.idOf.get("slide-b")!, ...refused });
  });
  await renewSlideJob(db, { ...of, leaseSeconds: 60, done: 2, total: 2, tiles: count, seconds: 1 });
  await finishSlideJob(db, { ...of, error: null });
  return {
    ...{ datasetId: made.datasetId, slideId: made.idOf.get("slide-a")!, jobId: made.jobId, workerId: made.workerId },
    ...{ tiles, manifestSha256: stored.sha256, pictureSha256: picture.sha256 },
    /** Of each tile: 1 tumour. */
    tumour: kept.map((at) => planted.tumour[at]!),
  };
}

/** [side*side*3] RGB. */
function wholePicture(planted: SlideWorld, side: number): Uint8Array {
  const picture = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y += tileSide) {
    for (let x = 0; x < side; x += tileSide) {
      const tile = planted.tileAt(x, y);
      for (let line = 0; line < tileSide; line++) {
        const from = line * tileSide * 3;
        picture.set(tile.subarray(from, from + tileSide * 3), ((y + line) * side + x) * 3);
      }
    }
  }
  return picture;
}
