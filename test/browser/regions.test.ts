/** @file Regions drawn on a slide in a real browser: by pointer and by keys, undone, kept through a reload and a lost network, saved. PICTURES=FOLDER saves the screens. */
import { randomUUID } from "node:crypto";
import { insertRegionSet, newestRegionSetsByItems } from "@tessera/store/regionSets";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { plantSlides } from "./support/plantSlides.ts";
import { saved, settled } from "./support/screens.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

/** What QuPath reads. */
interface FeatureCollection {
  readonly features: readonly {
    readonly geometry: { readonly coordinates: readonly number[][][] };
    readonly properties: { readonly classification: { readonly name: string } };
  }[];
}

const patience = 240_000;

describe.skipIf(lacking("regions.test.ts"))("regions of a slide", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let slideId: string;

  beforeAll(async () => {
    world = await startWorld();
    ({ slideId } = await plantSlides(world, { side: 1024, cell: 32 }));
    const { db, teamId, userId } = world.database;
    const ring: [number, number][] = [[600, 600], [900, 600], [900, 900], [600, 900]]; // biome-ignore format: short
    const regions = [{ className: "necrosis", polygons: [[ring]] }];
    const kim = { id: randomUUID(), itemId: slideId, userId, reader: "Dr Kim", complete: false, regions };
    await db.asTeam(teamId, (sql) => insertRegionSet(sql, teamId, kim));
    visitor = await visit(world);
    page = await visitor.open(`/slides/${slideId}`);
    await panel().getByText("Nothing drawn yet").waitFor();
    await page.locator("[data-reader] [data-region]").waitFor({ state: "attached" });
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  const panel = () => page.getByRole("region", { name: "Regions" });
  const tool = (name: string) =>
    panel().getByRole("radiogroup", { name: "What the pointer does" }).getByText(name, { exact: true }).click();
  const pad = () => page.getByRole("application", { name: /^Drawing/ });
  const own = (count: number) => page.waitForFunction(`document.querySelectorAll("[data-regions] > [data-region]").length === ${count}`); // biome-ignore format: one line
  const stored = async () => {
    const { db, teamId, userId } = world.database;
    const [sets] = await db.asTeam(teamId, (sql) => newestRegionSetsByItems(sql, teamId, [slideId]));
    return sets!.find((set) => set.userId === userId)?.regions ?? [];
  };
  /** In shares of the pad. */
  async function drag(from: readonly [number, number], ...to: (readonly [number, number])[]): Promise<void> {
    await pad().waitFor();
    const { x, y, width, height } = (await pad().boundingBox())!;
    const at = ([across, down]: readonly [number, number]) => [x + across * width, y + down * height] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    for (const next of to) await page.mouse.move(...at(next), { steps: 8 });
    await page.mouse.up();
  }

  it(
    "are drawn by pointer, undone and done again, and saved",
    async () => {
      await tool("box");
      await drag([0.35, 0.35], [0.45, 0.5]);
      await own(1);
      await panel().getByText("Not saved; kept in this browser", { exact: true }).waitFor();
      await tool("hand");
      await drag([0.5, 0.3], [0.6, 0.3], [0.6, 0.45], [0.5, 0.45]);
      await own(2);
      await panel().getByRole("button", { name: "Undo" }).click();
      await own(1);
      await panel().getByRole("button", { name: "Redo" }).click();
      await own(2);
      await panel().getByRole("button", { name: "Save regions" }).click();
      await panel().getByText("Saved", { exact: true }).waitFor();
      const regions = await stored();
      expect(regions.map(({ className }) => className)).toEqual(["tumour", "tumour"]);
      expect(regions[0]!.polygons[0]![0]).toHaveLength(4);
    },
    patience,
  );

  it(
    "are drawn by keys alone, of the class that a number chooses",
    async () => {
      await tool("polygon");
      await pad().focus();
      for (const key of [
        "2",
        "Enter",
        ...Array(6).fill("Shift+ArrowRight"),
        "Enter",
        ...Array(5).fill("ArrowDown"),
        "Enter",
        "c",
      ]) {
        // biome-ignore format: one line
        await page.keyboard.press(key);
      }
      await own(3);
      await panel().getByRole("radio", { name: "2 necrosis", checked: true }).waitFor();
      await look(page, "regions");
    },
    patience,
  );

  it(
    "that are not saved outlive a reload and a network that is gone",
    async () => {
      await panel().getByText("Not saved; kept in this browser", { exact: true }).waitFor(); // written, so that it can be reloaded
      page.once("dialog", (dialog) => void dialog.accept());
      await page.reload();
      await settled(page);
      await panel().getByText("Not saved; kept in this browser from before").waitFor();
      await own(3);
      await page.route("**/graphql", (route) => route.abort());
      await panel().getByRole("button", { name: "Save regions" }).click();
      await panel().getByRole("alert").waitFor();
      await own(3);
      await page.unroute("**/graphql");
      await panel().getByRole("button", { name: "Save regions" }).click();
      await panel().getByText("Saved", { exact: true }).waitFor();
      expect((await stored()).map(({ className }) => className)).toEqual(["tumour", "tumour", "necrosis"]);
    },
    patience,
  );

  it(
    "are handed to QuPath by a link, each reader's as they are stored",
    async () => {
      const linked = async (link: string) =>
        JSON.parse(await saved(page, () => panel().getByRole("link", { name: link }).click())) as FeatureCollection;
      const kims = await linked("Regions of Dr Kim as GeoJSON");
      expect(kims.features.map(({ properties }) => properties.classification.name)).toEqual(["necrosis"]);
      expect(kims.features[0]!.geometry.coordinates.flat()).toContainEqual([600, 900]);
      const mine = await linked("Mine as GeoJSON");
      expect(mine.features.map(({ properties }) => properties.classification.name)).toEqual(["tumour", "tumour", "necrosis"]); // biome-ignore format: one line
    },
    patience,
  );

  it(
    "are chosen and deleted, and a reader's are hidden",
    async () => {
      await tool("edit");
      await drag([0.4, 0.42], [0.4, 0.42]);
      await page.locator("[data-corner]").first().waitFor({ state: "attached" });
      await panel().getByRole("button", { name: "Delete the chosen region" }).click();
      await own(2);
      await panel().getByRole("checkbox", { name: "Dr Kim (1)" }).click();
      await page.locator("[data-reader]").waitFor({ state: "detached" });
      await tool("move");
      await pad().waitFor({ state: "detached" });
    },
    patience,
  );
});
