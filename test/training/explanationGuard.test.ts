/** The guard on a net that is really trained, on shapes whose place is known. */
import { edgeMap, greyOf } from "@tessera/analysis/explanations/baselineMaps";
import { localisation } from "@tessera/analysis/explanations/localisation";
import { oneClass } from "@tessera/domain/classValues";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { Fold } from "@tessera/domain/words";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { type NamedWeights, readWeights, writeWeights } from "@tessera/models/weights/named";
import { shapeNames, shapePicture } from "@tessera/synthetic/shapes";
import { readCheckpoint, scoredWeights } from "@tessera/training/checkpoint";
import { valuesOf } from "@tessera/training/classification/classTable";
import { type Explain, type Explainer, openExplainer } from "@tessera/training/explanations/explainer";
import { type GuardedItem, type GuardOptions, guardMaps, guardMethod } from "@tessera/training/explanations/guard";
import {
  type LabelRandomised,
  permutedLabels,
  trainOnPermutedLabels,
} from "@tessera/training/explanations/labelRandomised";
import { itemInMemory, type TrainingItem } from "@tessera/training/items";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

const size = 32;
const classOf = (index: number): 0 | 1 => (index % 2 === 0 ? 0 : 1);
const pictureOf = (index: number) => shapePicture(5, index, [shapeNames[classOf(index)]], size);
/** A shape is 120 levels brighter than its ground, whose grain is 50. */
const maskOf = (index: number) =>
  Uint8Array.from({ length: size * size }, (_, i) => (pictureOf(index)[3 * i]! >= 140 ? 1 : 0));

const shape = (index: number): TrainingItem => ({
  ...itemInMemory(`00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`, {
    image: pictureOf(index),
    mask: new Uint8Array(),
  }),
  classValues: oneClass(classOf(index), 2),
});
const fold = (from: number, count: number) => Array.from({ length: count }, (_, place) => shape(from + place));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 160), validation: fold(160, 24), test: fold(184, 4) };

const configuration = {
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 8, blocks: [1, 1, 1], stem: "3x3" } as const,
  optimizer: { ...classificationDefaults.optimizer, learningRate: 5e-3 },
  augmentation: { flip: false, rotate90: false, brightness: 0.1 },
  batchSize: 16,
  epochs: 4,
  threads: 1,
};
const task = taskOf(configuration, { classes: 2, exclusive: true });
const copied = (weights: NamedWeights): NamedWeights =>
  new Map([...weights].map(([name, { shape: sides, data }]) => [name, { shape: sides, data: data.slice() }]));

