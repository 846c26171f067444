/** @file A job of tiles: for each slide a manifest of where its tissue is sharp. No pixel is stored. */
import { DomainError } from "@tessera/domain/errors";
import { encodeManifest, manifestVersion, type TileManifest } from "@tessera/domain/slides/manifest";
import type { TilesRequest } from "@tessera/domain/slides/request";
import type { TileRule } from "@tessera/domain/slides/tileRule";
import { openSlides, type SlideFile, type Slides, type TissueGrid } from "@tessera/imaging/slides/client";
import type { Blob } from "@tessera/store/blobs";
import type { Item } from "@tessera/store/items";
import { insertSlideResult, type SlideResult } from "@tessera/store/slideJobs";
import { slidesByItems } from "@tessera/store/slides";
import { GivenUp } from "../leased.ts";
import { asHolder, fileOfSlide, putAll, type RunningSlideJob, slidesToDo, sumOf } from "./slideJob.ts";

/** Slide children, and the tiles that one of them looks at before it is asked again. */
const children = 2;
const chunk = 32;

/** Slides that an earlier attempt has done stay done. */
export async function cutTiles(job: RunningSlideJob, { rule }: TilesRequest): Promise<void> {
  const { slides: items, done } = await slidesToDo(job);
  const readers = openSlides({ processes: children });
  const stop = () => void readers.close();
  job.held.signal.addEventListener("abort", stop, { once: true });
  const told = (now: { tiles: number; seconds: number } = { tiles: 0, seconds: 0 }) => {
    const sum = sumOf(done.values());
    const progress = { ...sum, tiles: sum.tiles + now.tiles, seconds: sum.seconds + now.seconds, total: items.length };
    job.progress(progress, readers.processIds()[0] ?? 0);
  };
  try {
    told();
    for (const item of items) {
      if (done.has(item.id)) continue;
      const { result, blobs } = await cutSlide(job, readers, item, rule, told);
      if (job.held.signal.aborted) throw new GivenUp();
      await asHolder(job, async (sql) => {
        await putAll(sql, job.teamId, blobs);
        await insertSlideResult(sql, job.teamId, result);
      });
      done.set(item.id, result);
      told();
    }
  } finally {
    job.held.signal.removeEventListener("abort", stop);
    await readers.close();
  }
}

interface Made {
  readonly result: SlideResult;
  readonly blobs: readonly Blob[];
}

/** A slide that cannot be cut is a result with its reason; the others go on. */
async function cutSlide(
  job: RunningSlideJob,
  readers: Slides,
  item: Item,
  rule: TileRule,
  told: (now: { tiles: number; seconds: number }) => void,
): Promise<Made> {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  const empty = { jobId: job.claimed.id, itemId: item.id, bagItemId: null, sha256: null, overlaySha256: null };
  try {
    const file = await fileOfSlide(job, item);
    const micronsPerPixel = await scaleOf(job, item, rule);
    const grid = await readers.tissue(file, rule, micronsPerPixel);
    const sharpness =
      rule.leastSharpness === 0
        ? null
        : await sharpnessOf(readers, file, grid, rule.size, (tiles) => told({ tiles, seconds: seconds() }));
    const manifest = manifestOf(item, micronsPerPixel, rule, grid, sharpness);
    const [stored, overlay] = await Promise.all([
      job.objects.put(job.teamId, Buffer.from(encodeManifest(manifest))),
      job.objects.put(job.teamId, Buffer.from(grid.png)),
    ]);
    const { tissue, dropped, tiles } = manifest;
    const facts = {
      places: grid.places,
      droppedTissue: dropped.tissue,
      droppedBlurred: dropped.blurred,
      tissueShare: tissue.share,
      penShare: tissue.pen,
      threshold: tissue.threshold,
    };
    const result = {
      ...empty,
      sha256: stored.sha256,
      overlaySha256: overlay.sha256,
      tiles: tiles.x.length,
      seconds: seconds(),
      facts,
      error: null,
    };
    const blobs = [
      { ...stored, mediaType: "application/json" },
      { ...overlay, mediaType: "image/png" },
    ];
    return { result, blobs };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "UNAVAILABLE") throw error;
    return { result: { ...empty, tiles: 0, seconds: seconds(), facts: null, error: error.message }, blobs: [] };
  }
}

/** @throws DomainError BAD_INPUT where nobody says what a pixel is */
async function scaleOf({ database, teamId }: RunningSlideJob, item: Item, { assumedMicronsPerPixel }: TileRule) {
  const [slide] = await database.asTeam(teamId, (sql) => slidesByItems(sql, teamId, [item.id]));
  if (slide?.micronsX && slide.micronsY) return { x: slide.micronsX, y: slide.micronsY };
  if (assumedMicronsPerPixel !== null) return { x: assumedMicronsPerPixel, y: assumedMicronsPerPixel };
  throw new DomainError(
    "BAD_INPUT",
    "Neither the slide nor its table says how many microns a pixel is; cut the tiles again with assumedMicronsPerPixel",
  );
}

async function sharpnessOf(
  readers: Slides,
  file: SlideFile,
  { tiles, extent }: TissueGrid,
  size: number,
  told: (tiles: number) => void,
): Promise<number[]> {
  const values = new Array<number>(tiles.x.length);
  let [next, done] = [0, 0];
  const work = async () => {
    for (let from = next; from < tiles.x.length; from = next) {
      next += chunk;
      const part = { x: tiles.x.slice(from, from + chunk), y: tiles.y.slice(from, from + chunk), extent, size };
      for (const [at, value] of (await readers.tileSharpness(file, part)).entries()) values[from + at] = value;
      done += part.x.length;
      told(done);
    }
  };
  await Promise.all(Array.from({ length: children }, work));
  return values;
}

function manifestOf(
  item: Item,
  micronsPerPixel: { readonly x: number; readonly y: number },
  rule: TileRule,
  { tiles, extent, tissue, dropped }: TissueGrid,
  sharpness: readonly number[] | null,
): TileManifest {
  const kept = [...tiles.x.keys()].filter((at) => sharpness === null || sharpness[at]! >= rule.leastSharpness);
  const of = (values: readonly number[]) => kept.map((at) => values[at]!);
  return {
    version: manifestVersion,
    slide: { sha256: item.sha256, width: item.width, height: item.height, micronsPerPixel },
    rule,
    extent,
    tissue,
    dropped: { tissue: dropped, blurred: tiles.x.length - kept.length },
    tiles: { x: of(tiles.x), y: of(tiles.y), tissue: of(tiles.tissue), sharpness: sharpness && of(sharpness) },
  };
}
