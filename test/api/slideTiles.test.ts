/** Tiles of a slide by HTTP: who gets them, where they end, and that their pixels are the slide's. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SlideViews } from "@tessera/api/slides/slideViews";
import { openSlides, type Slides } from "@tessera/imaging/slides/client";
import { openObjects } from "@tessera/objects/localObjects";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { smallWorld, writeSmallSlide } from "../support/slides.ts";
import { plant, startWorld, type World } from "./world.ts";

const { width, height } = smallWorld;
let world: World;
let itemId: string;
let imageId: string;
let path: string;
let slides: Slides;
beforeAll(async () => {
  world = await startWorld();
  slides = openSlides({ processes: 1 });
  const { db, teamId } = world.database;
  imageId = (await plant(world, teamId)).itemIds[0]!;
  const objects = openObjects({ directory: world.objectsDirectory });
  const file = join(world.objectsDirectory, "made.tif");
  await writeSmallSlide(file);
  const stored = await objects.put(teamId, await readFile(file));
  path = await objects.path(teamId, stored.sha256);
  itemId = await db.asTeam(teamId, async (sql) => {
    await putBlob(sql, teamId, { ...stored, mediaType: "image/tiff" });
    const { id: projectId } = await ensureProject(sql, teamId, "Slides");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Slides", modality: "other" });
    const of = { subject: "s", subjectKnown: true, site: null, spacingMm: 0.0005, width, height };
    const files = { sha256: stored.sha256, thumbnailSha256: stored.sha256 };
    const { inserted } = await insertItems(sql, teamId, [{ datasetId, kind: "slide", name: "a", ...files, ...of }]);
    return inserted[0]!.id;
  });
});
afterAll(async () => {
  await slides?.close();
  await world?.close();
});

const ask = (place: string, token: string | null = world.tokens.viewer, id = itemId, headers = {}) =>
  fetch(`${world.url}/slides/${id}/tiles/${place}`, {
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
  });

it("a tile of the finest level has the slide's pixels, also where the slide ends", async () => {
  // level 11 holds 1600 pixels; the last column is 64 wide, the last row 176 high
  for (const [column, row, w, h] of [
    [1, 1, 512, 512],
    [3, 2, 64, 176],
  ] as const) {
    const answer = await ask(`11/${column}/${row}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
    const got = await sharp(Buffer.from(await answer.arrayBuffer()))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([got.info.width, got.info.height]).toEqual([w, h]);
    const of = { level: 0, x: 512 * column, y: 512 * row, width: w, height: h };
    const expected = await slides.region({ path, name: "made" }, of);
    let off = 0;
    for (const [at, value] of expected.entries()) off += Math.abs(value - got.data[at]!);
    expect(off / expected.length).toBeLessThan(4); // JPEG; another place is off by far more
  }
});

it("level 0 is one pixel, and what was had is not sent again", async () => {
  const answer = await ask("0/0/0");
  const { width: w, height: h } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
  expect([w, h]).toEqual([1, 1]);
  const again = await ask("0/0/0", world.tokens.viewer, itemId, { "if-none-match": answer.headers.get("etag") });
  expect(again.status).toBe(304);
});

it.each([
  ["a level above the finest", "12/0/0", 404, "NOT_FOUND"],
  ["a column outside", "11/4/0", 404, "NOT_FOUND"],
  ["a row outside", "11/0/3", 404, "NOT_FOUND"],
  ["a negative row", "11/0/-1", 400, "BAD_INPUT"],
  ["no number", "11/x/0", 400, "BAD_INPUT"],
])("refuses %s", async (_, place, status, code) => {
  const answer = await ask(place);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code } }] });
});

it("another team, an item that is no slide and nobody get nothing", async () => {
  expect((await ask("11/0/0", world.otherToken)).status).toBe(404);
  expect((await ask("11/0/0", world.tokens.viewer, imageId)).status).toBe(404);
  expect((await ask("11/0/0", world.tokens.viewer, "nothing")).status).toBe(404);
  expect((await ask("11/0/0", null)).status).toBe(401);
});

it("a tile that nobody waits for is not rendered, one too many is refused, and the oldest are forgotten", async () => {
  const rendered: number[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const zoomTile = async (_file: unknown, _level: number, column: number) => {
    rendered.push(column);
    await held;
    return Buffer.alloc(10);
  };
  const views = new SlideViews({ zoomTile } as never, { processes: 1, mostWaiting: 2, cacheBytes: 15, limitMs: 1 });
  const never = new AbortController().signal;
  const left = new AbortController();
  const tile = (column: number, signal = never) => views.tile("p", { sha256: "s", level: 1, column, row: 0 }, signal);
  const [first, second, third] = [tile(0), tile(1, left.signal), tile(2)];
  await expect(tile(3)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  left.abort();
  await expect(second).rejects.toBe(left.signal.reason);
  release();
  await Promise.all([first, third]);
  await tile(2);
  expect(rendered).toEqual([0, 2]);
  await tile(0); // 15 bytes hold one tile: it was forgotten for the last one
  expect(rendered).toEqual([0, 2, 0]);
});
