/** Label versions in a real browser, in front of a real api and a real worker: rules, what changed, and where readers differ. */

import { moveBoundary } from "@tessera/domain/noise/boundary";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { registerWorker } from "@tessera/store/workers";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { openPictures, type Pictures, shifted, side } from "./support/pictures.ts";
import { plantData } from "./support/plantData.ts";
import { holdsInEveryLook, settled } from "./support/screens.ts";
import { lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("labels.test.ts"))("label versions", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let supervisor: Supervisor;
  let page: Page;
  let datasetId: string;

  beforeAll(async () => {
    world = await startWorld();
    const { db, teamId } = world.database;
    const objects = openObjects({ directory: world.objectsDirectory });
    pictures = openPictures(db, objects, teamId);
    const planted = await Promise.all(Array.from({ length: 18 }, (_, index) => pictures.plant(index)));
    const worker = await db.asTeam(teamId, (sql) =>
      registerWorker(sql, teamId, { name: "bench-1", device: "CPU", version: "TensorFlow 2.21.0" }),
    );
    const data = await plantData(db, teamId, worker.id, planted);
    datasetId = data.datasetId;
    const items = [...data.validation, ...data.test];
    const masks = await Promise.all(
      items.map(async ({ picture: { mask } }, i) => ({
        Bea: await pictures.storeMask(shifted(mask, 3 + (i % 5), -2)),
        Cem: await pictures.storeMask(moveBoundary(mask, side, side, i % 3 === 0 ? 6 : -2)),
      })),
    );
    await db.asTeam(teamId, async (sql) => {
      const [version] = await labelVersionsByIds(sql, teamId, [data.labelVersionId]);
      const plain = { classValues: null, regionPixels: [400], components: [1], boxes: null };
      const rows = items.flatMap(({ id }, i) =>
        (["Bea", "Cem"] as const).map((reader) => ({
          ...plain,
          itemId: id,
          schemaId: version!.schemaId,
          reader,
          maskSha256: masks[i]![reader],
        })),
      );
      await insertAnnotations(sql, teamId, rows);
      const kind = { task: "classification", classes: ["flat", "sessile", "stalked"], exclusive: true } as const;
      const schema = await ensureSchema(sql, teamId, { datasetId, ...kind });
      const said = (reader: number, i: number) => [0, 1, 2].map((each) => ((i + (i % 5 < reader ? 1 : 0)) % 3 === each ? 1 : 0)) as (0 | 1)[]; // biome-ignore format: one line
      const opinions = ["Ada", "Bea", "Cem"].flatMap((reader, r) =>
        items.map(({ id }, i) => ({ itemId: id, schemaId: schema.id, reader, maskSha256: null, classValues: said(r, i), regionPixels: [], components: [], boxes: null })),
      ); // biome-ignore format: short
      await insertAnnotations(sql, teamId, opinions);
    });
    supervisor = await startSupervisor({
      database: db,
      teamId,
      objects,
      objectsDirectory: world.objectsDirectory,
      spoolDirectory: `${world.objectsDirectory}/spool`,
      name: "labels",
      device: "cpu",
      version: "test",
      maxThreads: null,
      checkpointEverySteps: null,
      observe: () => undefined,
    });
    visitor = await visit(world);
    page = await visitor.open(`/datasets/${datasetId}?tab=labels`);
  });

  afterAll(async () => {
    await visitor?.close();
    await supervisor?.stop();
    await pictures?.close();
    await world?.close();
  });

  async function make(choose: (form: ReturnType<Page["getByRole"]>) => Promise<unknown>): Promise<void> {
    await page.getByRole("button", { name: "New label version" }).click();
    const form = page.getByRole("dialog");
    await choose(form);
    await form.getByRole("button", { name: "Make version" }).click();
    await form.waitFor({ state: "hidden" });
  }

  it("a consensus of readers is made by a form, and says how each reader stands to it", async () => {
    await make((form) => form.getByLabel("Rule").selectOption("staple"));
    await page.getByText("STAPLE consensus of all readers").first().waitFor();
    await page.getByRole("button", { name: "What the rule found" }).click();
    await page.getByRole("region", { name: "Readers against the consensus" }).or(page.getByText("Each reader against the consensus")).first().waitFor(); // biome-ignore format: one line
    await picture(page, "staple");
    await page.getByRole("button", { name: "Hide what the rule found" }).click();
  });

  it("noise keeps its ledger, and the diff shows each mask before and after", async () => {
    await make(async (form) => {
      await form.getByLabel("Rule").selectOption("noise");
      await form.getByLabel("From version").selectOption({ index: 1 });
      await form.getByLabel("By, pixels").fill("4");
    });
    await page.getByText("outlines moved 4 px in or out; seed 1", { exact: false }).first().waitFor();
    await page.getByText("Mean Dice of changed masks").waitFor();
    const grid = page.getByRole("region", { name: "What changed" }).locator(".item-grid li");
    await grid.first().waitFor();
    await expect.poll(() => grid.count()).toBe(18);
    await page.getByRole("region", { name: "What changed" }).getByText(/^Dice 0\.\d+ · area [+−]\d+ %$/).first().waitFor(); // biome-ignore format: one line
    await picture(page, "diff");
  });

  it("readers' masks are measured when asked for, then ranked by how far they differ", async () => {
    const panel = page.getByRole("region", { name: "Agreement of readers · masks: polyp" });
    await panel.getByText("pairs of masks are not measured yet").waitFor();
    await panel.getByRole("button", { name: "Measure them" }).click();
    await panel.getByText("pairs of masks are not measured yet").waitFor({ state: "hidden" });
    await panel.getByRole("img", { name: /Bea · Cem 0\.\d+ \(0\.\d+ to 0\.\d+\)/ }).waitFor();
    await page.getByRole("region", { name: "Where readers differ" }).locator(".item-grid li").first().waitFor();
    await picture(page, "masks");
  });

  it("classes of several readers agree by so much, and their consensus names each reader's mistakes", async () => {
    const { teamId, db, userId } = world.database;
    expect([teamId, userId].every(Boolean)).toBe(true);
    const schemaId = await db.asTeam(teamId, async (sql) => {
      const [row] = await sql<
        { id: string }[]
      >`select id from label_schemas where task = 'classification' and dataset_id = ${datasetId}`;
      return row!.id;
    });
    const query = `mutation ($input: CreateLabelVersionInput!) { createLabelVersion(input: $input) { id } }`;
    const rule = { kind: "dawidSkene" };
    const { errors } = await world.graphql(world.tokens.researcher, query, { input: { datasetId, schemaId, rule } });
    expect(errors).toBeUndefined();
    await page.reload();
    await page.getByText("Dawid–Skene consensus of all readers").first().waitFor();
    await page.getByRole("button", { name: "What the rule found" }).first().click();
    await page.getByText("Readers, by Dawid and Skene").waitFor();
    const panel = page.getByRole("region", { name: "Agreement of readers · classes: flat, sessile, stalked" });
    await panel.getByRole("img", { name: /Krippendorff’s alpha 0\.\d+/ }).waitFor();
    await panel.getByRole("switch", { name: "Classes are in an order" }).check();
    await panel.getByRole("img", { name: /alpha, ordinal 0\.\d+/ }).waitFor();
    await picture(page, "classes");
    await make(async (form) => {
      await form.getByLabel("Labels").selectOption({ index: 0 });
      await form.getByLabel("Rule").selectOption("noise");
      await form.getByText("20 % drawn anew over 3 classes changes 13.3 % of the labels", { exact: false }).waitFor();
      await form.getByLabel("Drawn anew, %").fill("80");
      await picture(page, "form");
    });
    await page.getByText("symmetric, 80 % drawn anew", { exact: false }).first().waitFor();
    const cell = page.getByRole("button", { name: /items from flat to (sessile|stalked): show them/ }).first();
    await cell.waitFor();
    const wanted = Number.parseInt((await cell.getAttribute("aria-label"))!, 10);
    await cell.click();
    const grid = page.getByRole("region", { name: "What changed" }).locator(".item-grid li");
    await page.waitForFunction(
      `document.querySelectorAll('section[aria-labelledby] .item-grid')[0]?.children.length === ${wanted}`,
    );
    await expect.poll(() => grid.count()).toBe(wanted);
    await picture(page, "classDiff");
  });

  it("hold in light and dark and at 390 px, and nothing was told on the console", async () => {
    await page.reload();
    await settled(page);
    await holdsInEveryLook(page, [["Label versions", "What changed"]]);
    await picture(page, "narrow");
    expect(visitor.told).toEqual([]);
  });
});
