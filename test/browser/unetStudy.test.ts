/**
 * @file The U-Net study in a real browser: its form starts every combination that is ticked, and its tab says what each buys.
 * With PICTURES=FOLDER in the environment each screen is saved there, to be looked at.
 */
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mask, plantDrawn } from "../api/scoredWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { seriousFindings } from "./support/axe.ts";
import { chromiumMissing, chromiumPath, launchChromium } from "./support/chromium.ts";
import { allowSignIn, signIn } from "./support/signIn.ts";
import { buildMissing, isBuilt, startWeb, type Web } from "./support/web.ts";

const missing = [...(chromiumPath() ? [] : [chromiumMissing]), ...(isBuilt() ? [] : [buildMissing])];
if (missing.length > 0) console.warn(`SKIPPED test/browser/unetStudy.test.ts:\n${missing.join("\n")}`);

const patience = 240_000;
const levels = ["all", "none", "cut 0"] as const;
const switches = { all: [true, true, true], none: [false, false, false], "cut 0": [false, true, true] };

describe.skipIf(missing.length > 0)("the U-Net study in the browser", () => {
  let world: World;
  let web: Web;
  let browser: Browser;
  let page: Page;
  let studyId: string;

  /** A wide table in it is a region of the same name where it must be scrolled. */
  const panel = (title: string) => page.locator("section", { has: page.getByRole("heading", { name: title }) });

  beforeAll(async () => {
    world = await startWorld();
    await allowSignIn(world.database);
    [studyId, web, browser] = await Promise.all([plantStudy(world), startWeb(world.url), launchChromium()]);
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
    "says what each level buys, with what else differs beside it",
    async () => {
      await page.goto(`${web.url}/experiments/${studyId}?tab=unet`);
      const depth = panel("Depth: against depth 3");
      await depth.getByText("no reduction").first().waitFor();
      const row = depth.getByRole("row").filter({ hasText: "no reduction" });
      await expect.poll(() => row.textContent()).toMatch(/5 px.*against 100 px.*worse/);
      const skips = panel("Skip connections: against all skips");
      await skips.getByText("finest cut").first().waitFor();
      await look(page, "study");
    },
    patience,
  );

  it(
    "starts what is ticked in one form",
    async () => {
      await page.goto(`${web.url}/experiments`);
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("menuitem", { name: "New U-Net study" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Depth and skips");
      await page.getByRole("textbox", { name: "Question" }).fill("Which depth is worth its weights?");
      await page.getByRole("checkbox", { name: /^depth 5/ }).click();
      await page.getByRole("checkbox", { name: "level 3 cut" }).click();
      await page.getByRole("textbox", { name: "Seeds" }).fill("1-2");
      // depth 3 with all, none and one cut; no reduction once
      await page.getByRole("button", { name: "Start 8 runs" }).waitFor();
      await page.getByText('Depth 0 has no skip connections: "none" is left out there.').waitFor();
      await look(page, "form");
      await page.getByRole("button", { name: "Start 8 runs" }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}$/);
      await page.getByRole("tab", { name: "What the U-Net buys" }).click();
      await panel("Depth: against depth 3").waitFor();
      await page.getByText("no run is scored on the test fold yet").first().waitFor();
    },
    patience,
  );
});

/** In light and wide, then dark and narrow: without serious findings, and without scrolling sideways. */
async function look(page: Page, name: string): Promise<void> {
  const save = async (kind: string) => {
    const folder = process.env.PICTURES;
    if (folder) await page.screenshot({ path: join(folder, `${name}-${kind}.png`), fullPage: true });
  };
  await save("light");
  expect(await seriousFindings(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.waitForFunction(`document.documentElement.dataset.mantineColorScheme === "dark"`);
  await save("dark");
  await page.setViewportSize({ width: 390, height: 800 });
  await page.waitForFunction(`document.documentElement.scrollWidth === document.documentElement.clientWidth`);
  await save("narrow");
  expect(await seriousFindings(page, { colours: true, within: "main" })).toEqual([]);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

/** Depths 3 and 0, and three kinds of skips at depth 3, over five seeds; without skips the outline is a pixel off. */
async function plantStudy(world: World): Promise<string> {
  const truth = mask([4, 4, 8, 8]);
  const drawn = {
    all: (seed: number) => (seed === 5 ? mask([4, 4, 8, 7]) : truth),
    none: (seed: number) => (seed === 4 ? truth : mask([5, 4, 8, 8])),
    "cut 0": (seed: number) => (seed > 3 ? mask([4, 4, 8, 8], [0, 0, 1, 1]) : truth),
    flat: (seed: number) => mask([5, 5, 7, 7 - (seed % 2)], [0, 0, 2, 2], [14, 0, 1, 3]),
  };
  const planted = await plantDrawn(world, world.database.teamId, {
    name: "What the U-Net buys",
    items: ["one", "two"].map((name) => ({ name, fold: "test", truth: [truth] })),
    arms: {
      ...Object.fromEntries(
        levels.map((level) => [`depth 3, ${level}`, (_: string, seed: number) => ({ sure: drawn[level](seed) })]),
      ),
      "no reduction": (_: string, seed: number) => ({ sure: drawn.flat(seed) }),
    },
    changes: {
      ...Object.fromEntries(
        levels.map((level) => [`depth 3, ${level}`, { model: { depth: 3, skips: switches[level] } }]),
      ),
      "no reduction": { model: { depth: 0, skips: [] } },
    },
    seeds: [1, 2, 3, 4, 5],
  });
  await planted.measure();
  return planted.experiment.id;
}