describe("heat maps of a net that tells rings from squares", () => {
  let explainer: Explainer;
  let options: GuardOptions;
  let labelRandomised: LabelRandomised;
  let made = 0;

  beforeAll(async () => {
    const session = new Session();
    expect(await session.run({ configuration, items, classes: 2, exclusive: true })).toBe("succeeded");
    expect(session.points("validation/auc").at(-1)![1]).toBeGreaterThan(0.98);
    const trained = scoredWeights(readCheckpoint(session.latest().bytes));
    const model = task.model(0);
    const start = task.model(1);
    labelRandomised = await trainOnPermutedLabels({
      task,
      seed: 1,
      items: items.train,
      start,
      steps: 120,
      onStep: () => made++,
    });
    start.dispose();
    writeWeights(model, trained);
    explainer = openExplainer(model, { baseline: "mean", integration: { steps: 32, most: 32 } });
    const untrained = Array.from({ length: 8 }, (_, draw) => {
      const random = task.model(1000 + draw);
      const weights = copied(readWeights(random));
      random.dispose();
      return weights;
    });
    const guarded = items.validation.slice(0, 12).map((_, place): GuardedItem => {
      const image = new Float32Array(size * size * 3);
      lookUp(pictureOf(160 + place), normalizedValues, image);
      return { image, classIndex: classOf(160 + place) };
    });
    options = {
      model,
      trained,
      untrained,
      labelRandomised: labelRandomised.weights,
      items: guarded,
      onMap: () => made++,
    };
  }, 120_000);

  it("Grad-CAM passes, and the cascade goes to the stem", async () => {
    made = 0;
    const guard = await guardMethod(explainer.methods.gradCam, options);
    expect(guard.weights!.verdict).toBe("passes");
    expect(guard.labels!.verdict).toBe("passes");
    expect(guard.verdict).toBe("passes");
    expect(guard.weights!.n).toBe(8);
    expect(guard.cascade.map(({ block }) => block)).toEqual([
      "head",
      "stage3/block0",
      "stage2/block0",
      "stage1/block0",
      "stem",
    ]);
    expect(guard.cascade.at(-1)!.similarity.signed).toBeLessThan(0.6);
    expect(made).toBe(guardMaps(12, 5, 8, true));
    expect(copied(readWeights(options.model))).toEqual(copied(options.trained));
  });

  it("Grad-CAM finds the shape better than chance, edges and the middle do", async () => {
    const located = [];
    for (const [place, { image, classIndex }] of options.items.entries()) {
      const map = (await explainer.methods.gradCam(image, classIndex)).values;
      located.push({ map, image, mask: maskOf(160 + place) });
    }
    const found = localisation(located, size)!;
    expect(found.items).toBe(12);
    expect(found.auc.low).toBeGreaterThan(0.8);
    expect(found.overEdgeDetector.low).toBeGreaterThan(0);
    expect(found.overCentrePrior.low).toBeGreaterThan(0);
  });

  it("an edge detector that poses as an explanation fails, as does one that Grad-CAM only tints", async () => {
    const edges: Explain = async (image) => ({ values: edgeMap(greyOf(image), size), integration: null });
    const guard = await guardMethod(edges, options);
    expect(guard.weights!.left.every(({ low }) => low! > 0.999)).toBe(true);
    expect(guard.labels!.verdict).toBe("independent");
    expect(guard.verdict).toBe("independent");
    const tinted: Explain = async (image, classIndex) => {
      const { values } = await explainer.methods.gradCam(image, classIndex);
      return { values: edgeMap(greyOf(image), size).map((edge, i) => edge * (0.2 + values[i]!)), integration: null };
    };
    expect((await guardMethod(tinted, options)).verdict).toBe("independent");
  });

  it("integrated gradients depend on the model in part: their sign is the model's, their strength half the image's", async () => {
    const guard = await guardMethod(explainer.methods.integratedGradients, {
      ...options,
      items: options.items.slice(0, 8),
    });
    const [signed, magnitude] = guard.weights!.left;
    expect(Math.abs(signed!.estimate)).toBeLessThan(0.1);
    expect(magnitude!.estimate).toBeGreaterThan(0.35);
    expect(magnitude!.estimate).toBeLessThan(0.65);
    expect(["passes", "partly"]).toContain(guard.verdict);
  });

  it("maps that show nothing leave a method undecided", async () => {
    const nothing: Explain = async () => ({ values: new Float32Array(size * size), integration: null });
    const guard = await guardMethod(nothing, options);
    expect(guard).toEqual({ items: 0, blank: 12, cascade: [], weights: null, labels: null, verdict: "undecided" });
  });

  it("without a label-randomised model a method that passes otherwise is undecided", async () => {
    const guard = await guardMethod(explainer.methods.gradCam, { ...options, labelRandomised: null });
    expect(guard.weights!.verdict).toBe("passes");
    expect([guard.labels, guard.verdict]).toEqual([null, "undecided"]);
  });

  it("a net that is trained on permuted labels learns them by heart, and tells how far", () => {
    expect(labelRandomised.accuracy).toBeGreaterThan(0.8);
    expect(labelRandomised.chance).toBe(0.5);
    const permuted = permutedLabels(items.train, 1);
    const ones = (all: readonly TrainingItem[]) => all.filter((item) => valuesOf(item)[1] === 1).length;
    expect(ones(permuted)).toBe(80);
    const moved = permuted.filter((item, place) => valuesOf(item)[1] !== valuesOf(items.train[place]!)[1]).length;
    expect(moved).toBeGreaterThan(60);
    expect(moved).toBeLessThan(100);
    expect(permutedLabels(items.train, 1)).toEqual(permuted);
  });
});
