import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { type FeatureReuseResult, featureReuse } from "@tessera/domain/inspections/featureReuse";
import { randomStream } from "@tessera/domain/random";
import { blocksOf } from "@tessera/domain/weights/blocks";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { claimInspection, failInspection, finishInspection, renewInspection } from "@tessera/store/inspectionQueue";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "../api/world.ts";
import { look } from "./support/look.ts";
import { saved } from "./support/screens.ts";
import { goTo, lacking, type Visitor, visit } from "./support/visitor.ts";

const patience = 240_000;

describe.skipIf(lacking("inspections.test.ts"))("inspections in the browser", () => {
  let world: World;
  let visitor: Visitor;
  let page: Page;
  let planted: Planted;

  beforeAll(async () => {
    world = await startWorld();
    [planted, visitor] = await Promise.all([plant(world, world.database.teamId), visit(world, 60_000)]);
    page = await visitor.open("/experiments");
  }, patience);
  afterAll(async () => {
    await visitor?.close();
    await world?.close();
  }, patience);

  const claim = async () => {
    const { db, teamId } = world.database;
    const claimed = (await claimInspection(db, { teamId, workerId: planted.workerId, leaseSeconds: 600 }))!;
    return { db, of: { teamId, id: claimed.id, attempt: claimed.attempt }, claimed };
  };

  it(
    "compares a run's start with its end, and shows the answer with its nulls",
    async () => {
      await goTo(page, `${visitor.url}/runs/${planted.runIds[0]}`);
      await page.getByRole("tab", { name: "Feature reuse" }).click();
      await page.getByText("Nothing was compared yet").waitFor();
      await look(page, "reuse-empty");
      await page.getByRole("button", { name: "Compare features" }).click();
      await page.getByText("waits for a worker").waitFor();

      const { db, of, claimed } = await claim();
      expect(featureReuse.parse(claimed.request)).toMatchObject({ a: { at: "start" }, b: { at: "end" } });
      await renewInspection(db, { ...of, leaseSeconds: 600, done: 21, total: 42 });
      await page.getByText("21 of 42 parts").waitFor();
      await look(page, "reuse-running");
      await finishInspection(db, { ...of, result: answer(), blobs: [] });

      await page.getByRole("heading", { name: "Similarity of blocks" }).waitFor();
      await page.getByText("4 of 11 blocks are more alike than random nets make them: encoder/level0,").waitFor();
      const cell = page.getByRole("gridcell", {
        name: /^encoder\/level0 × encoder\/level0: CKA 0\.9\d, above both nulls/,
      });
      await cell.focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowRight");
      const focused = () => page.evaluate<string | null>("document.activeElement.getAttribute('aria-label')");
      await expect.poll(focused).toMatch(/^encoder\/level1 × encoder\/level1: CKA/);
      await page
        .locator("[aria-live]")
        .getByText((await focused())!)
        .waitFor();
      await page.getByText("linear", { exact: true }).click();
      await page.getByText("biased upwards where features are many").waitFor();
      await page.getByText("unbiased", { exact: true }).click();
      await look(page, "reuse");
      const csv = await saved(page, () => page.getByRole("button", { name: "Save the similarities as CSV" }).click());
      expect(csv.split("\r\n")).toHaveLength(1 + 3 * 11 * 11 + 1);
      expect(csv).toMatch(/^block_a,block_b,estimator,cka,/);
    },
    patience,
  );

  it(
    "compares with another run; what failed says why and can be tried again, what waits can be cancelled",
    async () => {
      await page.getByText("with another run").click();
      await page.getByPlaceholder("Choose a run").click();
      await page.getByRole("option").first().click();
      await page.getByRole("button", { name: "Compare features" }).click();
      await page.getByText("waits for a worker").waitFor();
      const { db, of } = await claim();
      await failInspection(db, { ...of, error: "The process that looks into the weights was killed twice." });
      await page.getByText("The inspection failed").waitFor();
      await page.getByText("was killed twice").waitFor();
      await look(page, "reuse-failed");
      await page.getByRole("button", { name: "Try again" }).click();
      await page.getByText("waits for a worker").waitFor();
      await page.getByRole("button", { name: "Cancel", exact: true }).click();
      await page.getByText("cancelled", { exact: true }).first().waitFor();
    },
    patience,
  );

  it(
    "shows the layer cut's curve, and what is enough",
    async () => {
      const id = await plantCut(world, planted);
      await goTo(page, `${visitor.url}/experiments/${id}`);
      await page.getByRole("tab", { name: "Layer cut" }).click();
      await page.getByText("Not known yet: the first 5 blocks cannot be judged").waitFor();
      await look(page, "cut-empty");
      await train(world, planted);
      await page.reload();
      await page.getByText(/^The first 2 blocks of 6 are enough/).waitFor();
      const curve = page.getByRole("img", {
        name: /^Dice against the blocks transferred: random 0\.6\d+, 1 · encoder\/level0/,
      });
      await curve.waitFor();
      await page.getByRole("img", { name: /^Steps to target as a multiple of random weights'/ }).waitFor();
      await look(page, "cut");
      const csv = await saved(page, () => page.getByRole("button", { name: "Save the layer cut as CSV" }).click());
      expect(csv).toContain("2 of 6 blocks · 100 %,2,encoder/level1,dice,");
    },
    patience,
  );
});

/** A net whose first blocks stayed as they were: alike on the diagonal at first, and near it, then no more. */
function answer(): FeatureReuseResult {
  const encoder = blocksOf(segmentationDefaults.model);
  const blocks = [
    ...encoder,
    ...encoder
      .slice(0, -1)
      .reverse()
      .map((block) => block.replace("encoder", "decoder")),
  ];
  const stream = randomStream("answer");
  const matrix = (at: (row: number, column: number) => number) =>
    blocks.map((_, row) => blocks.map((_, column) => at(row, column) + 0.02 * stream.uniform()));
  const value = (bias: number) => (row: number, column: number) =>
    bias + (1 - bias) * Math.exp(-((row - column) ** 2) / 3 - row / 5) * 0.96;
  return {
    blocksA: blocks,
    blocksB: blocks,
    items: 24,
    batch: 12,
    draws: 20,
    similarities: (["unbiased", "minibatch", "linear"] as const).map((estimator) => {
      const bias = estimator === "linear" ? 0.4 : 0;
      return {
        estimator,
        values: matrix(value(bias)),
        randomHigh: matrix(() => bias + 0.5),
        randomMean: matrix(() => bias + 0.3),
        shuffledHigh: matrix(() => bias + 0.06),
        shuffledMean: matrix(() => bias - 0.02),
      };
    }),
    distances: [...blocks, "head"].map((block, i) => ({
      block,
      distance: 0.4 + i,
      normA: 10 + i,
      normB: 11 + i,
      randomDistance: 14 + i,
    })),
  };
}

async function plantCut(world: World, planted: Planted): Promise<string> {
  const { data } = await world.graphql<{ createLayerCutStudy: { id: string } }>(
    world.tokens.researcher,
    "mutation ($input: CreateLayerCutStudyInput!) { createLayerCutStudy(input: $input) { id } }",
    {
      input: {
        ...{ projectName: "Polyps", name: "How many blocks?", question: "How many blocks must be transferred?" },
        ...{ labelVersionId: planted.labelVersionId, splitId: planted.splitId, base: segmentationDefaults },
        ...{ runId: planted.runIds[0], statistics: true, seeds: [0, 1, 2, 3, 4], equivalenceMargin: 0.02 },
      },
    },
  );
  return data!.createLayerCutStudy.id;
}

/** Dice times 1000 of each arm. */
const diceOf: Readonly<Record<string, number>> = {
  random: 612,
  "1": 703,
  "2": 795,
  "3": 803,
  "4": 800,
  "5": 801,
  all: 800,
  statistics: 655,
};

async function train(world: World, planted: Planted): Promise<void> {
  const { db, teamId } = world.database;
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: planted.workerId, leaseSeconds: 600 });
    if (!run) return;
    const dice = diceOf[run.arm.split(" ")[0]!]! + 4 * ((run.seed * run.arm.length) % 3) + run.seed;
    const counts = {
      truePositives: dice,
      falsePositives: 1000 - dice,
      falseNegatives: 1000 - dice,
      trueNegatives: 5000,
    };
    const rest = { classIndex: 0, truthComponents: 1, predictedComponents: 1, predictionSha256: "a".repeat(64) };
    const items = planted.itemIds.slice(6).map((itemId) => ({ itemId, ...counts, ...rest }));
    const evaluations = (["validation", "test"] as const).map(
      (fold) => ({ type: "evaluation", fold, checkpointStep: 1, size: 128, threshold: 0.5, items }) as const,
    );
    const of = { teamId, runId: run.id, attempt: run.attempt };
    const at = run.arm.startsWith("random") ? [0.1, 0.3, 0.6] : [0.3, 0.59, 0.6];
    const points = { series: "validation/dice", steps: [10, 20, 30], values: at } as const;
    await ingest(db, { ...of, sequence: 1, events: [{ type: "points", ...points }, ...evaluations] });
    await endAttempt(db, { ...of, outcome: "succeeded" });
  }
}
