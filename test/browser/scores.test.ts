/**
 * @file The boards of "Is this Dice real?" in a real browser, in front of a real api: predictions whose errors are known,
 * counted and measured from their pixels.
 */
import { openObjects } from "@tessera/objects/localObjects";
import { registerWorker } from "@tessera/store/workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { openPictures, type Pictures } from "./support/pictures.ts";
import { plantData } from "./support/plantData.ts";
import { type PlantedScores, plantScores } from "./support/plantScores.ts";
import { holdsInEveryLook, saved, settled } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("scores.test.ts"))("the boards of a scored set", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let scores: PlantedScores;

  const board = (tab: string) => `/experiments/${scores.experimentId}?tab=${tab}`;

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId, userId } = world.database;
    pictures = openPictures(db, openObjects({ directory: world.objectsDirectory }), teamId);
    const planted = await Promise.all(Array.from({ length: 21 }, (_, index) => pictures.plant(index)));
    const worker = await db.asTeam(teamId, (sql) =>
      registerWorker(sql, teamId, { name: "bench-1", device: "CPU, 2 threads", version: "TensorFlow 2.21.0" }),
    );
    const data = await plantData(db, teamId, worker.id, planted);
    scores = await plantScores({ db, teamId, pictures, data }, { workerId: worker.id, userId, seeds: 2 });
    visitor = await visit(world);
  });

  afterAll(async () => {
    await visitor?.close();
    await pictures?.close();
    await world?.close();
  });

  // First, and by itself: the others look at what is measured in it.
  it("says how far measuring is, and shows more as it goes on, without a reload", async () => {
    await scores.measure(3);
    const page = await visitor.open(board("contiguity"));
    await page.getByText(/^\d+ of \d+ predictions measured/).waitFor();
    await scores.measure();
    await page.getByText("predictions measured").waitFor({ state: "hidden" });
    await page.getByText("chosen on validation", { exact: false }).first().waitFor();
    await page.close();
  });

  it("hold in light and dark and at 390 px", async () => {
    const page = await visitor.open(board("metrics"));
    await holdsInEveryLook(page, [
      ["Metrics", "Arms under every metric"],
      ["Dice ledger", "by convention alone"],
      ["Region sizes", "a mask that is right but one pixel off"],
      ["Contiguity", "One region, or many pieces?"],
    ]);
    await page.close();
  });

  it("score the whole ledger again at a threshold chosen by keyboard, and keep it in the address", async () => {
    const page = await visitor.open(board("ledger"));
    const table = page.getByRole("table").last();
    const before = await table.innerText();
    await page.getByRole("slider", { name: "Threshold of the whole ledger" }).focus();
    // Three steps move the planted outlines by a pixel.
    for (const place of ["0.55", "0.6", "0.65"]) {
      await page.keyboard.press("ArrowRight");
      await page.waitForURL((url) => url.searchParams.get("threshold") === place);
    }
    await page.getByText("The whole ledger is scored at 0.65").waitFor();
    await page.waitForFunction(
      `[...document.querySelectorAll("table")].at(-1).innerText !== ${JSON.stringify(before)}`,
    );
    await page.getByRole("button", { name: "Each run’s own" }).click();
    await page.waitForURL((url) => !url.search.includes("threshold"));
    await page.close();
  });

  it("give the metrics against another arm, as LaTeX and as CSV", async () => {
    const page = await visitor.open(board("metrics"));
    await page.getByLabel("Reference").selectOption("in pieces");
    await page.getByText("the difference to in pieces").waitFor();
    const latex = await saved(page, () => page.getByRole("button", { name: "Save the metrics as LaTeX" }).click());
    expect(latex).toContain("\\toprule\nMetric & too small & in pieces & blind to small");
    expect(latex).toContain("Against in pieces");
    const csv = await saved(page, () => page.getByRole("button", { name: "Save the metrics as CSV" }).click());
    expect(csv).toContain("Overlap,dice,Dice,,higher,too small,");
    await page.close();
  });

  it("open an item of the gallery under every arm, and go on by the arrows", async () => {
    const page = await visitor.open(board("contiguity"));
    await page.locator(".piece-gallery button").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Truth, label version").waitFor();
    await page.waitForFunction(`document.querySelectorAll("[role=dialog] figure").length === 4`);
    const title = await dialog.locator("h2").innerText();
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(`document.querySelector("[role=dialog] h2").textContent !== ${JSON.stringify(title)}`);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.close();
  });

  it("lead from ticked runs to their scores", async () => {
    const page = await visitor.open("/runs");
    await page.getByRole("checkbox", { name: "Tick too small, seed 1" }).check();
    await page.getByRole("checkbox", { name: "Tick in pieces, seed 1" }).check();
    await page.getByRole("link", { name: "Score together (2)" }).click();
    await page.waitForURL(/\/scores\?runs=/);
    await settled(page);
    await page.getByText("1 seed, label version", { exact: false }).first().waitFor();
    await expect.poll(() => page.getByRole("columnheader", { name: "blind to small" }).count()).toBe(0);
    await goTo(page, `${visitor.url}/scores`);
    await page.getByText("No runs are chosen").waitFor();
    await page.close();
  });

  it("left no error in the console", () => {
    expect(visitor.told).toEqual([]);
  });
});
