/** Witness studies through the api: bags, then runs, from one mutation; the board of it; and what is refused. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asWorkers, type PlantedBags, plantBags, witnessInput } from "./witnessWorld.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let data: PlantedBags;
let workers: ReturnType<typeof asWorkers>;
beforeAll(async () => {
  world = await startWorld();
  data = await plantBags(world, world.database.teamId, "Slides");
  workers = asWorkers(world, world.database.teamId, data);
});
afterAll(() => world.close());

interface Study {
  readonly id: string;
  readonly isWitnessStudy: boolean;
  readonly isLabelsVersusArchitecture: boolean;
  readonly arms: { name: string }[];
  readonly runs: { arm: string; seed: number; dataset: { id: string } }[];
}
const create = (more: object = {}, token = world.tokens.researcher) =>
  world.graphql<{ createWitnessStudy: Study }>(
    token,
    `mutation ($input: CreateWitnessStudyInput!) { createWitnessStudy(input: $input) {
      id isWitnessStudy isLabelsVersusArchitecture arms { name } runs { arm seed dataset { id } } } }`,
    { input: witnessInput(data, more) },
  );
async function created(more: object = {}): Promise<Study> {
  const { data: answer, errors } = await create(more);
  expect(errors).toBeUndefined();
  return answer!.createWitnessStudy;
}
// biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
async function board(id: string): Promise<any> {
  const { data: answer, errors } = await world.graphql<{ experiment: { witnessStudy: object } }>(
    world.tokens.viewer,
    `query ($id: UUID!) { experiment(id: $id) { witnessStudy {
      poolings tiles testBags bagSeed bagDatasetId chanceCeiling answer notes
      progress { rates ratesMade ratesFailed runs runsWaiting runsSucceeded runsFailed isOver }
      rates { rate witnesses state total done error }
      curves { pooling limitText limit { estimate low high seeds below above }
        points { rate arm low high score { mean sd seeds items perSeed { seed mean runId } } } } } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return answer!.experiment.witnessStudy;
}

/** "max" finds all, "mean" is lost at 10 % and below. */
const apart = ({ arm }: { readonly arm: string }) => (arm.startsWith("max") || arm.includes("50 %") ? 2.5 : 0);

describe("createWitnessStudy", () => {
  let study: Study;

  it("queues a rate's runs when its bags are there, with no second call, and answers a second call with the same", async () => {
    study = await created();
    expect(study.isWitnessStudy).toBe(true);
    expect(study.arms.map(({ name }) => name)).toEqual([
      ...["mean · 5 %", "max · 5 %", "mean · 10 %", "max · 10 %", "mean · 50 %", "max · 50 %"],
    ]);
    expect(study.runs).toEqual([]);
    expect((await board(study.id)).progress).toMatchObject({ rates: 3, ratesMade: 0, runs: 30, runsWaiting: 30, isOver: false }); // biome-ignore format: one line
    expect((await created()).id).toBe(study.id);
    expect(await workers.compose()).toBe(true);
    const { progress, bagDatasetId, rates } = await board(study.id);
    expect(progress).toMatchObject({ ratesMade: 1, runsWaiting: 20 });
    expect(rates.map(({ witnesses }: { witnesses: number }) => witnesses)).toEqual([1, 2, 10]);
    const { runs } = await created();
    expect(runs).toHaveLength(10);
    for (const run of runs) expect([run.arm.split(" · ")[1], run.dataset.id]).toEqual(["5 %", bagDatasetId]);
    expect(await workers.compose("the disk is full")).toBe(true);
    expect((await board(study.id)).rates[1]).toMatchObject({ state: "FAILED", error: "the disk is full" });
    await created(); // tries it again
    while (await workers.compose());
    expect(await workers.train(apart)).toHaveLength(30);
    expect((await board(study.id)).progress).toEqual({ rates: 3, ratesMade: 3, ratesFailed: 0, runs: 30, runsWaiting: 0, runsSucceeded: 30, runsFailed: 0, isOver: true }); // biome-ignore format: one line
  }, 180_000); // decoder children for the pictures of bags

  it("says AUC by rate, and from which rate on a pooling is told from chance", async () => {
    const { curves, chanceCeiling, answer, notes, testBags } = await board(study.id);
    expect(chanceCeiling).toBeCloseTo(0.5 + 1.959964 * Math.sqrt(121 / (12 * 60 * 60)), 12);
    const [mean, max] = curves;
    expect(max.points.map((point: { rate: number }) => point.rate)).toEqual([0.05, 0.1, 0.5]);
    for (const { score, low, high } of max.points) {
      expect(score).toMatchObject({ seeds: 5, items: testBags });
      expect(score.mean).toBeGreaterThan(0.9);
      expect([low < score.mean, high > score.mean]).toEqual([true, true]);
    }
    expect(max.limit).toMatchObject({ estimate: expect.closeTo(0.05, 9), low: null, seeds: 5, below: 5, above: 0 });
    expect(mean.limit).toMatchObject({ seeds: 5, below: 0, above: 0 });
    expect(mean.limit.estimate).toBeGreaterThan(0.1);
    expect(mean.limit.estimate).toBeLessThan(0.5);
    expect([mean.limit.low < mean.limit.estimate, mean.limit.high > mean.limit.estimate]).toEqual([true, true]);
    expect(answer).toMatch(/^Not told from chance below these witness rates: mean: \d/);
    expect(answer).toContain("max: below 5 %, the lowest rate");
    expect(answer).not.toContain("no verdict");
    expect(notes[0]).toContain("2.5 % of scorings of 120 such bags");
  });

  it("compares poolings at one rate, and not across rates", async () => {
    const compare = (armA: string, armB: string) =>
      world.graphql<{ experiment: { classificationComparison: { difference: { verdict: string } } } }>(
        world.tokens.viewer,
        `query ($id: UUID!, $armA: String!, $armB: String!) { experiment(id: $id) {
          classificationComparison(armA: $armA, armB: $armB) { difference { verdict } } } }`,
        { id: study.id, armA, armB },
      );
    const { data: same } = await compare("mean · 5 %", "max · 5 %");
    expect(same!.experiment.classificationComparison.difference.verdict).toBe("BETTER");
    expect((await compare("mean · 5 %", "mean · 50 %")).errors![0]!.extensions.code).toBe("BAD_INPUT");
  });

  it("adds a rate and a seed, and changes nothing of before", async () => {
    const grown = await created({ rates: [0.2], seeds: [6] });
    expect(grown.arms).toHaveLength(8);
    expect(grown.isLabelsVersusArchitecture).toBe(false); // bags of two rates are no two opinions on one
    const { progress, notes, curves } = await board(study.id);
    expect(curves[0].limit.seeds).toBe(5); // what was known stays known while the new runs wait
    expect(progress).toMatchObject({ rates: 4, ratesMade: 3, runs: 8 * 6, runsWaiting: 12, runsSucceeded: 30 });
    expect(notes.at(-1)).toContain("Seed 6 was added");
    expect(grown.runs).toHaveLength(36);
  });
});

