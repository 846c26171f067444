/** Label versions in a real browser, in front of a real api and a real worker: rules, what changed, and where readers differ. */

import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { memorisationSeries } from "@tessera/domain/memorisation";
import { moveBoundary } from "@tessera/domain/noise/boundary";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { createExperiment } from "@tessera/store/experiments";
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
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

describe.skipIf(lacking("labels.test.ts"))("label versions", () => {
  let world: World;
  let visitor: Visitor;
  let pictures: Pictures;
  let supervisor: Supervisor | undefined;
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
    visitor = await visit(world, 60_000);
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

  it("noise of masks says what it truly changed", async () => {
    await page.getByRole("button", { name: "What the rule found" }).first().click();
    await page.getByText("True noise: against version", { exact: false }).waitFor();
    await page.getByText("Dice with the original").waitFor();
    await page.getByRole("button", { name: "Show the 18 corrupted items" }).click();
    await page.getByRole("button", { name: "Hide the corrupted items" }).waitFor();
    await picture(page, "maskLedger");
    await holdsInEveryLook(page, [["Label versions", "True noise"]]);
    await picture(page, "maskLedgerNarrow");
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await page.reload();
    await settled(page);
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

  it("runs on noisy masks say what they fit of them, clean and corrupted apart", async () => {
    await supervisor?.stop(); // a real worker would take the planted runs
    supervisor = undefined;
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await goTo(page, `${visitor.url}/experiments/${await plantMemorising()}?tab=memorisation`);
    await page
      .getByRole("img", { name: /^Loss by epoch: clean labels 0\.2\d\d at the end; corrupted labels/ })
      .waitFor();
    const row = page.getByRole("row").filter({ hasText: "outlines moved 4 px" });
    await row.getByText(/^epoch \d.* \(2 of 2 seeds\)$/).waitFor();
    await picture(page, "maskMemorisation");
    await holdsInEveryLook(page, [["Memorisation", "What is learnt by heart"]]);
    await picture(page, "maskMemorisationNarrow");
    expect(visitor.told).toEqual([]);
  });

  /** Two runs on the noise of masks: the loss of clean masks falls, that of corrupted ones stays until the network learns them too. */
  async function plantMemorising(): Promise<string> {
    const { db, teamId, userId, owner } = world.database;
    const [made] = await owner<{ versionId: string; splitId: string; projectId: string }[]>`
      select v.id as "versionId", s.id as "splitId", d.project_id as "projectId"
      from label_versions v join splits s on s.dataset_id = v.dataset_id join datasets d on d.id = v.dataset_id
      where v.dataset_id = ${datasetId} and v.rule like '%outlines moved%' limit 1`;
    const configuration = { ...segmentationDefaults };
    const { id, workerId } = await db.asTeam(teamId, async (sql) => {
      const worker = await registerWorker(sql, teamId, { name: "planted", device: "CPU", version: "test" });
      const runs = [1, 2].map((seed) => ({ arm: "plain", seed, configuration, startingRunId: null, name: `plain ${seed}` }));
      const experiment = await createExperiment(sql, teamId, {
        ...{ projectId: made!.projectId, name: "On moved outlines", question: "What is learnt by heart?", datasetId },
        ...{ labelVersionId: made!.versionId, splitId: made!.splitId, base: configuration, arms: [{ name: "plain", changes: {} }] },
        ...{ seeds: [1, 2], equivalenceMargin: null, createdBy: userId, codeCommit: "c", runs },
      });
      return { id: experiment.id, workerId: worker.id };
    });
    const epochs = Array.from({ length: 30 }, (_, at) => at + 1);
    for (let run = await claimRun(db, { teamId, workerId, leaseSeconds: 60 }); run; run = await claimRun(db, { teamId, workerId, leaseSeconds: 60 })) {
      const late = 14 + run.seed;
      const points = (series: string, value: (epoch: number) => number) => ({ type: "points" as const, series, steps: epochs.map((epoch) => 10 * epoch), values: epochs.map(value) });
      const clean = (epoch: number) => 0.2 + 0.5 * Math.exp(-epoch / 4);
      const events = [
        points(memorisationSeries.cleanLoss, clean),
        points(memorisationSeries.corruptedLoss, (epoch) => clean(epoch) + 0.25 * (1 - Math.exp(-epoch / 4)) * Math.exp(-Math.max(0, epoch - late) / 6)),
      ];
      const at = { teamId, runId: run.id, attempt: run.attempt };
      await ingest(db, { ...at, sequence: 1, events });
      await endAttempt(db, { ...at, outcome: "succeeded" });
    }
    return id;
  } // biome-ignore format: short
});
