/** Networks that see grey images, and U-Nets on a MobileNet: started from imported weights and from a classifier's run. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { StartingWeights } from "@tessera/domain/configuration/training";
import type { WeightsReport } from "@tessera/domain/weights/report";
import { readSafetensors } from "@tessera/domain/weights/safetensors";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { fitStem } from "@tessera/models/weights/stem";
import { scoringBatch, trainingBatch } from "@tessera/training/batches";
import { readCheckpoint } from "@tessera/training/checkpoint";
import type { TrainingItem } from "@tessera/training/items";
import { openNetwork } from "@tessera/training/network";
import { writeSafetensors } from "@tessera/training/safetensors";
import { start } from "@tessera/training/startingWeights";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { mobilenetFile } from "../support/mobilenetFile.ts";
import { discItems } from "./support/items.ts";
import { Session } from "./support/session.ts";

const size = 32;
const net = { family: "mobilenetV1", size, alpha: 0.25 } as const;
const files = mobilenetFile({ ...net, classes: 5 });
const source = readSafetensors(files.weights).tensors;
const id = "00000000-0000-4000-8000-000000000000";
const imported = { kind: "imported", weightsId: id, part: "encoder" } as const;

/** @param grey three equal channels */
function item(index: number, grey: boolean): TrainingItem {
  const random = keyedRandom({ seed: 5, epoch: 0, index });
  const image = new Uint8Array(size * size * 3);
  for (let i = 0; i < image.length; i++) image[i] = grey && i % 3 > 0 ? image[i - 1]! : 255 * random();
  const itemId = `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`;
  return { itemId, classValues: index % 2 ? [0, 1] : [1, 0], read: async () => ({ image, mask: new Uint8Array() }) };
}
const folds = (grey: boolean): Record<Fold, TrainingItem[]> => {
  const fold = (from: number, count: number) => Array.from({ length: count }, (_, i) => item(from + i, grey));
  return { train: fold(0, 8), validation: fold(8, 4), test: fold(12, 4) };
};
const base = { ...classificationDefaults, batchSize: 4, epochs: 1, threads: 1 };
const labels = { classes: 2, exclusive: true };

/** A started network, scored on the first items, with its report. */
async function started(
  configuration: RunConfiguration,
  items = folds(true),
  checkpoint: Uint8Array | null = null,
  file = files,
) {
  const task = taskOf(configuration, configuration.task === "classification" ? labels : {});
  const network = openNetwork(task, 1);
  let report: WeightsReport | undefined;
  const storeBlob = async (bytes: Uint8Array) => {
    report = JSON.parse(Buffer.from(bytes).toString()) as WeightsReport;
    return "0".repeat(64);
  };
  const importedWeights = checkpoint === null ? file : undefined;
  await start({ configuration, seed: 1, items, importedWeights, startingWeights: checkpoint, storeBlob }, network);
  const { batch } = await scoringBatch(items.train.slice(0, 4), task);
  const { probabilities } = await network.score(batch);
  const weights = new Map([...network.state().weights].map(([name, { data }]) => [name, data.slice()]));
  network.dispose();
  return { weights, report: report!, probabilities, images: batch.inputs[0]!.values };
}
const classifierOf = (channels: 1 | 3, startingWeights: StartingWeights = imported): RunConfiguration => ({
  ...base,
  model: { ...net, channels },
  startingWeights,
});

beforeAll(() => initEngine({ threads: 1 }));

