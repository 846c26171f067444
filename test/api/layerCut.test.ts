import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
});
afterAll(() => world.close());

const input = (more: object = {}) => ({
  projectName: "Polyps",
  name: "How many blocks?",
  question: "How many blocks must be transferred?",
  labelVersionId: planted.labelVersionId,
  splitId: planted.splitId,
  base: segmentationDefaults, // six blocks
  runId: planted.runIds[0],
  blocks: [1, 2, 3],
  statistics: true,
  seeds: [0, 1, 2, 3, 4],
  equivalenceMargin: 0.02,
  ...more,
});
const create = (more: object = {}, token = world.tokens.researcher) =>
  world.graphql<{ createLayerCutStudy: { id: string; isLayerCut: boolean; isTransferStudy: boolean; runs: object[] } }>(
    token,
    "mutation ($input: CreateLayerCutStudyInput!) { createLayerCutStudy(input: $input) { id isLayerCut isTransferStudy runs { id } } }",
    { input: input(more) },
  );
const board = async (id: string, fold = "TEST") => {
  const { data, errors } = await world.graphql<{ experiment: { layerCut: Board | null } }>(
    world.tokens.viewer,
    `query ($id: UUID!, $fold: Fold!) { experiment(id: $id) { layerCut(fold: $fold) { metric metricLabel blocks smallest rule verdict
      equivalenceMargin points { arm k block mean low high perSeed { seed mean } difference { estimate verdict seeds }
      speedGap { ratio reached verdict } } target
      statistics { arm k mean difference { verdict } } } } }`,
    { id, fold },
  );
  expect(errors).toBeUndefined();
  return data!.experiment.layerCut;
};
interface Point {
  readonly k: number | null;
  readonly block: string | null;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly perSeed: readonly object[];
  readonly difference: { readonly estimate: number; readonly verdict: string } | null;
  readonly speedGap: { readonly ratio: number; readonly verdict: string } | null;
}
interface Board {
  readonly smallest: number | null;
  readonly points: readonly Point[];
  readonly [other: string]: unknown;
}

/** Ends every queued run with these Dice times 1000, moved a little by seed and arm. */
async function train(diceOf: (arm: string) => number): Promise<void> {
  const { db, teamId } = world.database;
  const items = planted.itemIds.slice(6);
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: planted.workerId, leaseSeconds: 60 });
    if (!run) return;
    const dice = diceOf(run.arm) + 4 * ((run.seed * run.arm.length) % 3) + run.seed;
    const counts = {
      truePositives: dice,
      falsePositives: 1000 - dice,
      falseNegatives: 1000 - dice,
      trueNegatives: 5000,
    };
    const rest = { classIndex: 0, truthComponents: 1, predictedComponents: 1, predictionSha256: "a".repeat(64) };
    const final = diceOf(run.arm) / 1000;
    const at = run.arm.startsWith("random") ? [0.1, 0.2, final] : [0.3, final, final]; // transfer is there sooner
    await ingest(db, {
      ...{ teamId, runId: run.id, attempt: run.attempt, sequence: 1 },
      events: [
        { type: "points", series: "validation/dice", steps: [10, 20, 30], values: at },
        ...(["validation", "test"] as const).map(
          (fold) =>
            ({
              type: "evaluation",
              fold,
              checkpointStep: 1,
              size: 128,
              threshold: 0.5,
              items: items.map((itemId) => ({ itemId, ...counts, ...rest })),
            }) as const,
        ),
      ],
    });
    await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  }
}

