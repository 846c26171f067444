import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId, { seeds: [0, 1, 2, 3, 4] });
});
afterAll(() => world.close());

const create =
  "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id createdBy runs { name arm seed state codeCommit startingRun { id } } } }";
const input = (more: object = {}) => ({
  projectName: "Polyps",
  name: "New question",
  question: "Do fewer filters do?",
  labelVersionId: planted.labelVersionId,
  splitId: planted.splitId,
  base: segmentationDefaults,
  arms: [
    { name: "16", changes: {} },
    { name: "8", changes: { model: { baseFilters: 8 } } },
  ],
  seeds: [3, 1],
  ...more,
});

describe("comparison while runs are still to come", () => {
  it("has no verdict, and has one as soon as the last has ended", async () => {
    const ask = async () => {
      const { data } = await world.graphql<{ experiment: { comparison: Comparison } }>(
        world.tokens.viewer,
        "query ($id: UUID!) { experiment(id: $id) { comparison { difference { verdict reason } } } }",
        { id: planted.experimentId },
      );
      return data!.experiment.comparison.difference;
    };
    const { owner } = world.database;
    const runId = planted.runIds[0]!;
    await owner`update runs set state = 'queued', finished_at = null where id = ${runId}`;
    expect(await ask()).toEqual({
      verdict: null,
      reason: "No verdict yet: 1 of 10 runs of these two arms have not ended.",
    });
    await owner`update runs set state = 'succeeded', finished_at = clock_timestamp() where id = ${runId}`;
    expect((await ask()).verdict).toBe("BETTER");
  });
});

