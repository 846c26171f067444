/** Tile maps on models that are really trained, on bags whose telling tiles are known. */
import { rankedTiles } from "@tessera/analysis/explanations/similarity";
import { oddness } from "@tessera/analysis/explanations/tileLocalisation";
import { type MilConfiguration, type MilRunModel, milDefaults } from "@tessera/domain/configuration/milRun";
import { inspectionKinds } from "@tessera/domain/inspections/kinds";
import type { TileMapKind, TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { layerParts } from "@tessera/models/explanations/cascade";
import { readWeights } from "@tessera/models/weights/named";
import { witnessBags } from "@tessera/synthetic/witnessBags";
import { ClassLabels } from "@tessera/training/classification/labels";
import { guardKinds } from "@tessera/training/explanations/guard";
import { copied, untrainedWeights } from "@tessera/training/explanations/guardedRun";
import { openTileExplainer, scaledBag } from "@tessera/training/explanations/tileExplainer";
import type { Given } from "@tessera/training/inspections/given";
import { inspectedBags } from "@tessera/training/inspections/inspectedBags";
import { tileMaps } from "@tessera/training/inspections/tileMaps";
import type { TrainingItem } from "@tessera/training/items";
import { MultipleInstance } from "@tessera/training/mil/task";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

beforeAll(() => initEngine({ threads: 1 }));

const [tiles, features] = [60, 16];
const planted = witnessBags({ seed: 4, bags: 120, tiles, witnesses: 4, features });
const idOf = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
const item = (index: number): TrainingItem => ({
  itemId: idOf(index),
  classValues: index % 2 === 1 ? [0, 1] : [1, 0],
  bagSize: { tiles, features },
  read: async () => ({
    image: new Uint8Array(),
    mask: new Uint8Array(),
    bag: { tiles, features, values: planted[index]!.values },
  }),
});
const plantedOf = (itemId: string) => planted[Number.parseInt(itemId.slice(-12), 16)]!.witnesses;
const fold = (from: number, count: number) => Array.from({ length: count }, (_, each) => item(from + each));
const allItems: Record<Fold, TrainingItem[]> = { train: fold(0, 60), validation: fold(60, 40), test: fold(100, 20) };
const runId = idOf(999);

const configurationOf = (model: MilRunModel): MilConfiguration => ({
  ...milDefaults,
  model,
  optimizer: { ...milDefaults.optimizer, learningRate: 3e-3 },
  batchSize: 4,
  epochs: 15,
  threads: 1,
});

interface Told {
  readonly result: TileMapsResult;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  readonly progress: readonly [number, number][];
}

async function asked(
  model: MilRunModel,
  { epochs = 15, ...request }: { readonly epochs?: number; readonly [field: string]: unknown } = {},
  over: Partial<Given> = {},
  lastEpoch = false,
): Promise<Told> {
  const configuration = { ...configurationOf(model), epochs, ...(lastEpoch && { choose: "last" as const }) };
  const items = lastEpoch ? { ...allItems, validation: [] } : allItems;
  const session = new Session();
  expect(await session.run({ configuration, items, classes: 2, exclusive: true })).toBe("succeeded");
  const best = session.of("checkpoint").findLast(({ kind }) => kind === "best")!;
  const run = inspectedBags({
    ...{ runId, configuration, seed: 1, classes: 2, exclusive: true, items, keptBytes: 0 },
    checkpoint: async () => session.blobs.get(best.sha256)!,
    startingWeights: async () => null,
    importedWeights: async () => undefined,
    tileTruth: {
      source: "tileLabels",
      itemIds: new Set(items.validation.map(({ itemId }) => itemId)),
      tiles: async (itemId, classIndex) => {
        const truth = new Uint8Array(tiles);
        for (const tile of plantedOf(itemId)) truth[tile] = 1;
        return classIndex === 1 ? truth : null;
      },
    },
    origin: () => null,
    places: async () => Array.from({ length: tiles }, (_, tile) => ({ x: 10 * tile, y: 0, width: 10, height: 10 })),
  });
  const progress: [number, number][] = [];
  const blobs = new Map<string, Uint8Array>();
  const none = () => Promise.reject(new Error("no files"));
  const given: Given = {
    ...{ run: () => expect.fail("no images"), bagRun: () => expect.fail("no memory"), bags: () => run },
    ...{ freeBytes: () => 20e9, picture: none, storePicture: none, readBlob: none },
    storeBlob: async (bytes) => {
      blobs.set(`blob ${blobs.size}`, bytes.slice());
      return `blob ${blobs.size - 1}`;
    },
    progress: (done, total) => void progress.push([done, total]),
    ...over,
  };
  const result = await tileMaps(inspectionKinds.tileMaps.parse({ runId, labelSteps: 200, ...request }), given);
  return { result, blobs, progress };
}

const attention = { family: "attentionMil", encoder: [16], dropout: 0, hidden: 8, attention: "gated" } as const;
const checkOf = ({ checks }: TileMapsResult, kind: TileMapKind) => checks.find((each) => each.kind === kind)!;

describe("a trained attention model on planted witnesses", () => {
  let told: Told;
  beforeAll(async () => {
    told = await asked(attention);
  }, 60_000);

  it.each(["attention", "score"] as const)("its %s passes both checks and finds the witnesses", (kind) => {
    const check = checkOf(told.result, kind);
    expect([check.verdict, check.weights!.verdict, check.labels!.verdict]).toEqual(["passes", "passes", "passes"]);
    expect([check.items, check.blank, check.weights!.n, check.labels!.n]).toEqual([12, 0, 8, 12]);
    expect(check.weights!.left.map(({ measure }) => measure)).toEqual(["signed", "magnitude"]); // tiles are no picture
    const { auc, items: located, positiveShare, topHit } = check.localisation!;
    expect(auc.low).toBeGreaterThan(0.95);
    expect(topHit.mean).toBeGreaterThan(0.9);
    expect(located).toBe(20); // the positive ones of 40
    expect(positiveShare.mean).toBeCloseTo(4 / tiles, 9);
  });

  it("random weights go from the head downwards; the head alone changes no attention", () => {
    const [ofAttention, ofScore] = [checkOf(told.result, "attention"), checkOf(told.result, "score")];
    for (const { cascade } of [ofAttention, ofScore]) {
      expect(cascade.map(({ block }) => block)).toEqual(["head", "attention", "encoder"]);
      expect(cascade.every(({ chance }) => chance.signed === 0 && chance.structure === null)).toBe(true);
    }
    expect(ofAttention.cascade[0]!.similarity.signed).toBeCloseTo(1, 6);
    expect(ofScore.cascade[0]!.similarity.signed).toBeLessThan(0.7);
  });

  it("shows positive bags of validation, surest first, with every map as a file and its highest tiles with places", () => {
    const { result, blobs, progress } = told;
    expect([result.score, result.tileTruth, result.chosenAmong]).toEqual(["contribution", "tileLabels", 40]);
    expect(result.items).toHaveLength(6);
    const sure = result.items.map(({ probabilities, classIndex }) => probabilities[classIndex]!);
    expect(sure).toEqual(sure.toSorted((a, b) => b - a));
    for (const { itemId, fold: of, truth, classIndex, maps, tiles: count } of result.items) {
      expect([of, count, truth[classIndex]]).toEqual(["validation", tiles, 1]);
      expect(maps.map(({ kind, classIndex: index }) => [kind, index])).toEqual([
        ["attention", null],
        ["score", 0],
        ["score", 1],
      ]);
      const values = maps.map(({ values: file }) => new Float32Array(blobs.get(file)!.buffer));
      expect(values[0]!.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      for (const [place, { low, high, top }] of maps.entries()) {
        expect([low, high]).toEqual([Math.min(...values[place]!), Math.max(...values[place]!)]);
        expect(top.map(({ value }) => value)).toEqual([...values[place]!].sort((a, b) => b - a).slice(0, 24));
        for (const { tile, value, place: at } of top) {
          expect([values[place]![tile], at]).toEqual([value, { x: 10 * tile, y: 0, width: 10, height: 10 }]);
        }
      }
      if (truth[1] === 1) expect(plantedOf(itemId)).toContain(maps[0]!.top[0]!.tile);
    }
    expect(progress.at(-1)![0]).toBe(progress.at(-1)![1]);
  });
});

it.each<[string, MilRunModel, TileMapKind, RegExp]>([
  [
    "instances",
    { family: "instanceMil", encoder: [16], dropout: 0, pooling: "max" },
    "attention",
    /No learnt attention/,
  ],
  [
    "a transformer",
    { family: "transformerMil", encoder: [16], dropout: 0, heads: 2, landmarks: null },
    "score",
    /learnt from the class token alone/,
  ],
])(
  "%s show one kind of map, and say why not the other",
  async (_, model, missing, why) => {
    const { result } = await asked(model, { epochs: 1, count: 1, guardItems: 6, draws: 5, labelSteps: 20 });
    const there = missing === "attention" ? "score" : "attention";
    expect(result.checks.map(({ kind }) => kind)).toEqual([there]);
    expect([result.missing[there], result.missing[missing]]).toEqual([null, expect.stringMatching(why)]);
    expect(result.items.flatMap(({ maps }) => maps.map(({ kind }) => kind))).not.toContain(missing);
  },
  60_000,
);

describe("an attention that does not depend on the model", () => {
  it("is stamped so, as is one that the model only tints", async () => {
    const configuration = configurationOf(attention);
    const task = new MultipleInstance(configuration, new ClassLabels(2, true), { features, largest: tiles });
    await task.prepare(allItems);
    const model = task.model(1);
    const explainer = openTileExplainer(task, model);
    const options = {
      model,
      trained: copied(readWeights(model)),
      untrained: untrainedWeights(
        { model: () => expect.fail("not asked"), randomModel: (seed) => task.model(seed) },
        5,
      ),
      labelRandomised: null,
      items: allItems.validation.slice(0, 6),
      partOf: layerParts(model),
      onMap: () => undefined,
    };
    const odd = async (each: TrainingItem) =>
      oddness((await scaledBag(task, each)).values.subarray(0, tiles * features), tiles);
    const guards = await guardKinds(
      3,
      async (each) => {
        const [own] = await explainer.maps(await scaledBag(task, each));
        const fixed = await odd(each);
        return [own!.values, fixed, fixed.map((value, tile) => value * (1 + own!.values[tile]!))].map(rankedTiles);
      },
      options,
    );
    expect(guards.map(({ weights }) => weights!.verdict === "independent")).toEqual([false, true, true]);
    expect(guards[1]!.weights!.left.every(({ low }) => low! > 0.999)).toBe(true);
    expect(guards[1]!.verdict).toBe("independent");
    explainer.dispose();
    model.dispose();
  });
});

it("refuses a run that has no validation fold to be checked on, and says what to ask", async () => {
  await expect(asked(attention, { epochs: 1 }, {}, true)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringMatching(/no validation item.+Ask it of a run.+with a validation fold/),
  });
});

it("refuses what would not fit, before a bag is read", async () => {
  await expect(asked(attention, { epochs: 1 }, { freeBytes: () => 1e6 })).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/need up to \d+\.\d GB of memory.*name a label-randomised run/),
  });
}, 60_000);

describe("the request", () => {
  const { parse, checkRuns } = inspectionKinds.tileMaps;
  it("has defaults, and names items of its own accord", () => {
    expect(parse({ runId })).toEqual({
      ...{ runId, choice: "confidentRight", itemIds: [], count: 6, guardItems: 12, draws: 8, labelSteps: 300 },
    });
    expect(parse({ runId, itemIds: [idOf(1)] }).choice).toBe("named");
    expect(() => parse({ runId, methods: ["gradCam"] })).toThrow(/methods/);
  });

  it("is of runs on bags, and of a label-randomised run of the same architecture", () => {
    const of = (model: MilRunModel) => configurationOf(model);
    expect(() => checkRuns!(parse({ runId }), [{ task: "classification" } as never])).toThrow(/runs on bags of tiles/);
    checkRuns!(parse({ runId }), [of(attention), of({ ...attention, dropout: 0.3 })]);
    expect(() => checkRuns!(parse({ runId }), [of(attention), of({ ...attention, hidden: 9 })])).toThrow(
      /differs in hidden/,
    );
    expect(() => checkRuns!(parse({ runId }), [of(attention), { task: "classification" } as never])).toThrow(
      /differs in task/,
    );
  });
});