describe("a layer-cut study", () => {
  it("has an arm per cut, and grows as a transfer study", async () => {
    const { data, errors } = await create({ blocks: [2], statistics: false, name: "Grows" });
    expect(errors).toBeUndefined();
    expect(data!.createLayerCutStudy).toMatchObject({ isLayerCut: true, isTransferStudy: true });
    expect(data!.createLayerCutStudy.runs).toHaveLength(3 * 5);
    const more = await create({ name: "Grows" });
    expect(more.data!.createLayerCutStudy.id).toBe(data!.createLayerCutStudy.id);
    expect(more.data!.createLayerCutStudy.runs).toHaveLength(6 * 5);
  });

  it.each([
    [{ blocks: [6] }, "BAD_INPUT", "from 1 to 5"],
    [{ runId: null }, "BAD_INPUT", "got neither"],
    [{ weightsId: "00000000-0000-4000-8000-000000000000" }, "BAD_INPUT", "got both"],
    [{ base: { ...segmentationDefaults, epochs: 0 } }, "BAD_INPUT", "epochs"],
  ])("is refused with %j", async (more, code, message) => {
    const { errors } = await create({ name: "Refused", ...more });
    expect(errors![0]!.extensions.code).toBe(code);
    expect(errors![0]!.message).toContain(message);
  });

  it("tells the blocks of a model, before there is a study", async () => {
    const blocks = async (base: object) =>
      world.graphql<{ layerCutBlocks: string[] }>(
        world.tokens.viewer,
        "query ($base: JSONObject!) { layerCutBlocks(base: $base) }",
        { base },
      );
    expect((await blocks(segmentationDefaults)).data!.layerCutBlocks).toEqual(
      [0, 1, 2, 3, 4, 5].map((level) => `encoder/level${level}`),
    );
    const { errors } = await blocks({ ...segmentationDefaults, epochs: 0 });
    expect(errors![0]!.message).toContain("epochs");
  });

  it("needs a researcher", async () => {
    expect((await create({}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("shows the score against k, and the smallest cut that keeps up", async () => {
    const { id } = (await create()).data!.createLayerCutStudy;
    const empty = (await board(id))!;
    expect(empty).toMatchObject({ smallest: null, blocks: [0, 1, 2, 3, 4, 5].map((level) => `encoder/level${level}`) });
    expect(empty.points.map(({ mean }) => mean)).toEqual(Array(5).fill(null));
    expect(empty.verdict).toMatch(/^Not known yet: the first 3 blocks cannot be judged before every run/);

    const dice = { random: 600, 1: 700, 2: 795, 3: 803, all: 800 } as const;
    await train((arm) => dice[arm.split(/[ ·]/)[0] as "random"] ?? 650);
    const { points, ...rest } = (await board(id))!;
    expect(points.map(({ k, block }) => [k, block])).toEqual([
      [0, null],
      [1, "encoder/level0"],
      [2, "encoder/level1"],
      [3, "encoder/level2"],
      [6, "encoder/level5"],
    ]);
    expect(points.map(({ mean }) => Math.round(mean! * 10) / 10)).toEqual([0.6, 0.7, 0.8, 0.8, 0.8]);
    expect(points.map(({ perSeed }) => perSeed.length)).toEqual(Array(5).fill(5));
    expect(points.every(({ low, mean, high }) => low! < mean! && mean! < high!)).toBe(true);
    expect(points.map(({ difference }) => difference?.verdict ?? null)).toEqual([
      "WORSE",
      "WORSE",
      expect.stringMatching(/EQUIVALENT|WORSE/),
      expect.stringMatching(/EQUIVALENT|BETTER/),
      null,
    ]);
    expect(points[0]!.difference!.estimate).toBeLessThan(-0.15);
    expect(points[0]!.speedGap).toBeNull();
    for (const { speedGap } of points.slice(1)) expect(speedGap).toMatchObject({ reached: 5, verdict: "BETTER" });
    expect(points.slice(1).every(({ speedGap }) => speedGap!.ratio > 0.3 && speedGap!.ratio < 0.7)).toBe(true);
    expect(rest).toMatchObject({
      metric: "dice",
      metricLabel: "Dice",
      smallest: 2,
      rule: "EQUIVALENT",
      target: expect.closeTo(0.57, 1),
      equivalenceMargin: 0.02,
      statistics: { k: null, difference: { verdict: "WORSE" } },
    });
    expect(rest.verdict).toMatch(/^The first 2 blocks of 6 are enough/);
    expect((await board(id, "VALIDATION"))!.smallest).toBe(2);
    expect(await board(planted.experimentId)).toBeNull();
  });
});
