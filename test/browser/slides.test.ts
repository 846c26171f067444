/** @file Slides with their tissue and tiles in a real browser, and a worker asked for more. PICTURES=FOLDER saves the screens. */
import { join } from "node:path";
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
import { slideWorld } from "@tessera/synthetic/slides/tissueWorld";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { seriousFindings } from "./support/axe.ts";
import { chromiumMissing, chromiumPath, launchChromium } from "./support/chromium.ts";
import { allowSignIn, signIn } from "./support/signIn.ts";
import { buildMissing, isBuilt, startWeb, type Web } from "./support/web.ts";

const missing = [...(chromiumPath() ? [] : [chromiumMissing]), ...(isBuilt() ? [] : [buildMissing])];
if (missing.length > 0) console.warn(`SKIPPED test/browser/slides.test.ts:\n${missing.join("\n")}`);

const patience = 240_000;
const side = 256;
const cell = 16;

describe.skipIf(missing.length > 0)("slides in the browser", () => {
  let world: World;
  let web: Web;
  let browser: Browser;
  let page: Page;
  let datasetId: string;

  beforeAll(async () => {
    world = await startWorld();
    await allowSignIn(world.database);
    datasetId = await plantSlides(world);
    [web, browser] = await Promise.all([startWeb(world.url), launchChromium()]);
    page = await (await browser.newContext({ reducedMotion: "reduce" })).newPage();
    page.setDefaultTimeout(60_000);
    await page.setViewportSize({ width: 1280, height: 900 });
    await signIn(page, web.url);
  }, patience);
  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await world?.close();
  }, patience);

  it(
    "are shown with their tiles or their tissue, and a bad one with its reason",
    async () => {
      await page.goto(`${web.url}/datasets/${datasetId}`);
      await page.getByRole("tab", { name: "Tiles" }).click();
      const slide = page.getByRole("figure").filter({ hasText: "slide-a" });
      await slide.getByText("256 × 256 px · 0.5 µm · 20× · 1 level").waitFor();
      await slide.getByText(/of 256 places: .* without tissue, 3 blurred/).waitFor();
      await slide.locator("path").waitFor({ state: "attached" });
      const outline = await slide.locator("path").getAttribute("d");
      expect(outline!.match(/M/g)).toHaveLength(tiles.x.length);
      await page
        .getByRole("figure")
        .filter({ hasText: "slide-b" })
        .getByText("Neither the slide nor its table")
        .waitFor();
      await look("tiles");
      await page.getByText("tissue", { exact: true }).click();
      await slide.locator("rect").waitFor({ state: "attached" });
      expect(await slide.locator("path").count()).toBe(0);
    },
    patience,
  );

  it(
    "are viewed at any scale, by keyboard alone",
    async () => {
      const tile = page.waitForResponse((response) => /\/slides\/.*\/tiles\/8\/0\/0$/.test(response.url()));
      await page.getByRole("button", { name: "View slide-a" }).press("Enter");
      expect([(await tile).status(), (await tile).headers()["content-type"]]).toEqual([200, "image/jpeg"]);
      const viewer = page.getByRole("dialog");
      await viewer.getByText(/^\d+ µm$/).waitFor();
      const layer = viewer.locator("svg[viewBox][preserveAspectRatio=none]");
      await layer.locator("path").waitFor({ state: "attached" });
      expect(await shown(layer)).toBeGreaterThanOrEqual(side);
      await page.waitForFunction(`document.activeElement?.getAttribute("role") === "application"`);
      const before = await shown(layer);
      const closer = async () => {
        await page.keyboard.press("+");
        return shown(layer);
      };
      await expect.poll(closer, { timeout: 10_000 }).toBeLessThan(0.8 * before);
      await viewer.getByRole("button", { name: "Show all" }).click();
      await expect.poll(() => shown(layer), { timeout: 10_000 }).toBeGreaterThanOrEqual(0.99 * before);
      await look("viewer", "[role=dialog]"); // changes the size, and with it what is shown
      await viewer.getByText("tissue", { exact: true }).click();
      await layer.locator("rect").last().waitFor({ state: "attached" });
      expect(await layer.locator("path").count()).toBe(0);
      await page.keyboard.press("Escape");
      await viewer.waitFor({ state: "hidden" });
    },
    patience,
  );

  /** Pixels of the slide across the viewer. */
  const shown = async (layer: Locator) => Number((await layer.getAttribute("viewBox"))!.split(" ")[2]);

  it(
    "are cut anew by a form, whose job can be cancelled",
    async () => {
      await page.getByRole("button", { name: "Cut tiles" }).click();
      const form = page.getByRole("dialog");
      await form.getByText("A tile covers 112 µm").waitFor();
      await form.getByLabel("Tile, pixels").fill("128");
      await form.getByLabel("Microns per pixel of slides").fill("0.25");
      await form.getByRole("button", { name: "Cut tiles" }).click();
      await page.getByText("128 px at 0.5 µm; tissue at least 50 %; sharpness at least 20").waitFor();
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("cancelled").waitFor();
    },
    patience,
  );

  /** In light and wide, then dark and narrow: without serious findings, and without scrolling sideways. */
  async function look(name: string, within = "main"): Promise<void> {
    const folder = process.env.PICTURES;
    if (folder) await page.screenshot({ path: join(folder, `${name}-light.png`), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(`document.documentElement.dataset.mantineColorScheme === "dark"`);
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForFunction(`document.documentElement.scrollWidth === document.documentElement.clientWidth`);
    if (folder) await page.screenshot({ path: join(folder, `${name}-dark.png`), fullPage: true });
    expect(await seriousFindings(page, { colours: true, within })).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
  }
});

const planted = slideWorld({ width: side, height: side, cell, witnessRate: 0.2, seed: 2 });
const kept = [...planted.tissue.keys()].filter((at) => planted.tissue[at] === 1);
const tiles = {
  x: kept.map((at) => (at % planted.columns) * cell),
  y: kept.map((at) => Math.floor(at / planted.columns) * cell),
  tissue: kept.map(() => 1),
  sharpness: null,
};

/** Two slides, a job that has cut one of them, and why not the other. */
async function plantSlides({ database, objectsDirectory }: World): Promise<string> {
  const { db, teamId, userId } = database;
  const objects = openObjects({ directory: objectsDirectory });
  const imaging = openImaging({ processes: 1 });
  const picture = await objects.put(teamId, await imaging.encodeImage(planted.tileAt(0, 0), side, side, "jpeg"));
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
  return made.datasetId;
}