describe("a network of one channel", () => {
  it("says of grey images what the one of three says of them, and reports its stem as adapted", async () => {
    const [one, three] = [await started(classifierOf(1)), await started(classifierOf(3))];
    expect(one.images).toHaveLength(4 * size * size);
    for (const [i, value] of one.probabilities.entries()) expect(value).toBeCloseTo(three.probabilities[i]!, 5);
    expect(new Set([...one.probabilities].map((value) => value.toFixed(3))).size).toBeGreaterThan(2);
    expect(one.weights.get("stem/conv/kernel")).toEqual(fitStem(source.get("stem/conv/k")!, 1).data);
    const stem = (report: WeightsReport) => report.adapted.find(({ name }) => name === "stem/conv/kernel");
    expect(stem(one.report)?.how).toBe("three channels to one: the sum over the input channels");
    expect(stem(three.report)).toBeUndefined();
  });

  it("is calibrated on grey: its first normalisation has the statistics of what it sees of colour images", async () => {
    const configuration = classifierOf(1);
    const { weights } = await started(configuration, folds(false));
    const kernel = weights.get("stem/conv/kernel")!;
    const { batch } = await scoringBatch(folds(false).train, taskOf(configuration, labels));
    // The mean of a convolution by hand: padded right and bottom only, at every second pixel.
    let sum = 0;
    for (let image = 0; image < 8; image++) {
      for (let y = 0; y < size; y += 2) {
        for (let x = 0; x < size; x += 2) {
          for (let tap = 0; tap < 9; tap++) {
            const [row, column] = [y + Math.floor(tap / 3), x + (tap % 3)];
            if (row < size && column < size)
              sum += kernel[tap * 8]! * batch.inputs[0]!.values[(image * size + row) * size + column]!;
          }
        }
      }
    }
    expect(weights.get("stem/conv/norm/movingMean")![0]).toBeCloseTo(sum / (8 * (size / 2) ** 2), 4);
  });

  it("sees the luma of Rec. 601, and of equal channels the one", async () => {
    const task = taskOf(
      { ...classifierOf(1), augmentation: { flip: false, rotate90: false, brightness: 0 } } as RunConfiguration,
      labels,
    );
    const [colour] = folds(false).train;
    const { image } = await colour!.read();
    const { batch } = await scoringBatch([colour!], task);
    for (let pixel = 0; pixel < size * size; pixel++) {
      const luma = 0.299 * image[3 * pixel]! + 0.587 * image[3 * pixel + 1]! + 0.114 * image[3 * pixel + 2]!;
      expect(Math.abs((batch.inputs[0]!.values[pixel]! + 1) * 127.5 - luma)).toBeLessThan(0.501);
    }
    const all = Array.from({ length: 4 }, (_, index) => item(index, true));
    const varied = await trainingBatch(all, task, 1, 0);
    const bytes = (values: Iterable<number>) => [...values].map((value) => Math.round((value + 1) * 127.5)).sort();
    const reds = await Promise.all(all.map(async (each) => (await each.read()).image.filter((_, i) => i % 3 === 0)));
    expect(bytes(varied.inputs[0]!.values)).toEqual([...reds.flatMap((each) => [...each])].sort());
  });

  it("draws statistics at the scale of the fitted stem, not of three drawn ones added", async () => {
    const statistics = { kind: "statistics", of: { kind: "imported", weightsId: id }, part: "encoder" } as const;
    // Red and blue cancel, and green is faint: so is the sum.
    const kernel = source.get("stem/conv/k")!;
    const data = kernel.data.map((value, i) => [value, value / 50, -kernel.data[i - 16]!][Math.floor(i / 8) % 3]!);
    const tensors = new Map(source).set("stem/conv/k", { shape: kernel.shape, data });
    const file = { graph: files.graph, weights: new Uint8Array(writeSafetensors({ tensors, metadata: {} })) };
    const { weights } = await started(classifierOf(1, statistics), folds(true), null, file);
    const power = (values: Float32Array) => values.reduce((sum, value) => sum + value ** 2, 0);
    const ratio = power(weights.get("stem/conv/kernel")!) / power(fitStem({ shape: kernel.shape, data }, 1).data);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });
});

describe("a U-Net on a MobileNet", () => {
  const items = discItems({ train: 8, validation: 4, test: 2 }, size);
  const unet = (startingWeights: StartingWeights, channels: 1 | 3 = 3): RunConfiguration => ({
    ...segmentationDefaults,
    model: {
      ...segmentationDefaults.model,
      size,
      channels,
      baseFilters: 4,
      encoder: { kind: net.family, alpha: net.alpha },
    },
    optimizer: { ...segmentationDefaults.optimizer, learningRate: 1e-2 },
    startingWeights,
    batchSize: 4,
    epochs: 2,
    threads: 1,
  });

  it("starts from imported weights, says how its stem was fitted, and trains", async () => {
    const session = new Session();
    const outcome = await session.run({ configuration: unet(imported, 1), items, importedWeights: files }, 100);
    expect(outcome).toBe("succeeded");
    const said = session
      .of("log")
      .map(({ message }) => message)
      .join("\n");
    expect(said).toContain("26 loaded, 109 adapted, 0 skipped");
    const { weights } = readCheckpoint(session.latest().bytes);
    expect(weights.get("stem/conv/kernel")!.shape).toEqual([3, 3, 1, 8]);
    expect(weights.get("stem/conv/kernel")!.data).not.toEqual(fitStem(source.get("stem/conv/k")!, 1).data);
  });

  it("starts from a classifier's run: its encoder, and nothing of its head", async () => {
    const classifier = new Session();
    const configuration = classifierOf(3, { kind: "random" });
    await classifier.run({ configuration, items: folds(true), ...labels }, 1);
    const { bytes } = classifier.latest();
    const { weights, report } = await started(unet({ kind: "run", runId: id, part: "encoder" }), items, bytes);
    const earlier = readCheckpoint(bytes).weights;
    expect(report.skipped).toEqual([]);
    expect(report.loaded).toHaveLength(27 * 5);
    for (const name of report.loaded) expect(weights.get(name), name).toEqual(earlier.get(name)!.data);
    expect(report.loaded.some((name) => /^(head|decoder)/.test(name))).toBe(false);
  });
});
