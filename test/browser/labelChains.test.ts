/** A label chain in a real browser: made by the form, and its board in every look. */
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanLabels, scoreGrid } from "../api/factorialWorld.ts";
import { plant, startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { holdsInEveryLook, saved, settled } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("labelChains.test.ts"))("a label chain", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld();
    visitor = await visit(world);
    page = await visitor.open("/label-chains");
  });
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  });

  it("is made by the form: typed counts, a table by set, and a direct sample", async () => {
    await page.getByText("No label chains yet").waitFor();
    await page.getByRole("link", { name: "New chain" }).first().click();
    await page.waitForURL(/label-chains\/new$/);
    await page.getByLabel("Name").fill("effusion");
    await page.getByRole("combobox", { name: "Project" }).fill("Chains");
    await page.getByLabel("Prevalence of each class, %").fill("90, 10");
    await page.getByLabel("Source of the prevalence").fill("a register");
    const put = (of: string, before: string, after: string, items: number) =>
      page.getByLabel(`${of}: items ${before} before, ${after} after`).fill(String(items));
    const stage = (name: string) => page.getByRole("region", { name });
    await put("stage 1", "absent", "absent", 900);
    await put("stage 1", "absent", "present", 100);
    await put("stage 1", "present", "absent", 60);
    await put("stage 1", "present", "present", 140);
    await stage("Stage 1").getByLabel("Source").fill("a reader study");
    await stage("Stage 2").getByText("CSV", { exact: true }).click();
    await stage("Stage 2").getByLabel("Table").fill("set,before,after,items\nA,absent,absent,300\nA,absent,present,4\nA,present,present,90\nB,absent,absent,200\nB,absent,present,30\nB,present,present,9\nB,present,absent,2"); // biome-ignore format: one line
    await stage("Stage 2").getByLabel("Source").fill("reports read by hand");
    await page.getByLabel("There is a sample from the image to the label at once").check();
    await put("the direct sample", "absent", "absent", 500);
    await put("the direct sample", "present", "present", 100);
    await stage("Direct sample").getByLabel("Source").fill("adjudication");
    await page.getByRole("button", { name: "Make chain" }).click();
    await page.waitForURL(/label-chains\/[0-9a-f-]{36}$/);
    await settled(page);
    await page.getByText(/^Fix the reader stage first: a perfect one would bring \d+\.\d points/).waitFor();
  });

  it("shows each stage with its items, what contradicts the assumption, and another set", async () => {
    const first = page.getByRole("region", { name: "Stage 1: reader" });
    await first.getByText("n = 1,200 items. a reader study.").waitFor();
    await expect.poll(() => first.getByRole("cell", { name: /^70\.0 %/ }).count()).toBe(1);
    await page.getByText("The assumption is contradicted", { exact: false }).waitFor();
    await page.getByRole("img", { name: /^Gain in label accuracy if the stage were perfect\. reader \+\d/ }).waitFor();
    await page.getByLabel("Set", { exact: true }).selectOption("B");
    await page.getByText("NLP: 11 independent items of “present”", { exact: false }).waitFor();
    await first.getByText("all it has stands in", { exact: false }).waitFor();
    await page.waitForURL((url) => url.searchParams.get("set") === "B");
    const csv = await saved(page, () => page.getByRole("button", { name: "Save the board as CSV" }).click());
    expect(csv.split("\r\n")[0]).toBe("set,of,what,items,value,low,high");
    expect(csv).toMatch(/\r\nB,reader,present → present,1200,0\.7,0\.\d+,0\.\d+\r\n/);
  });

  it("holds in light and dark, wide and narrow, with nothing in the console", async () => {
    await holdsInEveryLook(page, [["", "Stage by stage"]]);
    await picture(page, "chain");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("link", { name: "Label chains" }).first().click();
    await page.getByRole("link", { name: "effusion" }).waitFor();
    await holdsInEveryLook(page, [["", "image → reader → NLP"]]);
    expect(visitor.told).toEqual([]);
  });

  it("tells labels from architecture on the page of an experiment whose arms differ in both", async () => {
    const planted = await plant(world, world.database.teamId, { seeds: [0] });
    const labelVersionId = await cleanLabels(world, planted);
    const large = { model: { depth: 2, skips: [true, true] } };
    const input = {
      ...{ projectName: "Polyps", name: "Labels or architecture", question: "Which pays?", base: segmentationDefaults },
      ...{ labelVersionId: planted.labelVersionId, evaluationLabelVersionId: labelVersionId, splitId: planted.splitId },
      seeds: [1, 2, 3, 4, 5],
      arms: [
        { name: "noisy, small", changes: {} },
        { name: "noisy, large", changes: large },
        { name: "clean, small", changes: {}, labelVersionId },
        { name: "clean, large", changes: large, labelVersionId },
      ],
    };
    const create = "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }";
    const { data } = await world.graphql<{ createExperiment: { id: string } }>(world.tokens.researcher, create, { input }); // biome-ignore format: one line
    await scoreGrid(world, planted);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await goTo(page, `${visitor.url}/experiments/${data!.createExperiment.id}?tab=factorial`);
    await page.getByText(/^In Dice: relabelling \(version 2 against version 1\) = \+0\.203/).waitFor();
    await page.getByRole("img", { name: /^Relabelling, version 2: \+0\.203 .*; Another seed alone, SD of one arm: ±0\.0/ }).waitFor(); // biome-ignore format: one line
    await expect
      .poll(() =>
        page
          .getByRole("region", { name: "Cells" })
          .getByRole("cell", { name: /± 0\.0/ })
          .count(),
      )
      .toBe(4);
    await picture(page, "factorial");
    await holdsInEveryLook(page, [["", "Effects on Dice"]]);
    expect(visitor.told).toEqual([]);
  });
});
