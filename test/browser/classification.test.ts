/** @file A classification experiment in a real browser, in front of a real api: probabilities chosen by hand. */
import { openObjects } from "@tessera/objects/localObjects";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantClassification } from "../api/classifiedWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { chromiumMissing, chromiumPath, launchChromium } from "./support/chromium.ts";
import { openPictures, type Pictures } from "./support/pictures.ts";
import { holdsInEveryLook, settled } from "./support/screens.ts";
import { allowSignIn, signIn } from "./support/signIn.ts";
import { buildMissing, isBuilt, startWeb, type Web } from "./support/web.ts";

const missing = [...(chromiumPath() ? [] : [chromiumMissing]), ...(isBuilt() ? [] : [buildMissing])];
if (missing.length > 0) console.warn(`SKIPPED test/browser/classification.test.ts:\n${missing.join("\n")}`);

describe.skipIf(missing.length > 0)("a classification experiment", () => {
  let world: World;
  let web: Web;
  let browser: Browser;
  let person: BrowserContext;
  let pictures: Pictures;
  let planted: Awaited<ReturnType<typeof plantClassification>>;
  const told: string[] = [];

  async function open(path: string): Promise<Page> {
    const page = await person.newPage();
    page.on(
      "console",
      (line) => line.type() === "error" && told.push(`${path}: ${line.text()} ${line.location().url}`),
    );
    page.on("pageerror", (error) => told.push(`${path}: ${error.message}`));
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(web.url + path);
    await settled(page);
    return page;
  }

  beforeAll(async () => {
    world = await startWorld();
    await allowSignIn(world.database);
    const { db, teamId } = world.database;
    pictures = openPictures(db, openObjects({ directory: world.objectsDirectory }), teamId);
    const drawn = await Promise.all(Array.from({ length: 7 }, (_, index) => pictures.plant(index)));
    const images = drawn.map(({ imageSha256 }) => imageSha256);
    planted = await plantClassification(world, teamId, { seeds: [0, 1, 2, 3, 4], images });
    [web, browser] = await Promise.all([startWeb(world.url), launchChromium()]);
    person = await browser.newContext();
    person.setDefaultTimeout(20_000);
    const page = await person.newPage();
    await signIn(page, web.url);
    await page.close();
  });

  afterAll(async () => {
    await browser?.close();
    await web?.close();
    await pictures?.close();
    await world?.close();
  });

  it("answers in AUC, and has no tab of masks", async () => {
    const page = await open(`/experiments/${planted.experimentId}`);
    await page.getByText("B is better than A", { exact: false }).first().waitFor();
    await page.getByRole("columnheader", { name: "Test AUC" }).waitFor();
    await expect
      .poll(() => page.getByRole("tab").allInnerTexts())
      .toEqual(["Runs and curves", "Comparison", "Memorisation", "Design"]);
    await page.getByRole("tab", { name: "Memorisation" }).click();
    await page.getByText("a label version that was made by noise", { exact: false }).waitFor(); // what it takes
    await page.close();
  });

  it("compares its arms by the metric that is chosen, in light and dark and at 390 px", async () => {
    const page = await open(`/experiments/${planted.experimentId}?tab=comparison`);
    await page.getByText("B − A = +0.222 AUC", { exact: false }).first().waitFor();
    await page.getByLabel("Metric").selectOption("logLoss");
    await page.waitForURL((url) => url.searchParams.get("metric") === "logLoss");
    await page.getByText("Lower is better.", { exact: false }).waitFor();
    await holdsInEveryLook(page, [["Comparison", "by DeLong’s test"]]);
    await page.close();
  });

  it("shows a run's metrics, its curves and its most wrong items", async () => {
    const page = await open(`/runs/${planted.runIds[0]}?tab=scores`);
    await page.getByText("Scores on the test fold").waitFor();
    await page.getByText("0.778").first().waitFor(); // AUC: 7 of 9 pairs
    const captions = page.locator(".sample-grid li");
    await expect.poll(() => captions.first().innerText()).toContain("film 3");
    await expect.poll(() => captions.first().innerText()).toContain("true: pneumonia");
    await page.getByText("most right first").click();
    await page.waitForFunction(`document.querySelector(".sample-grid li")?.innerText.includes("film 3") === false`);
    await holdsInEveryLook(page, [["Scores", "ROC curve of pneumonia"]]);
    await page.close();
  });

  it("tells the console of no error", () => {
    expect(told).toEqual([]);
  });
});
