import { milDefaults } from "@tessera/domain/configuration/milRun";
import type { Fold } from "@tessera/domain/words";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { splitItems } from "@tessera/store/splits";
import { registerWorker } from "@tessera/store/workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantExperiment, startWorld, type World } from "./world.ts";

let world: World;
let labelVersionId: string;
const truth = new Map<string, 0 | 1>();
const place = new Map<string, number>();

beforeAll(async () => {
  world = await startWorld();
  const { teamId, db } = world.database;
  const items = Array.from({ length: 12 }, (_, i) => ({
    name: `bag ${String(i).padStart(2, "0")}`,
    subject: `p${i}`,
    fold: (["train", "validation", "test"] as const)[i % 3] as Fold,
    regionPixels: [],
    classValues: i % 2 === 0 ? ([1, 0] as const) : ([0, 1] as const),
  }));
  const made = await plantExperiment(world, teamId, {
    ...{ name: "Bags", seeds: [1], items, arms: [{ name: "one", changes: {} }], classes: ["0", "1"], exclusive: true },
  });
  labelVersionId = made.labelVersion.id;
  for (const [i, { id }] of made.items.entries()) {
    truth.set(id, (i % 2) as 0 | 1);
    place.set(id, i);
  }
  await endAll(db, teamId);
});
afterAll(() => world.close());

/** Arm "right" knows every bag. Arm "wrong" is wrong of bag 0, and in repeat 2 of bag 1 too; its seed says the repeat. */
async function endAll(db: World["database"]["db"], teamId: string): Promise<void> {
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: await anyWorker(), leaseSeconds: 60 });
    if (!run) return;
    const items = await db.asTeam(teamId, (sql) => splitItems(sql, teamId, run.splitId));
    const isWrong = (id: string) =>
      run.arm === "wrong" && (place.get(id) === 0 || (run.seed >= 200 && place.get(id) === 1));
    const predictions = items
      .filter(({ fold }) => fold === "test")
      .map(({ itemId }) => {
        const said = isWrong(itemId) ? 1 - truth.get(itemId)! : truth.get(itemId)!;
        const values = truth.get(itemId) === 1 ? [0, 1] : [1, 0];
        return { itemId, truth: values as (0 | 1)[], probabilities: said === 1 ? [0.2, 0.8] : [0.8, 0.2] };
      });
    await ingest(db, {
      ...{ teamId, runId: run.id, attempt: run.attempt, sequence: 1 },
      events: [
        { type: "evaluation", fold: "test", checkpointStep: 1, size: 4, threshold: 0.5, items: [], predictions },
      ],
    });
    await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  }
}

