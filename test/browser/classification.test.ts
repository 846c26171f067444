/** @file A classification experiment in a real browser, in front of a real api: probabilities chosen by hand. */
import { openObjects } from "@tessera/objects/localObjects";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantClassification } from "../api/classifiedWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { openPictures, type Pictures } from "./support/pictures.ts";
import { holdsInEveryLook } from "./support/screens.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("classification.test.ts"))("a classification experiment", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let planted: Awaited<ReturnType<typeof plantClassification>>;

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId } = world.database;
    pictures = openPictures(db, openObjects({ directory: world.objectsDirectory }), teamId);
    const drawn = await Promise.all(Array.from({ length: 7 }, (_, index) => pictures.plant(index)));
    const images = drawn.map(({ imageSha256 }) => imageSha256);
    planted = await plantClassification(world, teamId, { seeds: [0, 1, 2, 3, 4], images });
    visitor = await visit(world);
  });

  afterAll(async () => {
    await visitor?.close();
    await pictures?.close();
    await world?.close();
  });

  it("answers in AUC, and has no tab of masks", async () => {
    const page = await visitor.open(`/experiments/${planted.experimentId}`);
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
    const page = await visitor.open(`/experiments/${planted.experimentId}?tab=comparison`);
    await page.getByText("B − A = +0.222 AUC", { exact: false }).first().waitFor();
    await page.getByLabel("Metric").selectOption("logLoss");
    await page.waitForURL((url) => url.searchParams.get("metric") === "logLoss");
    await page.getByText("Lower is better.", { exact: false }).waitFor();
    await holdsInEveryLook(page, [["Comparison", "by DeLong’s test"]]);
    await page.close();
  });

  it("shows a run's metrics, its curves and its most wrong items", async () => {
    const page = await visitor.open(`/runs/${planted.runIds[0]}?tab=scores`);
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
    expect(visitor.told).toEqual([]);
  });
});