describe("comparison", () => {
  it("says the difference of paired seeds, with its interval, verdict and convention", async () => {
    const { data, errors } = await world.graphql<{ experiment: { comparison: Comparison } }>(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) { comparison {
        fold convention labelVersion { number } armA { arm mean seeds items perSeed { seed mean runId } } armB { mean sd }
        difference { estimate low high level seeds items verdict reason detectable } perSeed { seed a b } unpairedSeeds itemsLeftOut
        items { item { name } a b difference regionShare predictionsA { seed dice predictionUrl } }
        strata { label items meanA lowA } theseRunsOnly { low high level }
      } } }`,
      { id: planted.experimentId },
    );
    expect(errors).toBeUndefined();
    const comparison = data!.experiment.comparison;
    // counts of world.ts: Dice of item i at gain g = 2(50+g+i) / (2(50+g+i) + 30 - g + 20)
    const dice = (gain: number, i: number) => (2 * (50 + gain + i)) / (2 * (50 + gain + i) + 50 - gain);
    const armMean = (bonus: number) => {
      const all = [0, 1, 2, 3, 4].flatMap((seed) => [0, 1, 2, 3, 4, 5].map((i) => dice(bonus + seed, i)));
      return all.reduce((sum, each) => sum + each) / all.length;
    };
    expect(comparison.armA).toMatchObject({ arm: "A", seeds: 5, items: 6 });
    expect(comparison.armA.mean).toBeCloseTo(armMean(0), 12);
    expect(comparison.difference.estimate).toBeCloseTo(armMean(10) - armMean(0), 12);
    expect(comparison.difference).toMatchObject({ seeds: 5, items: 6, level: 0.95, verdict: "BETTER" });
    expect(comparison).toMatchObject({ unpairedSeeds: [], itemsLeftOut: 0 });
    expect(comparison.convention).toContain("both empty");
    expect(comparison.items).toHaveLength(6);
    expect(comparison.items[0]!.predictionsA).toHaveLength(5);
    expect(comparison.items.map((item) => item.regionShare)).toContain(0.01);
    const shown = comparison.strata.filter((stratum) => stratum.items > 0);
    expect(shown.every((stratum) => stratum.lowA === null)).toBe(true); // fewer than 10 items: no interval
    expect(comparison.theseRunsOnly.level).toBe(0.95);
  });

  it("is null for arms without an evaluated run, and refuses an arm that is not there", async () => {
    const ask = (fold: string, armB: string) =>
      world.graphql<{ experiment: { comparison: null } }>(
        world.tokens.viewer,
        `query ($id: UUID!) { experiment(id: $id) { comparison(fold: ${fold}, armB: "${armB}") { fold } } }`,
        { id: planted.experimentId },
      );
    expect((await ask("VALIDATION", "B")).data!.experiment.comparison).toBeNull();
    expect((await ask("TEST", "C")).errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field: "armB" });
  });

  it("summarises arms by their last validation value", async () => {
    const { data } = await world.graphql<{ experiment: { armSummaries: { arm: string; mean: number; sd: number }[] } }>(
      world.tokens.viewer,
      "query ($id: UUID!) { experiment(id: $id) { armSummaries { arm seeds mean sd runStates { succeeded queued } } } }",
      { id: planted.experimentId },
    );
    expect(data!.experiment.armSummaries[0]).toMatchObject({
      arm: "A",
      seeds: 5,
      runStates: { succeeded: 5, queued: 0 },
    });
    expect(data!.experiment.armSummaries[0]!.mean).toBeCloseTo((0.6 + 0.61 + 0.62 + 0.63 + 0.64) / 5, 12);
    expect(data!.experiment.armSummaries[1]!.mean).toBeCloseTo((0.7 + 0.71 + 0.72 + 0.73 + 0.74) / 5, 12);
  });
});

interface Comparison {
  convention: string;
  armA: { mean: number };
  difference: { estimate: number; verdict: string | null };
  items: { regionShare: number; predictionsA: object[] }[];
  strata: { items: number; lowA: number | null }[];
  theseRunsOnly: { level: number };
}

describe("createExperiment", () => {
  it("queues one run per arm and seed, with the code commit", async () => {
    const { data, errors } = await world.graphql<{ createExperiment: { createdBy: string; runs: object[] } }>(
      world.tokens.researcher,
      create,
      { input: input() },
    );
    expect(errors).toBeUndefined();
    expect(data!.createExperiment.createdBy).toBe("Ada");
    expect(data!.createExperiment.runs).toMatchObject([
      { arm: "16", seed: 1, state: "QUEUED", codeCommit: "test", startingRun: null },
      { arm: "16", seed: 3 },
      { arm: "8", seed: 1 },
      { arm: "8", seed: 3 },
    ]);
  });

  it.each([
    {
      why: "a size that does not divide",
      more: { base: { ...segmentationDefaults, model: { ...segmentationDefaults.model, size: 100 } } },
      says: "model.size",
    },
    {
      why: "an unknown starting run",
      more: {
        base: {
          ...segmentationDefaults,
          startingWeights: { kind: "run", part: "all", runId: "00000000-0000-4000-8000-000000000000" },
        },
      },
      says: "startingWeights.runId",
    },
    {
      why: "an arm whose batch cannot be cut as it asks",
      more: { arms: [{ name: "parts", changes: { optimizer: { name: "sgd", accumulationSteps: 3 } } }] },
      says: "optimizer.accumulationSteps: expected a divisor of batchSize = 8",
    },
    {
      why: "an arm with a parameter that its loss does not have",
      more: { arms: [{ name: "focal", changes: { loss: { name: "focal", beta: 0.7 } } }] },
      says: "loss.beta: expected one of the fields name, alpha, gamma",
    },
    {
      why: "a classification on labels of segmentation",
      more: { base: classificationDefaults, arms: [{ name: "resnet", changes: {} }] },
      says: 'labelVersionId: arm "resnet" is a run of classification, and this label version is of segmentation',
    },
    { why: "a negative margin", more: { equivalenceMargin: -1 }, says: "equivalenceMargin" },
    { why: "a doubled seed", more: { seeds: [1, 1] }, says: "seeds" },
  ])("refuses $why and stores nothing", async ({ more, says }) => {
    const { errors } = await world.graphql(world.tokens.researcher, create, {
      input: input({ name: "Refused", ...more }),
    });
    expect(errors![0]!.extensions.code).toBe("BAD_INPUT");
    expect(errors![0]!.message).toContain(says);
    const rows = await world.database.owner`select from experiments where name = 'Refused'`;
    expect(rows).toHaveLength(0);
  });

  it("starts from an earlier run of the same architecture only", async () => {
    const base = { ...segmentationDefaults, startingWeights: { kind: "run", part: "all", runId: planted.runIds[0] } };
    const same = input({ name: "Funnel", base, arms: [{ name: "from A", changes: {} }], seeds: [1] });
    const made = await world.graphql<{ createExperiment: { runs: { startingRun: { id: string } }[] } }>(
      world.tokens.researcher,
      create,
      { input: same },
    );
    expect(made.data!.createExperiment.runs[0]!.startingRun.id).toBe(planted.runIds[0]);
    const { errors } = await world.graphql(world.tokens.researcher, create, { input: input({ name: "Misfit", base }) });
    expect(errors![0]!.extensions).toMatchObject({
      code: "BAD_INPUT",
      field: "startingWeights.runId",
      difference: "baseFilters",
    });
    const { data } = await world.graphql<{ createForeignRun: { id: string } }>(
      world.tokens.researcher,
      "mutation ($input: CreateForeignRunInput!) { createForeignRun(input: $input) { id } }",
      { input: { projectName: "P", name: "a script's", configuration: { model: segmentationDefaults.model } } },
    );
    const startingWeights = { kind: "run", part: "all", runId: data!.createForeignRun.id };
    const foreign = await world.graphql(world.tokens.researcher, create, {
      input: input({ name: "Foreign", base: { ...segmentationDefaults, startingWeights } }),
    });
    expect(foreign.errors![0]!.message).toContain("has no checkpoint here");
  });

  it("makes a split by subject", async () => {
    const { data, errors } = await world.graphql<{ createSplit: Record<string, number> }>(
      world.tokens.researcher,
      "mutation ($input: CreateSplitInput!) { createSplit(input: $input) { trainItems validationItems testItems subjectsKnown } }",
      {
        input: {
          datasetId: planted.datasetId,
          name: "mine",
          rule: "BY_SUBJECT",
          trainShare: 0.5,
          validationShare: 0.2,
          seed: 1,
        },
      },
    );
    expect(errors).toBeUndefined();
    const { trainItems, validationItems, testItems } = data!.createSplit;
    expect(trainItems! + validationItems! + testItems!).toBe(12);
  });
});

describe("pages and points", () => {
  it("walks a connection by its cursors without a gap or a repeat", async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: { data?: { run: { evaluation: { itemScores: Page } } } | null } = await world.graphql(
        world.tokens.viewer,
        `query ($id: UUID!, $after: String) { run(id: $id) { evaluation { meanDice medianDice itemScores(first: 2, after: $after) {
          totalCount pageInfo { hasNextPage endCursor } edges { cursor node { dice item { name } } } } } } }`,
        { id: planted.runIds[0], after },
      );
      const scores: Page = page.data!.run.evaluation.itemScores;
      expect(scores.totalCount).toBe(6);
      seen.push(...scores.edges.map((edge) => edge.node.item.name));
      after = scores.pageInfo.hasNextPage ? scores.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(["item 06", "item 07", "item 08", "item 09", "item 10", "item 11"]); // Dice rises with i
  });

  it.each([0, 501])("refuses first: %i", async (first) => {
    const { errors } = await world.graphql(world.tokens.viewer, `{ runs(first: ${first}) { totalCount } }`);
    expect(errors![0]!.extensions.code).toBe("BAD_INPUT");
  });

  it("gives points of the series asked for, in that order, of all without names, and refuses more than 200", async () => {
    const ask = (series?: string[]) =>
      world.graphql<{ run: { points: { series: string }[] } }>(
        world.tokens.viewer,
        "query ($id: UUID!, $series: [String!]) { run(id: $id) { points(series: $series) { series } } }",
        { id: planted.runIds[0], series },
      );
    const names = async (series?: string[]) => (await ask(series)).data!.run.points.map((each) => each.series);
    expect(await names()).toEqual(["train/loss", "validation/dice"]);
    const both = ["validation/dice", "none", "train/loss", "validation/dice"];
    expect(await names(both)).toEqual(["validation/dice", "train/loss"]);
    const many = Array.from({ length: 201 }, (_, i) => `series ${i}`);
    expect((await ask(many)).errors![0]!.extensions.code).toBe("BAD_INPUT");
    expect(await names(many.slice(1))).toEqual([]);
  });

  it("thins points by M4 and keeps the extremes", async () => {
    const { data } = await world.graphql<{ run: { points: { steps: number[]; values: number[] }[] } }>(
      world.tokens.viewer,
      `query ($id: UUID!) { run(id: $id) { points(series: ["train/loss"], maxPoints: 8) { series steps values } } }`,
      { id: planted.runIds[0] },
    );
    const [points] = data!.run.points;
    expect(points!.steps.length).toBeLessThanOrEqual(8);
    expect(points!.steps).toContain(1);
    expect(points!.steps).toContain(40);
    expect(points!.values[0]).toBe(1);
  });
});

interface Page {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string };
  edges: { node: { item: { name: string } } }[];
}
