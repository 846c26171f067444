import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mask, plantDrawn } from "./scoredWorld.ts";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId, { seeds: [0, 1, 2, 3, 4] });
});
afterAll(() => world.close());

const input = (more: object = {}) => ({
  projectName: "Polyps",
  name: "What the U-Net buys",
  question: "Which depth, which skips?",
  labelVersionId: planted.labelVersionId,
  splitId: planted.splitId,
  base: segmentationDefaults,
  depths: [3, 0],
  skips: ["all", "none", "cut 2"],
  losses: ["softDice"],
  seeds: [1, 2],
  ...more,
});
const create = (more: object = {}, token = world.tokens.researcher) =>
  world.graphql<{ createUNetStudy: { id: string; arms: { name: string }[]; runs: { configuration: object }[] } }>(
    token,
    "mutation ($input: CreateUNetStudyInput!) { createUNetStudy(input: $input) { id arms { name } runs { configuration } } }",
    { input: input(more) },
  );

describe("createUNetStudy", () => {
  it("queues a run per arm and seed, and answers the same study when called again", async () => {
    const { data, errors } = await create();
    expect(errors).toBeUndefined();
    const study = data!.createUNetStudy;
    const names = ["depth 3, skips all", "depth 3, skips none", "depth 3, skips cut 2", "depth 0"];
    expect(study.arms.map((arm) => arm.name)).toEqual(names);
    expect(study.runs).toHaveLength(8);
    expect(study.runs[7]!.configuration).toMatchObject({
      loss: { name: "softDice" },
      model: { depth: 0, skips: [], size: 128 },
    });
    expect((await create()).data!.createUNetStudy.id).toBe(study.id);
  });

  it.each([
    [{ depths: [3, 1] }, "depths, skips or losses"],
    [{ losses: [] }, "depths, skips or losses"],
    [{ seeds: [1, 2, 3] }, "seeds"],
    [{ equivalenceMargin: 0.01 }, "equivalenceMargin"],
    [{ base: { ...segmentationDefaults, epochs: 3 } }, "base"],
  ])("refuses another study of the same name: %j", async (more, differs) => {
    await create();
    const { errors } = await create(more);
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT" } });
    expect(errors![0]!.message).toContain(`is there already, with other ${differs}`);
  });

  it.each([
    [{ skips: ["most"] }, "BAD_INPUT", "skips"],
    [{ depths: [] }, "BAD_INPUT", "depths"],
    [{ losses: ["guess"] }, "BAD_INPUT", undefined],
    [{ seeds: Array.from({ length: 60 }, (_, i) => i) }, "BAD_INPUT", "seeds"],
  ])("refuses %j", async (more, code, field) => {
    const { errors } = await create({ name: "Refused", ...more });
    expect(errors![0]!.extensions).toMatchObject({ code, ...(field ? { field } : {}) });
  });

  it("needs a researcher", async () => {
    expect((await create({}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("shows beforehand what it would train", async () => {
    const { data, errors } = await world.graphql<{ unetStudyGrid: { arms: object[]; notes: string[] } }>(
      world.tokens.viewer,
      `query ($base: JSONObject!) { unetStudyGrid(base: $base, depths: [3, 0], skips: ["all", "cut 5"], losses: []) {
        arms { name configuration model { parameters receptiveField multiplyAdds } } notes } }`,
      { base: segmentationDefaults },
    );
    expect(errors).toBeUndefined();
    expect(data!.unetStudyGrid.arms).toMatchObject([
      { name: "depth 3, skips all" },
      { name: "depth 0", configuration: { model: { depth: 0 } }, model: { receptiveField: 5, parameters: 2817 } },
    ]);
    expect(data!.unetStudyGrid.notes).toHaveLength(2);
  });
});

describe("unetStudy", () => {
  const board = `unetStudy { fold metrics { name higherIsBetter convention }
    factors { name reference levels { level arms parameters receptiveField partners { parameters receptiveField }
      dice { estimate low high seeds items verdict reason } equivalentError { estimate verdict reason } } }
    arms { arm depth skips loss parameters receptiveField scores { metric mean seeds items low } } }`;
  const ask = (id: string) =>
    world.graphql<{ experiment: { unetStudy: Board | null; comparison: Comparison } }>(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) { ${board} comparison { armB { mean }
        difference { estimate low high seeds items verdict } } } }`,
      { id },
    );
  interface Comparison {
    readonly armB: { readonly mean: number };
    readonly difference: { readonly estimate: number };
  }
  interface Board {
    readonly factors: { readonly name: string; readonly levels: { readonly dice: object | null; level: string }[] }[];
    readonly arms: { readonly scores: { readonly mean: number }[] }[];
  }

  it("of a grid of two losses says what the comparison of the two arms says", async () => {
    const { data, errors } = await ask(planted.experimentId);
    expect(errors).toBeUndefined();
    const { unetStudy, comparison } = data!.experiment;
    expect(unetStudy!.factors).toMatchObject([
      {
        name: "loss",
        reference: "softDiceCrossEntropy",
        levels: [
          { level: "softDiceCrossEntropy", arms: 1, dice: null, partners: null },
          { level: "softDice", arms: 1, dice: comparison.difference, partners: { receptiveField: expect.any(Number) } },
        ],
      },
    ]);
    expect(unetStudy!.arms).toMatchObject([
      { arm: "A", depth: 5, skips: "all", loss: "softDiceCrossEntropy" },
      { arm: "B", depth: 5 },
    ]);
    expect(unetStudy!.arms[1]!.scores).toMatchObject([
      { metric: "dice", mean: comparison.armB.mean, seeds: 5, items: 6 },
      { metric: "equivalentError", mean: null },
      { metric: "largestShare", mean: null },
      { metric: "pieceExcess", mean: null },
    ]);
  });

  it("says what a level does to outline and pieces, once the masks are measured", async () => {
    const truth = mask([4, 4, 8, 8]);
    const shifted = mask([5, 4, 8, 8]);
    const specked = mask([4, 4, 8, 8], [0, 0, 1, 1], [15, 15, 1, 1]);
    const half = mask([4, 4, 4, 8]);
    const drawn = await plantDrawn(world, world.database.otherTeamId, {
      // whose queue is empty
      name: "Drawn study",
      items: [{ name: "square", fold: "test", truth: [truth] }],
      arms: {
        "all, dice": (_, seed) => ({ sure: seed === 5 ? half : truth }),
        "none, dice": (_, seed) => ({ sure: seed === 5 ? half : shifted }),
        "all, ce": () => ({ sure: truth }),
        "none, ce": () => ({ sure: specked }),
      },
      changes: {
        "none, dice": { model: { skips: [false, false, false, false, false] } },
        "all, ce": { loss: "focal" },
        "none, ce": { loss: "focal", model: { skips: [false, false, false, false, false] } },
      },
      seeds: [1, 2, 3, 4, 5],
    });
    const levelOf = async () => {
      const { data, errors } = await world.graphql<{ experiment: { unetStudy: { factors: Factor[] } } }>(
        world.otherToken,
        `query ($id: UUID!) { experiment(id: $id) { unetStudy { factors { name levels { level arms
          dice { estimate verdict } equivalentError { estimate verdict reason } largestShare { estimate } pieceExcess { estimate low verdict }
        } } } } }`,
        { id: drawn.experiment.id },
      );
      expect(errors).toBeUndefined();
      const { factors } = data!.experiment.unetStudy;
      expect(factors.map((factor) => factor.name)).toEqual(["skips", "loss"]);
      return factors[0]!.levels[1]!;
    };
    interface Level {
      readonly dice: { estimate: number };
      readonly equivalentError: { estimate: number; verdict: string; reason: string };
      readonly largestShare: { estimate: number };
      readonly pieceExcess: { estimate: number; low: number; verdict: string };
    }
    interface Factor {
      readonly name: string;
      readonly levels: Level[];
    }
    const before = await levelOf();
    expect(before.equivalentError).toMatchObject({ estimate: null, verdict: null });
    expect(before.dice.estimate).not.toBeNull();

    await drawn.measure();
    const none = await levelOf();
    expect(none).toMatchObject({ level: "none", arms: 2 });
    // of 5 seeds 4 are shifted by one pixel under dice; under ce all have two specks of one pixel: 64 of 66
    const diceOfShift = -(1 - 56 / 64);
    const diceOfSpecks = -(1 - 128 / 130);
    expect(none.dice.estimate).toBeCloseTo((0.8 * diceOfShift + diceOfSpecks) / 2, 10);
    expect(none.largestShare.estimate).toBeCloseTo((64 / 66 - 1) / 2, 10);
    expect(none.pieceExcess).toMatchObject({ estimate: 1, low: 1, verdict: "WORSE" });
    expect(none.equivalentError.estimate).toBeGreaterThan(0.4); // 0.8 x 1 px, and little for the specks, halved
    expect(none.equivalentError.estimate).toBeLessThan(0.6);
    expect(none.equivalentError.verdict).toBe("WORSE");
  });

  it("has its factors, models and reasons before a run is scored", async () => {
    const { id } = (await create()).data!.createUNetStudy;
    const { unetStudy } = (await ask(id)).data!.experiment;
    expect(unetStudy!.factors.map((factor) => [factor.name, factor.levels.map(({ level }) => level)])).toEqual([
      ["depth", ["3", "0"]],
      ["skips", ["all", "none", "cut 2"]],
    ]);
    expect(unetStudy!.factors[0]!.levels[1]).toMatchObject({
      arms: 1,
      receptiveField: 5,
      partners: { parameters: expect.any(Number) },
      dice: { estimate: null, verdict: null, reason: expect.stringContaining("No comparison yet") },
    });
  });

  it("is null where arms differ in something else", async () => {
    const { data } = await world.graphql<{ createExperiment: { unetStudy: object | null } }>(
      world.tokens.researcher,
      `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { unetStudy { fold } } }`,
      {
        input: {
          projectName: "Polyps",
          name: "Filters",
          question: "?",
          labelVersionId: planted.labelVersionId,
          splitId: planted.splitId,
          base: segmentationDefaults,
          arms: [
            { name: "a", changes: {} },
            { name: "b", changes: { model: { baseFilters: 8 } } },
          ],
          seeds: [1],
        },
      },
    );
    expect(data!.createExperiment.unetStudy).toBeNull();
  });
});
