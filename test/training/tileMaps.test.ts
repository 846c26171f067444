/** Tile maps on models that are really trained, on bags whose telling tiles are known. */
import { type MilConfiguration, type MilRunModel, milDefaults } from "@tessera/domain/configuration/milRun";
import { inspectionKinds } from "@tessera/domain/inspections/kinds";
import type { TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { witnessBags } from "@tessera/synthetic/witnessBags";
import type { Given } from "@tessera/training/inspections/given";
import { inspectedBags } from "@tessera/training/inspections/inspectedBags";
import { tileMaps } from "@tessera/training/inspections/tileMaps";
import type { TrainingItem } from "@tessera/training/items";
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
  read: async () => ({ image: new Uint8Array(), mask: new Uint8Array(), bag: { tiles, features, values: planted[index]!.values } }),
});
const fold = (from: number, count: number) => Array.from({ length: count }, (_, each) => item(from + each));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 60), validation: fold(60, 40), test: fold(100, 20) };
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

async function asked(model: MilRunModel, request: object = {}): Promise<Told> {
  const configuration = configurationOf(model);
  const session = new Session();
  expect(await session.run({ configuration, items, classes: 2, exclusive: true })).toBe("succeeded");
  const best = session.of("checkpoint").findLast(({ kind }) => kind === "best")!;
  const run = inspectedBags({
    ...{ runId, configuration, seed: 1, classes: 2, exclusive: true, items },
    checkpoint: async () => session.blobs.get(best.sha256)!,
    startingWeights: async () => null,
    importedWeights: async () => undefined,
    tileTruth: {
      source: "tileLabels",
      itemIds: new Set(items.validation.map(({ itemId }) => itemId)),
      tiles: async (itemId, classIndex) => {
        const { witnesses } = planted[Number.parseInt(itemId.slice(-12), 16)]!;
        const truth = new Uint8Array(tiles);
        for (const tile of witnesses) truth[tile] = 1;
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
  };
  const result = await tileMaps(inspectionKinds.tileMaps.parse({ runId, labelSteps: 200, ...request }), given);
  return { result, blobs, progress };
}

const attention = { family: "attentionMil", encoder: [16], dropout: 0, hidden: 8, attention: "gated" } as const;

describe("tile maps", () => {
  it("prints", async () => {
    const families: MilRunModel[] = [
      attention,
      { ...attention, attention: "plain" },
      { family: "instanceMil", encoder: [16], dropout: 0, pooling: "max" },
      { family: "instanceMil", encoder: [16], dropout: 0, pooling: "mean" },
      { family: "embeddingMil", encoder: [16], dropout: 0, pooling: "mean" },
      { family: "embeddingMil", encoder: [16], dropout: 0, pooling: "max" },
      { family: "tileLabelMil", encoder: [16], dropout: 0 },
      { family: "dualStreamMil", encoder: [16], dropout: 0, hidden: 8 },
      { family: "transformerMil", encoder: [16], dropout: 0, heads: 2, landmarks: null },
    ];
    for (const model of families) {
      const { result, progress } = await asked(model);
      for (const check of result.checks) {
        console.log(model.family, "pooling" in model ? model.pooling : "", check.kind, check.verdict, check.items, check.blank, JSON.stringify(check.weights?.left.map((l) => [l.measure, l.estimate.toFixed(2), l.low?.toFixed(2), l.high?.toFixed(2)])), JSON.stringify(check.labels?.left.map((l) => [l.measure, l.estimate.toFixed(2), l.low?.toFixed(2), l.high?.toFixed(2)])), check.cascade.map((c) => `${c.block} ${c.similarity.signed.toFixed(2)}`).join("; "), "AUC", check.localisation?.auc.mean.toFixed(3), "hit", check.localisation?.topHit.mean.toFixed(2), "odd", check.localisation?.oddness.mean.toFixed(3));
      }
      console.log(JSON.stringify(result.labelRandomised), result.missing, progress.at(-1));
    }
  });
});
