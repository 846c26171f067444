/** @file The viewer of a slide at its own address, in a real browser: tile maps under their checks, top tiles, links. PICTURES=FOLDER saves the screens. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { colourSteps, stepsOf } from "@/features/slides/map/colours";
import { startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { plantSlides } from "./support/plantSlides.ts";
import { plantTileMaps } from "./support/plantTileMaps.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;
const [side, cell] = [1024, 32];
/** The colours' lowest and highest: viridis. */
const ends = ["68,1,84", "253,231,37"];

describe.skipIf(lacking("slideViewer.test.ts"))("a slide's viewer", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let slides: Awaited<ReturnType<typeof plantSlides>>;
  let planted: Awaited<ReturnType<typeof plantTileMaps>>;
  /** Rows of tiles, the highest attention first. */
  let ranked: number[];

  beforeAll(async () => {
    world = await startWorld();
    slides = await plantSlides(world, { side, cell });
    planted = await plantTileMaps(world, slides);
    const { attention } = planted.values;
    ranked = [...attention.keys()].sort((a, b) => attention[b]! - attention[a]!);
    visitor = await visit(world);
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  /** Red, green and blue of the map in the middle of a tile. */
  const colourOf = (row: number, on = page) =>
    on.evaluate<string>(`(() => {
      const canvas = document.querySelector("[data-tile-map]");
      const box = document.querySelector("svg[viewBox][preserveAspectRatio=none]")?.getAttribute("viewBox");
      if (!canvas || !box) return "no map";
      const [x, y, width] = box.split(" ").map(Number);
      const scale = canvas.width / width;
      const at = [${slides.tiles.x[row]! + cell / 2} - x, ${slides.tiles.y[row]! + cell / 2} - y].map((d) => Math.round(d * scale));
      return canvas.getContext("2d").getImageData(at[0], at[1], 1, 1).data.slice(0, 3).join();
    })()`);
  const becomes = (row: number, colour: string, on = page) => expect.poll(() => colourOf(row, on)).toBe(colour);
  const query = (name: string) => new URL(page.url()).searchParams.get(name);

  it(
    "says that there is no map, asks a run for one by keyboard, and shows it with its verdict",
    async () => {
      await goTo(page, `${visitor.url}/slides/${slides.slideId}?draw=map`);
      await page.getByText("No run has told yet").waitFor();
      await page.getByRole("button", { name: "Make maps" }).press("Enter");
      await page.getByText("waits for a worker").waitFor();
      await planted.answer();
      await page.getByText("attention depends on the model").waitFor();
      await page.getByText("attention, rank: depends on the model").waitFor(); // on the picture
      await becomes(ranked[0]!, ends[1]!);
      await becomes(ranked.at(-1)!, ends[0]!);
      await expect.poll(() => page.locator("[data-tile-map]").count()).toBe(1);
    },
    patience,
  );

  it(
    "says the value in the middle, as it is, as a rank, or scaled",
    async () => {
      await page.getByRole("figure", { name: /Colours: 0 % \(.*, 50 % \(.*, 100 % \(/ }).waitFor();
      await page.getByRole("radiogroup", { name: "What colour says" }).getByText("raw").click();
      await page.getByRole("figure", { name: /Colours: 0, / }).waitFor();
      await expect.poll(() => query("as")).toBe("raw");
      await becomes(ranked[0]!, ends[1]!); // the highest of the only slide
    },
    patience,
  );

  it(
    "goes to the highest tile, which is marked, and a link shows the same",
    async () => {
      const row = ranked[0]!;
      expect(slides.tumour[row]).toBe(1);
      await page.getByRole("button", { name: /^Go to the 1\. highest tile/ }).press("Enter");
      await page.locator("[data-marked]").waitFor({ state: "attached" });
      await page.getByText(`Tile ${(row + 1).toLocaleString("en-GB")} in the middle:`).waitFor();
      await page.waitForURL((url) => url.searchParams.get("tile") === String(row) && url.searchParams.has("at"));
      await becomes(row, ends[1]!);
      await look(page, "viewer-map");
      await page.waitForURL((url) => url.searchParams.get("tile") === String(row));

      const other = await visitor.open(page.url().slice(visitor.url.length));
      await other.locator("[data-marked]").waitFor({ state: "attached" });
      await other.getByText(`Tile ${(row + 1).toLocaleString("en-GB")} in the middle:`).waitFor();
      await other.getByText("attention, raw: depends on the model").waitFor();
      await becomes(row, ends[1]!, other);
      await other.close();
    },
    patience,
  );

  it(
    "magnifies by key as an objective does, and shows or hides the map",
    async () => {
      const canvas = page.getByRole("application");
      await canvas.press("4");
      await page.getByText(/µm · 40×$/).waitFor();
      await page.getByRole("button", { name: "Magnify 40 times", pressed: true }).waitFor();
      await canvas.press("r"); // would turn the slide under its layers
      await canvas.press("m");
      await page.locator("[data-tile-map]").waitFor({ state: "detached" });
      await canvas.press("m");
      await page.locator("[data-tile-map]").waitFor({ state: "attached" });
      await canvas.press("0");
      await expect.poll(() => query("at")).toBeNull();
    },
    patience,
  );

  it(
    "hides a map that does not depend on the model behind its stamp, and stamps the picture that is shown all the same",
    async () => {
      await page.getByRole("radiogroup", { name: "Kind of map" }).getByText("score").click();
      await page.getByRole("button", { name: "Show it all the same" }).waitFor();
      await page.locator("[data-tile-map]").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Show it all the same" }).click();
      await page.locator("[data-tile-map]").waitFor({ state: "attached" });
      await page
        .getByText(/^score for tumour, raw:/)
        .getByText("does not depend on the model")
        .waitFor();
      await becomes(ranked[0]!, expectedScore(ranked[0]!));
      await look(page, "viewer-stamped");
      await page.getByLabel("Class", { exact: true }).selectOption({ label: "normal" });
      await page.getByText(/^score for normal, raw:/).waitFor();
    },
    patience,
  );

  /** Of a signed map its colour is its own on both sides of white: blue below, red above. */
  function expectedScore(row: number): string {
    const { score } = planted.values;
    const reach = Math.max(...score.map(Math.abs));
    const step = stepsOf(Float32Array.of(0.5 + score[row]! / (2 * reach)))[0]!;
    return colourSteps(true)[step]!.replace(/rgb\((\d+) (\d+) (\d+)\)/, "$1,$2,$3");
  }

  it(
    "is opened from the run, whose tab has the checks, and back leads there again",
    async () => {
      await goTo(page, `${visitor.url}/runs/${planted.runId}?tab=tile-maps`);
      await page.getByRole("heading", { name: "Checks of attention" }).waitFor();
      await page.getByText(/better than how odd a tile’s features are \(\+0\.32/).waitFor();
      await look(page, "run-tile-maps");
      await page.getByRole("link", { name: "View slide-a with its attention" }).click();
      await page.getByText("attention, rank: depends on the model").waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: "Checks of attention" }).waitFor();
    },
    patience,
  );

  it(
    "says so where there is no such slide, and tells the console of nothing",
    async () => {
      expect(visitor.told).toEqual([]);
      await goTo(page, `${visitor.url}/slides/00000000-0000-4000-8000-000000000000`);
      await page.getByText("There is no such slide in this team").waitFor();
    },
    patience,
  );
});
