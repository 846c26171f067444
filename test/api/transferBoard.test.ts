import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { putBlob } from "@tessera/store/blobs";
import { extendExperiment } from "@tessera/store/experimentExtensions";
import { insertWeights } from "@tessera/store/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mask, plantDrawn } from "./scoredWorld.ts";
import { curveOf, plantTransfer } from "./transferWorld.ts";
import { type Planted, plant, sha, startWorld, type World } from "./world.ts";

const seeds = [1, 2, 3, 4, 5];
let world: World;
let pretrained: Planted;
let weightsId: string;
let study: Awaited<ReturnType<typeof plantTransfer>>;
beforeAll(async () => {
  world = await startWorld();
  const { database } = world;
  pretrained = await plant(world, database.teamId);
  weightsId = await database.db.asTeam(database.teamId, async (sql) => {
    await putBlob(sql, database.teamId, { sha256: sha("w"), size: 1, mediaType: "application/octet-stream" });
    const model = { family: "mobilenetV1", size: 128, alpha: 0.25, classes: 2, layers: [] } as const;
    const report = { loaded: [], adapted: [], skipped: [], deadFilters: [] };
    const files = { sha256: sha("w"), graphSha256: sha("w") };
    const row = { name: "ImageNet net", source: "s", model, report, createdBy: database.userId, ...files };
    return (await insertWeights(sql, database.teamId, row)).id;
  });
  study = await plantTransfer(world, database.teamId, { startingRunId: pretrained.runIds[0]!, weightsId, seeds });
});
afterAll(() => world.close());

const differenceFields = "estimate low high level seeds items verdict reason detectable";
const boardFields = `fold metric { name higherIsBetter convention } chance chanceText series seriesChance reference fractions
  equivalenceMargin verdict notes arms { name startingWeights verdict closing { fraction sentence }
    pretraining { steps seconds sentence hops { name runId weightsId dataset steps epochs trainItems itemsSeen seconds } }
    cells { fraction arm trainItems budget secondsPerRun runStates { queued succeeded } low high target
      score { arm mean sd seeds items perSeed { seed mean runId } } finalGap { ${differenceFields} }
      stepsToTarget { seed runId steps lastStep beforeFirstValidation }
      speedGap { ratio low high level atLeast atMost seeds reached reachedByReference verdict reason detectable }
      curve { steps mean low high seeds } } }`;
