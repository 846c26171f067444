/** @file Slides with their tissue and tiles in a real browser, and a worker asked for more. PICTURES=FOLDER saves the screens. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { plantSlides } from "./support/plantSlides.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;
const side = 256;
const cell = 16;

describe.skipIf(lacking("slides.test.ts"))("slides in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let planted: Awaited<ReturnType<typeof plantSlides>>;

  beforeAll(async () => {
    world = await startWorld();
    planted = await plantSlides(world, { side, cell });
    visitor = await visit(world);
    page = await visitor.open("/datasets");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "are shown with their tiles or their tissue, and a bad one with its reason",
    async () => {
      await goTo(page, `${visitor.url}/datasets/${planted.datasetId}`);
      await page.getByRole("tab", { name: "Tiles" }).click();
      const slide = page.getByRole("figure").filter({ hasText: "slide-a" });
      await slide.getByText("256 × 256 px · 0.5 µm · 20× · 1 level").waitFor();
      await slide.getByText(/of 256 places: .* without tissue, 3 blurred/).waitFor();
      await slide.locator("path").waitFor({ state: "attached" });
      const drawn = async () => (await slide.locator("path").getAttribute("d"))!.match(/M/g)?.length;
      await expect.poll(drawn).toBe(planted.tiles.x.length);
      await page
        .getByRole("figure")
        .filter({ hasText: "slide-b" })
        .getByText("Neither the slide nor its table")
        .waitFor();
      await look(page, "tiles");
      await page.getByText("tissue", { exact: true }).click();
      await slide.locator("rect").waitFor({ state: "attached" });
      await slide.locator("path").waitFor({ state: "detached" });
    },
    patience,
  );

  it(
    "are viewed at any scale, by keyboard alone",
    async () => {
      const tile = page.waitForResponse((response) => /\/slides\/.*\/tiles\/8\/0\/0$/.test(response.url()));
      await page.getByRole("link", { name: "View slide-a" }).press("Enter");
      expect([(await tile).status(), (await tile).headers()["content-type"]]).toEqual([200, "image/jpeg"]);
      await page.waitForURL((url) => url.pathname === `/slides/${planted.slideId}`);
      await page.getByText(/^\d+ µm · /).waitFor();
      const layer = page.locator("svg[viewBox][preserveAspectRatio=none]");
      await layer.locator("path").waitFor({ state: "attached" });
      await expect.poll(() => shown(layer)).toBeGreaterThanOrEqual(side);
      await page.waitForFunction(`document.activeElement?.getAttribute("role") === "application"`);
      const before = await shown(layer);
      const closer = async () => {
        await page.keyboard.press("+");
        return shown(layer);
      };
      await expect.poll(closer).toBeLessThan(0.8 * before);
      await page.waitForURL((url) => url.searchParams.has("at"));
      await page.getByRole("button", { name: "Show all" }).click();
      await expect.poll(() => shown(layer)).toBeGreaterThanOrEqual(0.99 * before);
      await look(page, "viewer"); // changes the size, and with it what is shown
      await page.getByText("tissue", { exact: true }).click();
      await layer.locator("rect").last().waitFor({ state: "attached" });
      await layer.locator("path").waitFor({ state: "detached" });
      await page.goBack();
      await page.getByRole("link", { name: "View slide-a" }).waitFor();
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
});
