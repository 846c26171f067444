/** @file The boards of a scored set, from hand-drawn masks, against arithmetic done by hand. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Draw, mask, plantDrawn } from "./scoredWorld.ts";
import { type Planted, plant, startWorld, type World } from "./world.ts";

type Drawn = Awaited<ReturnType<typeof plantDrawn>>;

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function scoredSet(runIds: readonly string[], fields: string, fold = "TEST", token = world.tokens.viewer) {
  const query = `query ($ids: [UUID!]!) { scoredSet(runIds: $ids, fold: ${fold}) { ${fields} } }`;
  return world.graphql<{ scoredSet: never }>(token, query, { ids: runIds });
}

async function ask<Board>(runIds: readonly string[], fields: string, fold?: string): Promise<Board> {
  const { data, errors } = await scoredSet(runIds, fields, fold);
  expect(errors).toBeUndefined();
  return data!.scoredSet as Board;
}

const refusal = async (runIds: readonly string[], fields = "size", fold?: string, token?: string) =>
  (await scoredSet(runIds, fields, fold, token)).errors![0]!;

const none = mask();

describe("a ledger", () => {
  /** Of 16 x 16 pixels: 4 and 140, and an image without a lesion. */
  const small = mask([2, 2, 2, 2]);
  const large = mask([1, 5, 14, 10]);
  const test = { fold: "test" as const };
  const items = [
    { ...test, name: "large", truth: [large] },
    { ...test, name: "none", truth: [none] },
    { ...test, name: "small", truth: [small] },
  ];
  /** Right about the large lesion; finds the small one from threshold 0.3 down. */
  const findsLarge: Draw = (item) => ({
    sure: item === "large" ? large : none,
    faint: item === "small" ? small : none,
  });
  /** Right about the small lesion; finds 7 of the 10 rows of the large one, at seed 1 only 5. */
  const findsSmall: Draw = (item, seed) => ({
    sure: item === "large" ? mask([1, 5, 14, seed === 1 ? 5 : 7]) : item === "small" ? small : none,
  });
  const diceOfLarge = [(2 * 98) / (140 + 98), (2 * 70) / (140 + 70)];

  let planted: Drawn;
  beforeAll(async () => {
    const arms = { large: findsLarge, small: findsSmall };
    planted = await plantDrawn(world, world.database.teamId, {
      name: "Small or large?",
      items,
      arms,
      seeds: [0, 1],
      withThresholds: true,
    });
    await planted.measure();
  });

  const fields = `ledger { threshold thresholdsMissing swaps { key armX armY reference difference } spread { arm low high lowConvention highConvention }
    rows { name key convention aggregation background bothEmpty order arms { arm mean sd low high seeds items undefinedItems } }
    thresholds { arm thresholds mean low high } }`;

  it("has every convention, the reference first, as done by hand", async () => {
    const { ledger } = await ask<{ ledger: Ledger }>(planted.runIds(), fields);
    expect(ledger.rows).toHaveLength(8);
    expect(ledger.rows[0]).toMatchObject({
      key: "perItem-out-undefined",
      aggregation: "PER_ITEM",
      background: false,
      bothEmpty: "UNDEFINED",
      order: ["small", "large"],
    });
    const meanOf = (key: string) => ledger.rows.find((row) => row.key === key)!.arms.map((arm) => arm.mean);
    const small = (diceOfLarge[0]! + diceOfLarge[1]!) / 2;
    expect(meanOf("perItem-out-undefined")[0]).toBe(1 / 2); // 1 and 0
    expect(meanOf("perItem-out-undefined")[1]).toBeCloseTo((small + 1) / 2, 12);
    expect(meanOf("perItem-out-0")[1]).toBeCloseTo((small + 1 + 0) / 3, 12);
    expect(meanOf("perItem-out-1")[1]).toBeCloseTo((small + 1 + 1) / 3, 12);
    const pooled = [(2 * (98 + 4)) / (98 + 4 + 144), (2 * (70 + 4)) / (70 + 4 + 144)];
    expect(meanOf("pooled-out")[0]).toBeCloseTo((2 * 140) / (140 + 144), 12);
    expect(meanOf("pooled-out")[1]).toBeCloseTo((pooled[0]! + pooled[1]!) / 2, 12);
    // background of "large" on the item "small": 252 true, nothing wrong but the 4 that were missed
    expect(meanOf("perItem-in-0")[0]).toBeCloseTo(((1 + 1) / 2 + (0 + 1) / 2 + (0 + (2 * 252) / 508) / 2) / 3, 12);
    expect(ledger.rows[0]!.arms[1]).toMatchObject({ seeds: 2, items: 2, undefinedItems: 1 });
    expect(ledger.rows[1]!.arms[1]).toMatchObject({ seeds: 2, items: 3, undefinedItems: 0 });
    expect(ledger.rows.every((row) => row.convention.startsWith(row.name))).toBe(true);
    expect(ledger.rows.find((row) => row.key === "pooled-out")!.bothEmpty).toBeNull();
  });

  it("shows the swap that pooling makes, and how far the conventions spread", async () => {
    const { ledger } = await ask<{ ledger: Ledger }>(planted.runIds(), fields);
    expect(ledger.swaps.map((swap) => swap.key)).toEqual(["pooled-out", "pooled-in"]);
    const [swap] = ledger.swaps;
    expect(swap).toMatchObject({ armX: "large", armY: "small" });
    expect(swap!.reference).toBeLessThan(0);
    expect(swap!.difference).toBeGreaterThan(0);
    expect(ledger.spread[0]).toMatchObject({ arm: "large", low: 1 / 3 });
    expect(ledger.spread[0]!.lowConvention).toBe("per item, background out, both empty = 0");
  });

  it("is computed again at another threshold, and refuses one that was not counted", async () => {
    const at = (threshold: number) => fields.replace("ledger {", `ledger(threshold: ${threshold}) {`);
    const { ledger } = await ask<{ ledger: Ledger }>(planted.runIds(), at(0.3));
    expect(ledger).toMatchObject({ threshold: 0.3, thresholdsMissing: 0 });
    expect(ledger.rows[0]!.arms[0]!.mean).toBe(1);
    expect((await refusal(planted.runIds(), at(0.33))).extensions.code).toBe("BAD_INPUT");
    const [curve] = ledger.thresholds;
    expect(curve!.thresholds).toHaveLength(19);
    expect(curve!.mean).toEqual([...Array(6).fill(1), ...Array(6).fill(1 / 2), ...Array(7).fill(0)]);
  });

  it("keeps items without a region out of the sizes, and counts them", async () => {
    const board = await ask<{ regionSizes: Sizes }>(
      planted.runIds(),
      "regionSizes { convention withoutRegion points { itemName pixels scores { arm dice equivalentError atLeast } } arms { arm atLeast } }",
    );
    expect(board.regionSizes.withoutRegion).toBe(1);
    expect(board.regionSizes.points.map((point) => [point.itemName, point.pixels])).toEqual([
      ["small", 4],
      ["large", 140],
    ]);
    // nothing of the small lesion was found: at least the erosion of one pixel that leaves nothing
    expect(board.regionSizes.points[0]!.scores[0]).toEqual({
      arm: "large",
      dice: 0,
      equivalentError: 1,
      atLeast: true,
    });
    expect(board.regionSizes.arms.map((arm) => arm.atLeast)).toEqual([1, 0]);
  });

  it("is the same for the runs of an experiment, asked by the experiment", async () => {
    const { data } = await world.graphql<{ experiment: { scoredSet: object; validation: null } }>(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) { scoredSet { items size classes arms { arm seeds } labelVersion { number } } validation: scoredSet(fold: VALIDATION) { size } } }`,
      { id: planted.experiment.id },
    );
    expect(data!.experiment).toEqual({
      scoredSet: {
        items: 3,
        size: 16,
        classes: ["polyp"],
        arms: [
          { arm: "large", seeds: 2 },
          { arm: "small", seeds: 2 },
        ],
        labelVersion: { number: 1 },
      },
      validation: null,
    });
    const turned = planted.runIds().toReversed();
    const { arms } = await ask<{ arms: { arm: string; runIds: string[] }[] }>(turned, "arms { arm runIds }");
    expect(arms).toEqual([
      { arm: "small", runIds: planted.runIds("small") },
      { arm: "large", runIds: planted.runIds("large") },
    ]);
  });
});

describe("arms that are off by known pixels", () => {
  /** 6 x 6 of 16 x 16: 14 % of the image. Ten of them: the fewest for an interval over items. */
  const names = Array.from({ length: 10 }, (_, i) => `item ${i}`);
  const seeds = [0, 1, 2, 3, 4];
  const shifted = (pixels: number): ReturnType<Draw> => ({ sure: mask([3 + pixels, 3, 6, 6]) });
  const off = (seed: number) => (seed % 2 === 0 ? 3 : 2); // 3, 2, 3, 2, 3: 2.6 in the mean
  const dice = (pixels: number) => (2 * 6 * (6 - pixels)) / 72;

  let planted: Drawn;
  beforeAll(async () => {
    planted = await plantDrawn(world, world.database.teamId, {
      name: "Off by how much?",
      items: names.map((name) => ({ name, fold: "test", truth: [mask([3, 3, 6, 6])] })),
      arms: { "by 1": () => shifted(1), "by 2 or 3": (_item, seed) => shifted(off(seed)) },
      seeds,
    });
  });

  const table = `measuring { done total failed error } metrics { reference metrics { name unit higherIsBetter convention }
    rows { arm cells { metric mean sd low high seeds items undefinedItems difference { estimate low high seeds items verdict reason } } } }`;
  const cellsOf = ({ metrics }: Table, arm: string) =>
    new Map(metrics.rows.find((row) => row.arm === arm)!.cells.map((cell) => [cell.metric, cell]));

  it("have no number that needs a mask before it is measured, and no verdict before all are", async () => {
    const before = await ask<Table>(planted.runIds(), table);
    expect(before.measuring).toEqual({ done: 0, total: 100, failed: 0, error: null });
    const cells = cellsOf(before, "by 2 or 3");
    const meanDice = (3 * dice(3) + 2 * dice(2)) / 5;
    expect(cells.get("dice")!.mean).toBeCloseTo(meanDice, 12);
    expect(cells.get("dice")!.difference!.verdict).toBe("WORSE");
    expect(cells.get("hd95")).toMatchObject({ mean: null, low: null, seeds: 0, items: 0, undefinedItems: 0 });
    expect(cells.get("hd95")!.difference).toMatchObject({
      estimate: null,
      verdict: null,
      reason: "No comparison yet: by 1 has no score.",
    });
    const fields = "regionSizes { points { itemName } arms { equivalentError items seeds } } droppedPixels { share }";
    const sizes = await ask<{ regionSizes: Sizes; droppedPixels: Dropped[] }>(planted.runIds(), fields);
    expect(sizes.regionSizes.points).toEqual([]);
    expect(sizes.regionSizes.arms[0]).toEqual({ equivalentError: null, items: 0, seeds: 0 });
    expect(sizes.droppedPixels).toEqual([]);

    await planted.measure(8); // of ten evaluations: arms take turns by seed
    const partly = await ask<Table>(planted.runIds(), table);
    expect(partly.measuring).toMatchObject({ done: 80, total: 100 });
    const { difference, seeds: measured } = cellsOf(partly, "by 2 or 3").get("hd95")!;
    expect(measured).toBeLessThan(5);
    expect(difference!.verdict).toBeNull();
    expect(difference!.reason).toContain(
      "No verdict yet: the masks of 2 runs of these two arms are not measured in full.",
    );
  });

  it("are told apart by every metric, in the direction that is better", async () => {
    await planted.measure();
    const { metrics, measuring } = await ask<Table>(planted.runIds(), table);
    expect(measuring).toEqual({ done: 100, total: 100, failed: 0, error: null });
    expect(metrics.reference).toBe("by 1");
    expect(metrics.metrics.every((metric) => metric.convention.length > 0)).toBe(true);
    expect(metrics.metrics.map((metric) => metric.name)).not.toContain("hd95Mm"); // no item has a spacing
    const cells = cellsOf({ metrics, measuring }, "by 2 or 3");
    // the right edge, 6 of 20 outline pixels, is off by the whole shift
    expect(cells.get("hd95")).toMatchObject({ mean: 2.6, seeds: 5, items: 10, undefinedItems: 0 });
    expect(cells.get("hd95")!.difference).toMatchObject({ seeds: 5, items: 10, verdict: "WORSE" });
    expect(cells.get("hd95")!.difference!.estimate).toBeCloseTo(2.6 - 1, 12);
    expect(cells.get("equivalentError")!.mean).toBeCloseTo(2.6, 5);
    expect(cells.get("lesionF1")!.mean).toBe(1);
    expect(cells.get("dice")!.difference!.estimate).toBeCloseTo((3 * dice(3) + 2 * dice(2)) / 5 - dice(1), 12);
    expect(cellsOf({ metrics, measuring }, "by 1").get("hd95")!.difference).toBeNull();

    const other = await ask<Table>(planted.runIds(), table.replace("metrics {", 'metrics(reference: "by 2 or 3") {'));
    expect(cellsOf(other, "by 1").get("hd95")!.difference!.verdict).toBe("BETTER");
    const { extensions } = await refusal(planted.runIds(), 'metrics(reference: "C") { reference }');
    expect(extensions).toMatchObject({ code: "BAD_INPUT", field: "reference" });
  });

  it("have their shift as equivalent error, per item, per arm and in their stratum", async () => {
    await planted.measure();
    const { regionSizes, droppedPixels } = await ask<{ regionSizes: Sizes; droppedPixels: Dropped[] }>(
      planted.runIds(),
      `regionSizes { convention points { itemName regionShare oneErosion oneShift twoShift threeShift readerDice scores { arm dice equivalentError } }
        arms { arm equivalentError low high seeds items atLeast }
        strata { label items onePixelDice readerDice readers arms { arm dice low high equivalentError errorLow } } }
      droppedPixels { placement stratum share dice items convention }`,
    );
    const [point] = regionSizes.points;
    expect(point).toMatchObject({ itemName: "item 0", oneErosion: 0.615385, readerDice: null });
    // eroded to 4 x 4: 2 * 16 / (36 + 16); moved by 1, 2, 3 of 6 pixels; six digits are kept
    expect(point!.regionShare).toBeCloseTo(36 / 256, 12);
    expect([point!.oneShift, point!.twoShift, point!.threeShift]).toEqual([0.833333, 0.666667, 0.5]);
    expect(point!.scores[1]!.equivalentError).toBeCloseTo(2.6, 5);
    const [by1, by2or3] = regionSizes.arms;
    expect(by1).toMatchObject({ seeds: 5, items: 10, atLeast: 0 });
    expect(by1!.equivalentError).toBeCloseTo(1, 5);
    expect(by2or3!.equivalentError).toBeCloseTo(2.6, 5);
    expect(by2or3!.low!).toBeLessThan(2.6);
    const filled = regionSizes.strata.filter((stratum) => stratum.items > 0);
    expect(filled).toMatchObject([
      { label: "5–15 %", items: 10, onePixelDice: expect.closeTo(0.833333, 12), readerDice: null, readers: 0 },
    ]);
    expect(filled[0]!.arms[0]!.low).toBeCloseTo(dice(1), 12); // ten items alike: an interval of no width
    expect(droppedPixels.map((curve) => curve.stratum)).toContain("5–15 %");
    const inside = droppedPixels.find((curve) => curve.placement === "inside" && curve.stratum === "all")!;
    inside.share.forEach((share, i) => {
      const missed = Math.round(share * 36);
      expect(inside.dice[i]).toBeCloseTo((2 * (36 - missed)) / (36 + 36 - missed), 5);
      expect(inside.items[i]).toBe(10);
    });
  });
});

describe("contiguity", () => {
  const two = mask([1, 1, 6, 6], [10, 10, 4, 4]); // 36 and 16 pixels
  const one = mask([4, 4, 6, 6]);
  const items = [
    { name: "test", fold: "test" as const, truth: [two] },
    { name: "validation", fold: "validation" as const, truth: [one] },
  ];
  /** A false piece of 9 pixels on validation alone: dropping all but the largest piece is right there, and wrong on test. */
  const speckled: Draw = (item) => ({ sure: item === "test" ? two : mask([4, 4, 6, 6], [0, 0, 3, 3]) });
  /** One lesion of two, with a hole of one pixel. */
  const holed: Draw = (item) => {
    const drawn = mask(item === "test" ? [1, 1, 6, 6] : [4, 4, 6, 6]);
    drawn[(item === "test" ? 3 : 6) * 16 + (item === "test" ? 3 : 6)] = 0;
    return { sure: drawn };
  };

  it("chooses post-processing on validation alone, and shows what it costs on test", async () => {
    const planted = await plantDrawn(world, world.database.teamId, {
      name: "In pieces?",
      items,
      arms: { speckled, holed },
      seeds: [0, 1],
    });
    const fields = `contiguity { convention arms { arm pieces truthPieces holes specks falsePieces largestShare dice seeds items }
      postProcessing { arm choice { keep minPixels fillHoles text } before { dice pieces holes largestShare } after { dice pieces holes } difference { estimate seeds items }
        candidates { text validationDice } }
      gallery { arm seed runId pieces truthPieces holes largestShare dice predictionUrl item { name } } }`;
    const pending = await ask<{ contiguity: Pieces }>(planted.runIds(), fields);
    expect(pending.contiguity.arms[0]).toMatchObject({ arm: "speckled", pieces: null, dice: null, items: 0 });
    expect(pending.contiguity.postProcessing[0]).toMatchObject({ choice: null, after: null, difference: null });

    await planted.measure();
    const { contiguity } = await ask<{ contiguity: Pieces }>(planted.runIds(), fields);
    const nothing = { specks: 0, falsePieces: 0 };
    expect(contiguity.arms).toMatchObject([
      { arm: "speckled", pieces: 2, truthPieces: 2, holes: 0, largestShare: 36 / 52, dice: 1, items: 1, ...nothing },
      { arm: "holed", pieces: 1, truthPieces: 2, holes: 1, largestShare: 1, dice: 70 / (35 + 52), ...nothing },
    ]);
    const [first, second] = contiguity.postProcessing;
    expect(first!.choice).toEqual({ keep: "largest", minPixels: 0, fillHoles: false, text: "largest piece" });
    expect(first).toMatchObject({ before: { dice: 1, pieces: 2 }, after: { dice: 72 / (36 + 52), pieces: 1 } });
    expect(first!.difference).toMatchObject({ estimate: 72 / 88 - 1, seeds: 2, items: 1 });
    expect(first!.candidates[0]).toEqual({ text: "as predicted", validationDice: 72 / (45 + 36) });
    expect(second!.choice).toMatchObject({ keep: "all", fillHoles: true, text: "holes filled" });
    expect(second!.after).toMatchObject({ dice: 72 / 88, pieces: 1, holes: 0 });
    expect(contiguity.gallery.map(({ arm, seed, item }) => [arm, seed, item.name])).toEqual([
      ["holed", 0, "test"],
      ["holed", 1, "test"],
    ]);
    expect(contiguity.gallery[0]).toMatchObject({
      runId: planted.runIds("holed")[0],
      pieces: 1,
      truthPieces: 2,
      holes: 1,
    });
  });
});

describe("several classes", () => {
  it("are averaged per item, or asked for one at a time", async () => {
    const square = mask([2, 2, 4, 4]);
    const planted = await plantDrawn(world, world.database.teamId, {
      name: "Polyp or tool?",
      classes: ["polyp", "tool"],
      items: [{ name: "both", fold: "test", truth: [square, square] }],
      arms: { A: (_item, _seed, classIndex) => ({ sure: classIndex === 0 ? square : mask([4, 2, 4, 4]) }) },
      seeds: [0],
    });
    await planted.measure();
    const meanOf = async (args: string) => {
      const { metrics } = await ask<Table>(planted.runIds(), `metrics${args} { rows { arm cells { metric mean } } }`);
      return metrics.rows[0]!.cells.find((cell) => cell.metric === "dice")!.mean;
    };
    expect(await meanOf("(classIndex: 0)")).toBe(1);
    expect(await meanOf("(classIndex: 1)")).toBe(1 / 2);
    expect(await meanOf("")).toBe(3 / 4);
    const board = "regionSizes(classIndex: 1) { points { scores { dice } } }";
    const { regionSizes } = await ask<{ regionSizes: Sizes }>(planted.runIds(), board);
    expect(regionSizes.points).toEqual([{ scores: [{ dice: 1 / 2 }] }]);
    for (const field of ["metrics(classIndex: 2) { reference }", "contiguity(classIndex: -1) { convention }"]) {
      const { message, extensions } = await refusal(planted.runIds(), field);
      expect(extensions).toMatchObject({ code: "BAD_INPUT", field: "classIndex" });
      expect(message).toContain("0 (polyp), 1 (tool)");
    }
  });
});

describe("runs that are no set", () => {
  let mine: Planted;
  let second: Planted;
  let other: Planted;
  beforeAll(async () => {
    mine = await plant(world, world.database.teamId, { name: "Mine" });
    second = await plant(world, world.database.teamId, { name: "Second" });
    other = await plant(world, world.database.otherTeamId, { name: "Theirs" });
  });

  it("are refused: other labels, none, twice, not scored on the fold, too many", async () => {
    const [a, b] = [mine.runIds[0]!, second.runIds[0]!];
    const mixed = await refusal([a, b]);
    expect(mixed.extensions).toMatchObject({ code: "BAD_INPUT", runId: b, differsIn: "labelVersionId" });
    expect(mixed.message).toContain("score both against one label version");
    expect((await refusal([])).extensions).toMatchObject({ code: "BAD_INPUT", field: "runIds" });
    expect((await refusal([a, a])).extensions).toMatchObject({ code: "BAD_INPUT", field: "runIds" });
    const many = Array.from({ length: 201 }, (_, i) => `00000000-0000-4000-8000-${String(i).padStart(12, "0")}`);
    expect((await refusal(many)).extensions).toMatchObject({ code: "BAD_INPUT", field: "runIds" });
    expect((await refusal([a], "size", "VALIDATION")).extensions).toMatchObject({ runId: a, fold: "validation" });
  });

  it("are not found in another team", async () => {
    const { message, extensions } = await refusal([mine.runIds[0]!, other.runIds[0]!]);
    expect(extensions).toMatchObject({ code: "NOT_FOUND", id: other.runIds[0] });
    expect(message).not.toContain("Theirs");
    expect((await refusal(mine.runIds, "size", "TEST", world.otherToken)).extensions.code).toBe("NOT_FOUND");
  });
});

interface Ledger {
  threshold: number | null;
  rows: {
    name: string;
    key: string;
    convention: string;
    bothEmpty: string | null;
    arms: { arm: string; mean: number | null }[];
  }[];
  swaps: { key: string; reference: number; difference: number }[];
  spread: { arm: string; lowConvention: string }[];
  thresholds: { thresholds: number[]; mean: number[] }[];
}

interface Sizes {
  withoutRegion: number;
  points: {
    itemName: string;
    pixels: number;
    regionShare: number;
    oneShift: number | null;
    twoShift: number;
    threeShift: number;
    scores: { equivalentError: number | null }[];
  }[];
  arms: { equivalentError: number | null; low: number | null; atLeast: number }[];
  strata: { items: number; arms: { low: number | null }[] }[];
}

interface Table {
  measuring: object;
  metrics: {
    reference: string;
    metrics: { name: string; convention: string }[];
    rows: {
      arm: string;
      cells: {
        metric: string;
        mean: number | null;
        seeds: number;
        difference: { estimate: number; verdict: string | null; reason: string } | null;
      }[];
    }[];
  };
}

interface Dropped {
  placement: string;
  stratum: string;
  share: number[];
  dice: number[];
  items: number[];
}

interface Pieces {
  arms: object[];
  postProcessing: { choice: object | null; after: object; difference: object; candidates: object[] }[];
  gallery: { arm: string; seed: number; item: { name: string } }[];
}
