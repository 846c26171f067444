/** @file Features by a run in a real browser: the form, what it says of the run, and the bags that came of it. PICTURES=FOLDER saves the screens. */
import { join } from "node:path";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantEncoder } from "../api/encoderWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { seriousFindings } from "./support/axe.ts";
import { chromiumMissing, chromiumPath, launchChromium } from "./support/chromium.ts";
import { allowSignIn, signIn } from "./support/signIn.ts";
import { buildMissing, isBuilt, startWeb, type Web } from "./support/web.ts";

const missing = [...(chromiumPath() ? [] : [chromiumMissing]), ...(isBuilt() ? [] : [buildMissing])];
if (missing.length > 0) console.warn(`SKIPPED test/browser/tileEncoder.test.ts:\n${missing.join("\n")}`);

const patience = 240_000;

describe.skipIf(missing.length > 0)("a run as the encoder of tiles", () => {
  let world: World;
  let web: Web;
  let browser: Browser;
  let page: Page;
  let planted: Awaited<ReturnType<typeof plantEncoder>>;

  beforeAll(async () => {
    world = await startWorld();
    await allowSignIn(world.database);
    const imaging = openImaging({ processes: 1 });
    const rgb = new Uint8Array(32 * 24 * 3).fill(200);
    const picture = await openObjects({ directory: world.objectsDirectory }).put(
      world.database.teamId,
      await imaging.encodeImage(rgb, 32, 24, "jpeg"),
    );
    await imaging.close();
    planted = await plantEncoder(world, picture);
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
    "is chosen in the form, which says what it is and whom it has learnt from; its bags name it",
    async () => {
      await page.goto(`${web.url}/datasets/${planted.datasetId}?tab=tiles`);
      await page.getByRole("button", { name: "Make features" }).click();
      const form = page.getByRole("dialog");
      await form.getByLabel("Net").waitFor();
      expect(await form.getByLabel("Net").locator("optgroup").allTextContents()).toEqual([
        "Where does it look? · A, seed 1",
      ]);
      await form
        .getByText("by the checkpoint of epoch 2, validation AUC 0.900; each tile is read at 64 × 64 px")
        .waitFor();
      await form
        .getByText("1 subject of these slides is among those that the run learnt from (p1), 1 of them in a test fold")
        .waitFor();
      await look("form", "[role=dialog]");
      await form.getByLabel("Name of the dataset of bags").fill("Biopsies by the run");
      await form.getByRole("button", { name: "Make features" }).press("Enter");
      await form.waitFor({ state: "hidden" });
      const link = page.getByRole("link", { name: "Where does it look? · A, seed 1, checkpoint of epoch 2" });
      await link.waitFor();
      expect(await link.getAttribute("href")).toBe(`/runs/${planted.runId}`);
      await page.getByRole("note", { name: /^encoder saw subjects/ }).waitFor();
      await look("job");

      const [job] = (await world.database.owner`
        select id from slide_jobs where kind = 'features'`) as unknown as [{ id: string }];
      const bags = await planted.makeBags(job.id, "Biopsies by the run");
      await page.goto(`${web.url}/datasets/${bags}`);
      await page.getByText(/Made of/).waitFor();
      await page.getByRole("link", { name: "Biopsies", exact: true }).waitFor();
      await page.getByText("tiles of 224 px at 0.5 µm").waitFor();
      await page.getByRole("note", { name: /^encoder saw subjects: 1 subject of these slides/ }).waitFor();
      await look("bags");
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