interface Gap {
  readonly estimate: number;
  readonly high: number;
  readonly verdict: string;
  readonly reason: string;
}
interface Cell {
  readonly arm: string;
  readonly target: number;
  readonly score: { readonly mean: number; readonly items: number };
  readonly finalGap: Gap | null;
  readonly stepsToTarget: readonly { seed: number; steps: number | null }[];
  readonly speedGap: { ratio: number; reason: string; verdict: string } | null;
  readonly curve: { steps: number[]; mean: number[]; low: number[]; high: number[] };
}
interface Board {
  readonly chance: number;
  readonly chanceText: string;
  readonly verdict: string;
  readonly notes: readonly string[];
  readonly equivalenceMargin: number | null;
  readonly seriesChance: number;
  readonly arms: readonly {
    name: string;
    verdict: string;
    pretraining: object;
    closing: object;
    cells: readonly Cell[];
  }[];
}
async function boardOf(id: string, args = "", token = world.tokens.viewer) {
  const { data, errors } = await world.graphql<{ experiment: { isTransferStudy: boolean; transferStudy: Board } }>(
    token,
    `query ($id: UUID!) { experiment(id: $id) { isTransferStudy transferStudy${args} { ${boardFields} } } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return data!.experiment.transferStudy;
}

describe("the board of a classification study", () => {
  it.each(["auc", "accuracy", "brier"])(
    "says of the final gap in %s what the comparison of the arms says",
    async (metric) => {
      const board = await boardOf(study.experiment.id, `(metric: "${metric}")`);
      const { data, errors } = await world.graphql<{ experiment: { classificationComparison: Compared } }>(
        world.tokens.viewer,
        `query ($id: UUID!) { experiment(id: $id) { classificationComparison(armA: "random · 25 %", armB: "domain · 25 %",
        metric: "${metric}") { armA { mean } armB { mean } difference { ${differenceFields} } } } }`,
        { id: study.experiment.id },
      );
      interface Compared {
        readonly armA: { mean: number };
        readonly armB: { mean: number };
        readonly difference: Gap;
      }
      expect(errors).toBeUndefined();
      const { armA, armB, difference } = data!.experiment.classificationComparison;
      const [random, domain] = board.arms;
      const { reason, ...gap } = domain!.cells[0]!.finalGap!;
      const { reason: inFull, ...same } = difference;
      expect(gap).toEqual(same);
      expect(reason).toBe(inFull.replaceAll(" · 25 %", "")); // the board's arms are named without the fraction
      expect([random, domain].map((arm) => arm!.cells[0]!.score.mean)).toEqual([armA.mean, armB.mean]);
      expect(board.equivalenceMargin).toBe(metric === "auc" ? 0.02 : null);
    },
  );

  it("knows chance: half for AUC, the majority class for accuracy, none for calibration", async () => {
    const chance = async (metric: string) => (await boardOf(study.experiment.id, `(metric: "${metric}")`)).chance;
    expect(await chance("auc")).toBe(0.5);
    expect(await chance("accuracy")).toBe(0.75); // 30 of 40
    expect(await chance("expectedCalibrationError")).toBeNull();
  });

  it("measures speed by the steps to one target at each fraction", async () => {
    const [random, domain, other] = (await boardOf(study.experiment.id)).arms;
    const bests = seeds.map((seed) => curveOf("random", seed).values.at(-1)!);
    const final = bests.reduce((sum, each) => sum + each, 0) / 5;
    const target = 0.5 + 0.95 * (final - 0.5);
    for (const cell of [...random!.cells, ...domain!.cells, ...other!.cells])
      expect(cell.target).toBeCloseTo(target, 12);
    const crossing = (arm: string, seed: number) => {
      const { steps, values } = curveOf(arm, seed);
      const at = values.findIndex((value) => value >= target);
      const [x, y, x0, y0] = [steps[at]!, values[at]!, steps[at - 1] ?? 0, values[at - 1] ?? 0.5];
      return x0 + ((target - y0) / (y - y0)) * (x - x0);
    };
    const ofDomain = domain!.cells[0]!;
    expect(ofDomain.stepsToTarget.map(({ steps }) => steps)).toEqual(
      seeds.map((seed) => expect.closeTo(crossing("domain", seed), 9)),
    );
    const logs = seeds.map((seed) => Math.log(crossing("domain", seed) / crossing("random", seed)));
    expect(ofDomain.speedGap).toMatchObject({
      ratio: expect.closeTo(Math.exp(logs.reduce((sum, each) => sum + each, 0) / 5), 9),
      ...{ verdict: "BETTER", seeds: 5, reached: 5, reachedByReference: 5, atLeast: null, atMost: null, level: 0.95 },
    });
    expect(other!.cells[0]!.speedGap).toMatchObject({ ratio: 1, verdict: "UNDECIDED" });
    expect(random!.cells[0]).toMatchObject({ speedGap: null, finalGap: null });
    expect(ofDomain.curve.steps).toEqual(curveOf("domain", 1).steps);
    expect(ofDomain.curve.high[0]).toBe(curveOf("domain", 1).values[0]);
    expect(ofDomain.curve.low[0]).toBe(curveOf("domain", 5).values[0]);
  });

  it("says what a run learns from, its budget, and what the weights cost before it", async () => {
    const board = await boardOf(study.experiment.id);
    const [random, domain, other] = board.arms;
    expect(random!.cells).toMatchObject([
      { fraction: 0.25, arm: "random · 25 %", trainItems: 4, budget: 100, runStates: { queued: 0, succeeded: 5 } },
      { fraction: 1, arm: "random · 100 %", trainItems: 16, budget: 100 },
    ]);
    expect(random!.pretraining).toMatchObject({
      hops: [],
      steps: 0,
      seconds: 0,
      sentence: "None: the weights are random.",
    });
    // 15 epochs of 4 items in batches of 8
    const hop = {
      runId: pretrained.runIds[0],
      dataset: "Does B help?",
      steps: 15,
      epochs: 15,
      trainItems: 4,
      itemsSeen: 120,
    };
    expect(domain!.pretraining).toMatchObject({ hops: [{ ...hop, seconds: expect.any(Number) }], steps: 15 });
    expect(other!.pretraining).toMatchObject({
      hops: [{ name: "ImageNet net", weightsId, steps: null, seconds: null }],
      ...{ steps: null, seconds: null },
      sentence: expect.stringContaining("not known"),
    });
  });

  it("ends in a sentence of three words, and says where the gap closes", async () => {
    const board = await boardOf(study.experiment.id);
    const [, domain, other] = board.arms;
    expect(domain!.cells[0]!.finalGap).toMatchObject({ verdict: "BETTER" });
    expect(board.verdict).toMatch(
      /^Against random\. domain: better at 25 %, undecided at 100 % \(a difference of 0\.\d{4} would be found/,
    );
    expect(domain!.verdict).toContain("domain against random, final score: better at 25 % (");
    expect(domain!.verdict).toContain("Steps to the target: better at 25 % (");
    expect(other!.cells[1]!.finalGap).toMatchObject({ verdict: "UNDECIDED" });
    expect(other!.cells[1]!.finalGap!.high).toBeLessThan(0.02); // ends below δ, which is not to be equivalent
    expect(other!.closing).toMatchObject({ fraction: 1, sentence: expect.stringContaining("closed at 100 %") });
    expect(domain!.cells[1]!.finalGap!.high).toBeGreaterThan(0.02);
    expect(domain!.closing).toMatchObject({ fraction: null, sentence: expect.stringContaining("not shown to close") });
    expect(board.notes).toEqual([
      expect.stringContaining("one set of weights"),
      expect.stringContaining("4 final gaps are judged"),
    ]);
  });

  it("warns where a smaller fraction has fewer updates too", async () => {
    const plain = await world.graphql<{ createTransferStudy: { transferStudy: Board } }>(
      world.tokens.researcher,
      `mutation ($input: CreateTransferStudyInput!) { createTransferStudy(input: $input) { transferStudy { ${boardFields} } } }`,
      {
        input: {
          ...{ projectName: "Films", name: "One pass", question: "?", fractions: [0.25, 1], seeds: [1] },
          ...{ labelVersionId: study.labelVersion.id, splitId: study.split.id },
          base: { ...classificationDefaults, batchSize: 4 },
          arms: [
            { name: "random", startingWeights: { kind: "random" } },
            { name: "all of it", startingWeights: { kind: "run", runId: study.runs[0]!.id, part: "all" } },
          ],
        },
      },
    );
    expect(plain.errors).toBeUndefined();
    const board = plain.data!.createTransferStudy.transferStudy;
    expect(board.arms[0]!.cells).toMatchObject([{ budget: 15 }, { budget: 60, curve: { steps: [] }, target: null }]);
    expect(board.notes[1]).toContain("Runs have 15 to 60 updates");
    expect(board.verdict).toBe("Against random. all of it: no verdict at 25 % and 100 %.");
  });

  it("refuses a metric that there is not", async () => {
    const { errors } = await world.graphql(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) { transferStudy(metric: "luck") { fold } } }`,
      { id: study.experiment.id },
    );
    expect(errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field: "metric" });
  });

  it("waits for every run, and remembers seeds that were added after looking", async () => {
    const { database } = world;
    const { experiment } = study;
    const arms = experiment.arms;
    const runs = arms.map(({ name, changes }) => ({
      ...{ arm: name, seed: 6, configuration: { ...classificationDefaults, ...changes }, startingRunId: null, name },
    }));
    await database.db.asTeam(database.teamId, (sql) =>
      extendExperiment(sql, database.teamId, {
        ...{
          experimentId: experiment.id,
          arms,
          seeds: [...seeds, 6],
          runs,
          codeCommit: "c",
          createdBy: database.userId,
        },
      }),
    );
    const board = await boardOf(experiment.id);
    const [, domain] = board.arms;
    expect(domain!.cells[0]!.finalGap).toMatchObject({
      verdict: null,
      reason: expect.stringContaining("No verdict yet: 2 of 12"),
    });
    expect(domain!.cells[0]!.speedGap).toMatchObject({
      verdict: null,
      reason: expect.stringContaining("No verdict yet: 2 of 12"),
    });
    expect(board.verdict).toContain("domain: no verdict at 25 % and 100 %");
    expect(board.notes.at(-1)).toContain("Seed 6 was added");
    expect(board.notes.at(-1)).toContain("when 30 runs had been scored on test");
  });
});

