import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mask, plantDrawn } from "../api/scoredWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;
const levels = ["all", "none", "cut 0"] as const;
const switches = { all: [true, true, true], none: [false, false, false], "cut 0": [false, true, true] };

describe.skipIf(lacking("unetStudy.test.ts"))("the U-Net study in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let studyId: string;

  /** A wide table in it is a region of the same name where it must be scrolled. */
  const panel = (title: string) => page.locator("section", { has: page.getByRole("heading", { name: title }) });

  beforeAll(async () => {
    world = await startWorld();
    [studyId, visitor] = await Promise.all([plantStudy(world), visit(world, 60_000)]);
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "says what each level buys, with what else differs beside it",
    async () => {
      await goTo(page, `${visitor.url}/experiments/${studyId}?tab=unet`);
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
      await goTo(page, `${visitor.url}/experiments`);
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