it.each([
  ["rates", { rates: [0.05, 0.06] }, "5 % and 6 % are both 1 of 20 tiles"],
  ["rates", { rates: [0.7] }, "expected shares from 0.001 to 0.5"],
  [
    "rates",
    { bags: { tiles: 100, train: 6, validation: 4, test: 8, seed: 2 } },
    "train has 40 and 120; take fewer tiles",
  ],
  ["poolings", { poolings: [] }, "expected at least one"],
  ["bags.test", { bags: { tiles: 20, train: 6, validation: 4, test: 1, seed: 2 } }, "expected a whole number from 4"],
])("refuses %s %j", async (field, change, message) => {
  const { errors } = await create({ name: "Other", ...change });
  expect(errors![0]!.message).toContain(message);
  expect(errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field });
});

it("refuses bags whose tiles nobody has labelled, other plans under the same name, and viewers", async () => {
  const plain = await plantBags(world, world.database.teamId, "Plain slides", { labelled: false });
  const { errors } = await create({ name: "Other", labelVersionId: plain.labelVersion.id, splitId: plain.split.id });
  expect(errors![0]!.message).toContain("import the bags with a column tile_label");
  const other = await create({ bags: { tiles: 20, train: 8, validation: 4, test: 120, seed: 2 } });
  expect(other.errors![0]!.extensions).toMatchObject({ code: "CONFLICT", field: "bags" });
  expect((await create({}, world.tokens.viewer)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  expect((await create({}, world.otherToken)).errors![0]!.extensions.code).toBe("NOT_FOUND");
});

it("says what a split has, and what a study would be", async () => {
  const { data: answer, errors } = await world.graphql<{
    dataset: { splits: object[] };
    witnessStudyPlan: object;
    witnessPoolings: { name: string }[];
  }>(
    // biome-ignore format: one line
    world.tokens.viewer,
    `query ($dataset: UUID!, $labels: UUID!, $split: UUID!, $base: JSONObject!, $poolings: [WitnessPoolingInput!]!, $bags: BagPlanInput!) {
      dataset(id: $dataset) { splits { labelledTiles { fold bags known positive negative } } } witnessPoolings { name changes }
      witnessStudyPlan(labelVersionId: $labels, splitId: $split, base: $base, poolings: $poolings, rates: [0.5, 0.05], bags: $bags) { arms witnesses bags } }`,
    {
      ...{ dataset: data.dataset.id, labels: data.labelVersion.id, split: data.split.id },
      ...{ base: witnessInput(data).base, poolings: witnessInput(data).poolings, bags: witnessInput(data).bags },
    },
  );
  expect(errors).toBeUndefined();
  expect(answer!.dataset.splits[0]).toEqual({
    labelledTiles: ["train", "validation", "test"].map((fold) => ({
      fold,
      bags: 4,
      known: 4,
      positive: 40,
      negative: 120,
    })),
  });
  expect(answer!.witnessStudyPlan).toMatchObject({ witnesses: [1, 10], bags: 130 + 65 });
  expect(answer!.witnessPoolings).toHaveLength(10);
});