describe("the board of a segmentation study", () => {
  it("is of Dice, against the all-foreground guess, and equal to the comparison of the arms", async () => {
    const truth = mask([4, 4, 8, 8]);
    const other = mask([0, 0, 16, 4]);
    const wide = mask([4, 4, 8, 10]);
    const wider = mask([4, 4, 8, 12]);
    const drawn = await plantDrawn(world, world.database.otherTeamId, {
      name: "Drawn transfer",
      items: [
        { name: "a", fold: "validation", truth: [truth] },
        { name: "b", fold: "test", truth: [truth] },
        { name: "c", fold: "test", truth: [other] },
      ],
      arms: {
        scratch: (item, seed) => ({ sure: item === "c" ? other : seed % 2 === 0 ? wide : wider }),
        shapes: () => ({ sure: truth }),
      },
      changes: { shapes: { startingWeights: { kind: "run", runId: pretrained.runIds[0]!, part: "encoder" } } },
      seeds,
      curve: (arm, seed) => ({
        steps: [10, 20],
        values: arm === "scratch" ? [0.3, 0.8] : [0.85, seed === 3 ? 0.86 : 0.9],
      }),
    });
    const board = await boardOf(drawn.experiment.id, "", world.otherToken);
    const { data } = await world.graphql<{ experiment: { comparison: { difference: Gap } } }>(
      world.otherToken,
      `query ($id: UUID!) { experiment(id: $id) { comparison { difference { ${differenceFields} } } } }`,
      { id: drawn.experiment.id },
    );
    const [, shapes] = board.arms;
    expect(shapes!.cells).toMatchObject([{ fraction: 1, finalGap: data!.experiment.comparison.difference }]);
    // 64 of 256 pixels: 2 x 64 / (256 + 64)
    expect(board).toMatchObject({ chance: 0.4, seriesChance: 0.4, equivalenceMargin: 0.02, series: "validation/dice" });
    expect(board.chanceText).toContain("all-foreground");
    expect(shapes!.cells[0]!.target).toBeCloseTo(0.4 + 0.95 * 0.4, 12);
    expect(shapes!.cells[0]!.stepsToTarget[0]).toMatchObject({
      steps: expect.closeTo((10 * 0.38) / 0.45, 9), // on the line from chance at step 0
      beforeFirstValidation: true,
    });
    expect(shapes!.pretraining).toMatchObject({ hops: [{ name: "a run that is not there any more" }], steps: null }); // of another team
    const { chance } = await boardOf(drawn.experiment.id, `(metric: "sensitivity")`, world.otherToken);
    expect(chance).toBeNull();
  });
});

it("is null where arms are no starts", async () => {
  expect(await boardOf(pretrained.experimentId)).toBeNull();
});
