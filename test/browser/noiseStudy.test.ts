/**
 * @file The noise study in a real browser: its form starts methods × training noise × seeds, and its tab says how robust they are.
 * With PICTURES=FOLDER in the environment each screen is saved there, to be looked at.
 */
import { insertAnnotations } from "@tessera/store/annotations";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { versionName } from "@/features/labels/model";
import { asWorkers, type NoiseData, noiseInput, plantNoiseData } from "../api/noiseWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { holdsInEveryLook, saved } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;

describe.skipIf(lacking("noiseStudy.test.ts"))("the noise study in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let studyId: string;
  let workers: ReturnType<typeof asWorkers>;
  /** The label version of the most noise, as a list of versions names it, and how it labels the classes: those that stayed, those that did not. */
  let loudest: string;
  let measured: readonly (readonly number[])[];

  const panel = (title: string) => page.locator("section", { has: page.getByRole("heading", { name: title }) });

  async function open(path: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await goTo(page, visitor.url + path);
  }

  /** "plain" hardly minds the noise, "long" breaks down under it. */
  const apart = ({ arm }: { readonly arm: string }) =>
    arm.startsWith("plain")
      ? arm.includes("80 %")
        ? 1.8
        : 2
      : arm.includes("80 %")
        ? 0.2
        : arm.includes("40 %")
          ? 1
          : 2.6;

  /** A second reader, and what is known of the noisiest version without the screen. */
  async function otherLabels({ labelVersion, items }: NoiseData) {
    const { db, teamId, owner } = world.database;
    const plain = { maskSha256: null, regionPixels: [], components: [], boxes: null };
    const opinions = items.map(({ id }, i) => {
      return { itemId: id, schemaId: labelVersion.schemaId, reader: "Bea", classValues: i % 2 === 0 ? [1, 0] as const : [0, 1] as const, ...plain };
    }); // biome-ignore format: short
    await db.asTeam(teamId, (sql) => insertAnnotations(sql, teamId, opinions));
    const [version] = await owner<{ number: number; rule: string; id: string }[]>`
      select id, number, rule from label_versions order by number desc limit 1`;
    const labels = await owner<{ name: string; ill: number }[]>`
      select i.name, a.class_values[2]::integer as ill from labels l join annotations a on a.id = l.annotation_id join items i on i.id = l.item_id
      where l.label_version_id = ${version!.id} order by i.name`;
    const of = (truth: number) => labels.filter((_, i) => (i % 3 === 0 ? 1 : 0) === truth).map(({ ill }) => ill);
    const counted = [0, 1].map((truth) => [of(truth).filter((ill) => ill === truth).length, of(truth).filter((ill) => ill !== truth).length]); // biome-ignore format: one line
    return { loudest: versionName(version!), measured: counted };
  }

  beforeAll(async () => {
    world = await startWorld();
    const { teamId } = world.database;
    const data = await plantNoiseData(world, teamId, "Films");
    workers = asWorkers(world, teamId, data.worker.id);
    const { data: made, errors } = await world.graphql<{ createNoiseStudy: { id: string } }>(
      world.tokens.researcher,
      "mutation ($input: CreateNoiseStudyInput!) { createNoiseStudy(input: $input) { id } }",
      { input: noiseInput(data) },
    );
    expect(errors).toBeUndefined();
    studyId = made!.createNoiseStudy.id;
    while (await workers.makeLabels());
    await workers.train(data, apart);
    ({ loudest, measured } = await otherLabels(data));
    await workers.score();
    visitor = await visit(world);
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "says how robust the methods are: curves, area, breakdown point, grid, versions",
    async () => {
      await open(`/experiments/${studyId}?tab=noise`);
      await page.getByText("plain is better than long", { exact: false }).first().waitFor();
      const curves = panel("AUC against noise in training: symmetric");
      await curves.getByRole("link", { name: /^long, 80 %, seed 1: AUC 0\.\d{3}$/ }).waitFor();
      await expect.poll(() => curves.getByRole("link").count()).toBe(2 * 3 * 5);
      const rows = curves.getByRole("table").getByRole("row");
      await rows.filter({ hasText: "plain" }).getByText(/^beyond \d/).waitFor(); // biome-ignore format: short
      await expect.poll(() => rows.filter({ hasText: "long" }).last().innerText()).toMatch(/worse/);
      const grid = panel("Training noise × noise in the test labels: symmetric");
      await expect.poll(() => grid.getByRole("row").count()).toBe(2 + 3 * 2);
      await grid.getByText(/^0\.\d{3} ± 0\.\d{3} \(0\.\d{3}\)$/).first().waitFor(); // biome-ignore format: short
      await panel("Label versions").getByText("symmetric 80 %").waitFor();
      await picture(page, "board");
      const csv = await saved(page, () => page.getByRole("button", { name: "Save the grids as CSV" }).click());
      expect(csv.split("\r\n")).toHaveLength(1 + 12 + 1);
      expect(csv).toMatch(/^symmetric,symmetric,long,0\.8,0\.4,0\.\d+,auc,0\.\d+/m);
    },
    patience,
  );

  it(
    "stays legible and accessible in light and dark and at 390 px",
    async () => {
      await open(`/experiments/${studyId}?tab=noise`);
      await holdsInEveryLook(page, [["Label noise", "Label versions"]]);
      await picture(page, "board-narrow-dark");
    },
    patience,
  );

  it(
    "starts what is chosen in one form, and shows what it waits for",
    async () => {
      await open("/experiments");
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("menuitem", { name: "New noise study" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Noise on films");
      await page.getByRole("textbox", { name: "Question" }).fill("How much noise can it take?");
      await page.getByText("This label version has noise already").waitFor(); // the newest was made by the study above
      await page.getByLabel("Label version", { exact: true }).selectOption({ label: "1: one reader" });
      await page.getByRole("textbox", { name: /^Learnt from/ }).fill("30, 60 x");
      await page.getByText("Write numbers, for example 20, 40").waitFor();
      await page.getByRole("textbox", { name: /^Learnt from/ }).fill("30, 60");
      await page.getByRole("textbox", { name: "Seeds" }).fill("1-2");
      await page.getByText("symmetric 20 %, symmetric 30 %, symmetric 60 %").waitFor();
      await page.getByRole("button", { name: "Start 6 runs" }).waitFor();
      await picture(page, "form");
      await holdsInEveryLook(page, [["form", "What this starts"]]);
      await picture(page, "form-narrow-dark");
      await page.getByRole("button", { name: "Start 6 runs" }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}\?tab=noise$/);
      await page.getByText("4 runs wait for a label version", { exact: false }).waitFor();
      await page.getByText("0 of 3 label versions").waitFor();
      await picture(page, "waiting");
      await workers.makeLabels("the disk is full");
      await page.getByText("the disk is full", { exact: false }).waitFor(); // the board asks by itself
    },
    patience,
  );

  it(
    "copies the errors of another version or another reader, by chances that can be seen and typed over",
    async () => {
      await open("/experiments/new/noise");
      await page.getByLabel("Name", { exact: true }).fill("Real noise");
      await page.getByRole("textbox", { name: "Question" }).fill("How much of the real noise can it take?");
      await page.getByLabel("Label version", { exact: true }).selectOption({ label: "1: one reader" });
      await page.getByLabel("Noise 1", { exact: true }).last().selectOption("asymmetric");
      const flip = page.getByRole("textbox", { name: "normal becomes ill, percent" });
      const within = { timeout: 60_000 };
      await expect.poll(() => flip.inputValue(), within).toBe("100"); // uniform, of two classes
      await page.getByLabel("Which label becomes which").selectOption("measured");
      await page.getByLabel("Noisy labels").selectOption({ label: loudest });
      const [normal, ill] = measured.map(([stayed, flipped]) => (100 * flipped!) / (stayed! + flipped!));
      await expect.poll(() => flip.inputValue(), within).toBe(String(Number(normal!.toFixed(2))));
      const missed = page.getByRole("textbox", { name: "ill becomes normal, percent" });
      await expect.poll(() => missed.inputValue(), within).toBe(String(Number(ill!.toFixed(2))));
      await panel("3 · Noise").getByRole("cell", { name: "120", exact: true }).waitFor(); // the normal ones, behind their row
      await page.getByText("measured 50 %, measured 100 %").waitFor();
      await picture(page, "matrix");
      await holdsInEveryLook(page, [["form", "What this starts"]]);
      await picture(page, "matrix-narrow-dark");
      await page.setViewportSize({ width: 1280, height: 900 });
      await flip.fill("130");
      await flip.blur();
      await panel("3 · Noise").getByText("0.0 %", { exact: true }).first().waitFor(); // 130 is taken as 100
      await expect.poll(() => page.getByLabel("Which label becomes which").inputValue(), within).toBe("own");

      await page.getByRole("button", { name: "Add a kind of noise" }).click();
      await page.getByLabel("Noise 2", { exact: true }).last().selectOption("secondReader");
      await page.getByLabel("Second reader", { exact: true }).selectOption("Bea");
      await page.getByRole("textbox", { name: "Seeds" }).fill("1");
      await page.getByText("reader Bea 50 %, reader Bea 100 %", { exact: false }).waitFor();
      await page.getByRole("button", { name: "Start 5 runs" }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}\?tab=noise$/);
      await panel("Label versions").getByText("reader Bea 100 %").waitFor();
      await panel("Label versions").getByText("asymmetric 100 %").waitFor();
    },
    patience,
  );
});