let workerId: string | undefined;
async function anyWorker(): Promise<string> {
  const { db, teamId } = world.database;
  const about = { name: "w", device: "cpu", version: "test" } as const;
  workerId ??= (await db.asTeam(teamId, (sql) => registerWorker(sql, teamId, about))).id;
  return workerId;
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Json = any;
const input = (more: object = {}) => ({
  ...{ projectName: "Bags", name: "Ladder", question: "Which pooling?", labelVersionId, base: milDefaults },
  arms: [
    { name: "right", changes: {} },
    { name: "wrong", changes: { epochs: 3 } },
  ],
  ...{ folds: 3, repeats: 2, seed: 5, ...more },
});
const create = (more: object = {}, token = world.tokens.researcher) =>
  world.graphql<Json>(
    token,
    `mutation ($input: CreateCrossValidationInput!) { createCrossValidation(input: $input) {
      id seeds crossValidation { folds repeats } runs { arm seed split { id name rule } } } }`,
    { input: input(more) },
  );

describe("createCrossValidation", () => {
  it("freezes a split per fold and repeat, and queues every arm on each", async () => {
    const { data, errors } = await create();
    expect(errors).toBeUndefined();
    const made = data.createCrossValidation;
    expect(made).toMatchObject({ seeds: [101, 102, 103, 201, 202, 203], crossValidation: { folds: 3, repeats: 2 } });
    expect(made.runs).toHaveLength(12);
    const splitOf = (arm: string) => made.runs.filter((run: Json) => run.arm === arm).map((run: Json) => run.split.id);
    expect(splitOf("right")).toEqual(splitOf("wrong"));
    expect(new Set(splitOf("right")).size).toBe(6);
    expect(made.runs[4].split).toMatchObject({ name: "Ladder · repeat 2 · fold 2" });
    expect((await create()).data.createCrossValidation.id).toBe(made.id);
  });

  it("keeps no fold to choose by where every arm keeps its last epoch", async () => {
    const { data, errors } = await create({ name: "Unchosen", base: { ...milDefaults, choose: "last" } });
    expect(errors).toBeUndefined();
    const { split } = data.createCrossValidation.runs[0];
    expect(split.rule).toContain("fold 1 of 3 tests, the others train, and nothing is chosen");
    const { teamId, db } = world.database;
    const items = await db.asTeam(teamId, (sql) => splitItems(sql, teamId, split.id));
    expect(items.map(({ fold }) => fold).toSorted()).toEqual([...Array(4).fill("test"), ...Array(8).fill("train")]);
    const arms = [
      { name: "last", changes: { choose: "last" } },
      { name: "best", changes: {} },
    ];
    const mixed = await create({ name: "Mixed", arms });
    expect(mixed.errors![0]!.message).toContain("some arms keep the last epoch and others choose the best");
    expect(mixed.errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field: "choose" });
  });

  it.each([
    [{ folds: 2 }, "folds: expected a whole number from 3 to 20, got 2"],
    [{ folds: 13 }, "13 folds of 12 subjects"],
    [{ base: { task: "mil" } }, "model.family"],
    [
      { arms: [{ name: "a", changes: {}, labelVersionId: "00000000-0000-4000-8000-000000000000" }] },
      "the arms of a cross-validation learn from its labelVersionId",
    ],
  ])("refuses %j, and stores nothing", async (more, message) => {
    const { errors } = await create({ name: "Refused", ...more });
    expect(errors![0]!.message).toContain(message);
    expect(errors![0]!.extensions.code).toBe("BAD_INPUT");
  });

  it("refuses another one of the same name, and an annotator", async () => {
    expect((await create({ repeats: 3 })).errors![0]!.message).toContain(
      "is there already, with other folds or repeats",
    );
    expect((await create({}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});

describe("scores of a cross-validated experiment", () => {
  it("pool the folds of each repeat: every bag once, mean and SD over the repeats", async () => {
    const { id } = (await create()).data.createCrossValidation;
    await endAll(world.database.db, world.database.teamId);
    const { data, errors } = await world.graphql<Json>(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) {
        crossValidatedScores { arm perRepeat mean sd standardError n runs runsScored
          difference { estimate low high seeds items verdict reason } }
        classificationComparison(armA: "wrong", armB: "right", metric: "accuracy") {
          armA { seeds items mean } perSeed { seed a b } difference { estimate items seeds verdict } } } }`,
      { id },
    );
    expect(errors).toBeUndefined();
    const [right, wrong] = data.experiment.crossValidatedScores;
    expect(right).toMatchObject({ arm: "right", perRepeat: [1, 1], mean: 1, sd: 0, n: 12, runs: 6, runsScored: 6 });
    expect(wrong.perRepeat).toEqual([11 / 12, 10 / 12]);
    expect(wrong.mean).toBeCloseTo(10.5 / 12, 12);
    expect(wrong.sd).toBeCloseTo(Math.SQRT1_2 / 12, 12);
    expect(wrong.standardError).toBeCloseTo(0.5 / 12, 12);
    expect(right.difference).toBeNull();
    const paired = wrong.difference;
    expect(paired).toMatchObject({ seeds: 2, items: 12, verdict: null });
    expect(paired.estimate).toBeCloseTo(-1.5 / 12, 12);
    const half = (12.706204736 * (Math.SQRT1_2 / 12)) / Math.SQRT2; // t of one degree of freedom
    expect([paired.low, paired.high].map((each) => each - paired.estimate)).toEqual([
      expect.closeTo(-half, 8),
      expect.closeTo(half, 8),
    ]);
    const { difference, perSeed } = data.experiment.classificationComparison;
    expect(difference).toMatchObject({ items: 12, seeds: 2, verdict: null });
    expect(difference.estimate).toBeCloseTo(1.5 / 12, 12);
    expect(perSeed.map((each: Json) => each.seed)).toEqual([1, 2]);
  });

  it("are empty of an experiment on one split", async () => {
    const { data } = await world.graphql<Json>(
      world.tokens.viewer,
      `{ experiments(first: 5) { edges { node { name crossValidation { folds } crossValidatedScores { arm } } } } }`,
    );
    const other = data.experiments.edges.find(({ node }: Json) => node.name === "Bags").node;
    expect(other).toMatchObject({ crossValidation: null, crossValidatedScores: [] });
  });
});
