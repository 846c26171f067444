/**
 * @file Bags in a real browser: a witness-rate study from its form to its board, and the bag-memory planner of one of its runs.
 * With PICTURES=FOLDER in the environment each screen is saved there, to be looked at.
 */
import { bagMemory, bagMemorySizes } from "@tessera/domain/inspections/bagMemory";
import { claimInspection, failInspection, finishInspection } from "@tessera/store/inspectionQueue";
import { runsOfExperiments } from "@tessera/store/runs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asWorkers, type PlantedBags, plantBags, witnessInput } from "../api/witnessWorld.ts";
import { startWorld, type World } from "../api/world.ts";
import { picture } from "./support/look.ts";
import { holdsInEveryLook, saved } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 300_000;

describe.skipIf(lacking("bags.test.ts"))("bags in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let data: PlantedBags;
  let studyId: string;
  let workers: ReturnType<typeof asWorkers>;

  const panel = (title: string) => page.locator("section", { has: page.getByRole("heading", { name: title }) });

  async function open(path: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ colorScheme: "light" });
    await goTo(page, visitor.url + path);
  }

  beforeAll(async () => {
    world = await startWorld();
    const { teamId } = world.database;
    data = await plantBags(world, teamId, "Slides");
    workers = asWorkers(world, teamId, data);
    const { data: made, errors } = await world.graphql<{ createWitnessStudy: { id: string } }>(
      world.tokens.researcher,
      "mutation ($input: CreateWitnessStudyInput!) { createWitnessStudy(input: $input) { id } }",
      { input: witnessInput(data) },
    );
    expect(errors).toBeUndefined();
    studyId = made!.createWitnessStudy.id;
    while (await workers.compose());
    await workers.train(({ arm }) => (arm.startsWith("max") ? 2 : arm.includes("50 %") ? 1.5 : 0));
    visitor = await visit(world);
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  it(
    "says down to which witness rate each pooling finds a bag: curves, limits, table, files",
    async () => {
      await open(`/experiments/${studyId}?tab=witness`);
      await page.getByText("Not told from chance below these witness rates: mean:", { exact: false }).waitFor();
      const board = panel("AUC on test against the witness rate");
      await board.getByRole("link", { name: /^max, 5 %, seed 1: AUC 0\.\d{3}$/ }).waitFor();
      await board.getByRole("link", { name: /^mean, 50 %, seed 5: AUC 0\.\d{3}$/ }).waitFor();
      const limits = board.getByRole("table").first().getByRole("row");
      await limits.filter({ hasText: "max" }).getByText("below 5 %, the lowest rate", { exact: false }).waitFor();
      await limits.filter({ hasText: "mean" }).getByText(/^\d+(\.\d+)? % \(\d+(\.\d+)? % to \d+(\.\d+)? %\)$/).waitFor(); // biome-ignore format: one line
      const table = board.getByRole("button", { name: "Show as a table" });
      await table.focus();
      await page.keyboard.press("Enter");
      await board.getByText(/^0\.\d{3} ± 0\.\d{3}$/).first().waitFor(); // biome-ignore format: one line
      await picture(page, "witness");
      const csv = await saved(page, () => page.getByRole("button", { name: "Save the board as CSV" }).click());
      expect(csv.split("\r\n")).toHaveLength(1 + 2 * 3 + 1);
      expect(csv).toMatch(/^max,0\.05,1,20,auc,0\.\d+,0\.\d+/m);
    },
    patience,
  );

  it(
    "stays legible and accessible in light and dark and at 390 px",
    async () => {
      await open(`/experiments/${studyId}?tab=witness`);
      await holdsInEveryLook(page, [["Witness rate", "AUC on test against the witness rate"]]);
      await picture(page, "witness-narrow-dark");
    },
    patience,
  );

  it(
    "starts what is chosen in one form, and shows what it waits for",
    async () => {
      await open("/experiments");
      await page.getByRole("button", { name: "New", exact: true }).click();
      await page.getByRole("menuitem", { name: "New witness-rate study" }).click();
      await page.getByLabel("Name", { exact: true }).fill("Few tiles");
      await page.getByRole("textbox", { name: "Question" }).fill("How few tiles are enough?");
      await page.getByLabel("Dataset", { exact: true }).selectOption({ label: "Slides" });
      await page.getByText("train 40 witnesses and 120 others", { exact: false }).waitFor();
      const rates = page.getByRole("textbox", { name: "Witness rates, %" });
      await rates.fill("5, x");
      await page.getByText("Write percentages above 0, for example 0.5, 1, 5").waitFor();
      await rates.fill("5, 50");
      await page.getByText("bags of 200 tiles at 50 % need 100 positive", { exact: false }).first().waitFor();
      await page.getByLabel("Tiles of a bag").fill("20");
      await page.getByLabel("Test bags").fill("40");
      await page.getByLabel("DSMIL").check();
      await page.getByRole("textbox", { name: "Seeds" }).fill("1-2");
      await page.getByText("1, 10 witnesses of 20 tiles").waitFor();
      await page.getByRole("button", { name: "Start 20 runs" }).waitFor();
      await picture(page, "witness-form");
      await holdsInEveryLook(page, [["form", "What this starts"]]);
      await picture(page, "witness-form-narrow-dark");
      await page.getByRole("button", { name: "Start 20 runs" }).click();
      await page.waitForURL(/\/experiments\/[0-9a-f-]{36}\?tab=witness$/);
      await page.getByText("20 runs wait for bags", { exact: false }).waitFor();
      await page.getByText("0 of 2 rates composed").waitFor();
      await panel("Answer so far").getByText("No run is scored yet.").waitFor();
      await picture(page, "witness-waiting");
      await workers.compose("the disk is full");
      await page.getByText("the disk is full", { exact: false }).waitFor(); // the board asks by itself
    },
    patience,
  );

  it(
    "plans the memory of a run's bags: asked, failed, tried again, answered, and what drawing risks",
    async () => {
      const { db, teamId } = world.database;
      const [runs] = await db.asTeam(teamId, (sql) => runsOfExperiments(sql, teamId, [studyId]));
      await open(`/runs/${runs![0]!.id}`);
      await page.getByRole("tab", { name: "Bag memory" }).click();
      await page.getByText("was not planned yet", { exact: false }).waitFor();
      await picture(page, "planner-empty");
      await page.getByLabel("Largest bag, tiles").fill("2048");
      await page.getByRole("button", { name: "Plan bags" }).click();
      await page.getByText("waits for a worker").waitFor();

      const claim = async () => {
        const claimed = (await claimInspection(db, { teamId, workerId: data.workerId, leaseSeconds: 600 }))!;
        return { claimed, of: { teamId, id: claimed.id, attempt: claimed.attempt } };
      };
      const lost = await claim();
      expect(bagMemory.parse(lost.claimed.request)).toMatchObject({ largest: 2048, memoryBytes: null });
      await failInspection(db, { ...lost.of, error: "The process that plans was killed twice." });
      await page.getByText("was killed twice", { exact: false }).waitFor();
      await picture(page, "planner-failed");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByText("waits for a worker").waitFor();
      const { of } = await claim();
      await finishInspection(db, { ...of, result: plan(), blobs: [] });

      await page.getByText("bags of up to 512 tiles fit into 1.00 GB", { exact: false }).first().waitFor();
      await page.getByText("holds none of 50 positive tiles with a chance of 7", { exact: false }).first().waitFor();
      const memory = await saved(page, () => page.getByRole("button", { name: "Save the memory as CSV" }).click());
      expect(memory.split("\r\n").filter(Boolean)).toHaveLength(1 + bagMemorySizes(2048).length);
      await picture(page, "planner");
      await page.getByLabel("Of them positive").fill("");
      await page.getByLabel("Of them positive").fill("0");
      await page.getByText("holds none of 0 positive tiles with a chance of 100", { exact: false }).first().waitFor();
      await page.getByLabel("Tiles of the whole bag").fill("1");
      await page.getByText("These are no numbers of tiles").waitFor();
      await page.getByLabel("Tiles of the whole bag").fill("400");
      await page.getByText("All tiles fit: none need be drawn.").first().waitFor();
      await holdsInEveryLook(page, [["Bag memory", "What a drawn bag risks"]]);
      await picture(page, "planner-narrow-dark");
    },
    patience,
  );
});

/** A worker that has 1 GB: 512 tiles fit. */
function plan() {
  const sizes = bagMemorySizes(2048).map((tiles) => {
    const predictedBytes = 3e8 + 1.3e6 * tiles;
    return { tiles, predictedBytes, measuredBytes: predictedBytes < 1e9 ? 0.8 * predictedBytes : null };
  });
  const facts = { limitBytes: 1e9, baseBytes: 3e8, features: 4, largestBag: 1000, bagsAtOnce: 1 };
  return { ...facts, largestThatFits: 512, sizes };
}
