/** Cat v. x-ray on planted weights and on a run: what is reported is what was planted. */
import * as tf from "@tensorflow/tfjs";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { inspectionKinds } from "@tessera/domain/inspections/kinds";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { weightVariables } from "@tessera/models/weights/named";
import { filterResponses } from "@tessera/training/inspections/filterResponses";
import type { Given } from "@tessera/training/inspections/given";
import { inspectedRun } from "@tessera/training/inspections/inspectedRun";
import type { TrainingItem } from "@tessera/training/items";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { Session } from "./support/session.ts";

const size = 32;
const runId = "00000000-0000-4000-8000-000000000001";
const hash = (digit: string) => digit.repeat(64);
const request = {
  runId,
  images: [
    { name: "cat", sha256: hash("a"), itemId: null },
    { name: "x-ray", sha256: hash("b"), itemId: null },
  ],
} as const;

const pixelsOf = (index: number): Uint8Array => {
  const random = keyedRandom({ seed: 9, epoch: 0, index });
  return Uint8Array.from({ length: size * size * 3 }, () => 255 * random());
};
const item = (index: number): TrainingItem => ({
  itemId: `00000000-0000-4000-8000-${index.toString(16).padStart(12, "0")}`,
  classValues: index % 2 ? [0, 1] : [1, 0],
  read: async () => ({ image: pixelsOf(index), mask: new Uint8Array() }),
});
const fold = (from: number, count: number) => Array.from({ length: count }, (_, i) => item(from + i));
const items: Record<Fold, TrainingItem[]> = { train: fold(0, 8), validation: fold(8, 20), test: fold(28, 2) };
const configuration = {
  ...classificationDefaults,
  model: { family: "cbr", size, net: "tiny" } as const,
  batchSize: 4,
  epochs: 1,
  threads: 1,
};
const labels = { classes: 2, exclusive: true };
const pictures: Record<string, Uint8Array> = { [hash("a")]: pixelsOf(100), [hash("b")]: pixelsOf(101) };

/** What was stored, and the progress told. */
function givenOf(run: ReturnType<Given["run"]>) {
  const stored = new Map<string, { pixels: Uint8Array; width: number; height: number }>();
  const told: string[] = [];
  const given = {
    run: () => run,
    picture: async (sha256: string) => pictures[sha256]!,
    storePicture: async (pixels: Uint8Array, width: number, height: number) => {
      expect(pixels).toHaveLength(width * height * 3);
      stored.set(`picture ${stored.size}`, { pixels, width, height });
      return `picture ${stored.size - 1}`;
    },
    progress: (done: number, total: number) => void told.push(`${done}/${total}`),
  } as unknown as Given;
  return { given, stored, told };
}

/** Two networks of one seed, the second changed by hand. */
function planted(change: (weights: ReadonlyMap<string, tf.Variable>) => void, model: object = configuration.model) {
  const own = { ...configuration, model } as typeof configuration;
  const task = taskOf(own, labels);
  const made = async (at: "start" | "end") => {
    const net = task.model(4);
    if (at === "end") change(weightVariables(net));
    return net;
  };
  const run = {
    runId,
    configuration: own,
    seed: 4,
    items,
    itemsAt: async () => items,
    masks: null,
    task,
    model: made,
    randomModel: task.model,
  };
  return givenOf(run);
}

const edit = (variable: tf.Variable, of: (value: number, index: number) => number) =>
  tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(variable.dataSync(), of), variable.shape)));

beforeAll(() => initEngine({ threads: 1 }));

describe("the filters of planted weights", () => {
  it("tell which one died, which one travelled, and by how much", async () => {
    const { given, told } = planted((weights) => {
      edit(weights.get("block1/conv/kernel")!, (value, i) => (i % 64 === 5 ? 3 * value : value));
      edit(weights.get("block1/conv/norm/beta")!, (value, i) => (i === 7 ? -1000 : value));
    });
    const result = await filterResponses(request, given);
    expect(result.depths.map(({ block }) => block)).toEqual(["block0", "block1", "block2", "block3"]);
    expect(result).toMatchObject({ size, channels: 3, validationItems: 20 });

    const [first, second, third] = result.depths;
    expect(first!.shown.every(({ change }) => change === 0)).toBe(true);
    expect(second!.shown[0]!.change).toBeGreaterThan(second!.shown[1]!.change);
    expect(new Set(second!.shown.slice(0, 2).map(({ filter }) => filter))).toEqual(new Set([5, 7]));
    expect(second!.shown[2]!.change).toBe(0);
    const tripled = second!.shown.find(({ filter }) => filter === 5)!;
    expect(tripled.distance).toBeCloseTo(2, 5);
    for (const image of [0, 1]) expect(tripled.after[image]!.mean / tripled.before[image]!.mean).toBeCloseTo(3, 4);
    const dead = second!.shown.find(({ filter }) => filter === 7)!;
    expect(dead.after.map(({ active, high }) => [active, high])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(dead.before.every(({ active }) => active > 0)).toBe(true);
    expect(second!.distances).toMatchObject({ low: 0, middle: 0, high: expect.closeTo(2, 5) });
    expect(third!.shown[0]!.change).toBeGreaterThan(0); // it sees what changed
    expect(third!.distances).toMatchObject({ high: 0 });

    const layer = result.layers.find(({ block }) => block === "block1")!;
    expect(layer.filters).toBe(64);
    const died = [...layer.images, layer.both, layer.validation].map(({ before, after }) => after - before);
    expect(died).toEqual([1, 1, 1, 1]);
    expect(layer.both.before).toBeLessThanOrEqual(Math.min(...layer.images.map(({ before }) => before)));
    expect(told).toEqual(Array.from({ length: 8 }, (_, done) => `${done}/7`));
  });

  it("are drawn one column a filter and one row a set of answers, by one scale a column", async () => {
    const { given, stored } = planted((weights) =>
      edit(weights.get("block0/conv/kernel")!, (value, i) => (i % 32 === 3 ? 2 * value : value)),
    );
    const { depths, images } = await filterResponses(request, given);
    const { shown, shownSide, sha256, side } = depths[0]!;
    const { pixels, width, height } = stored.get(sha256)!;
    expect([shown.length, side, shownSide, width, height]).toEqual([16, 32, 32, 16 * 32, 4 * 32]);
    const [{ filter, black, white, before, after }] = shown as [(typeof shown)[number]];
    expect([filter, black]).toEqual([3, 0]);
    expect(white).toBeCloseTo(Math.max(...before.map(({ high }) => high), ...after.map(({ high }) => high)), 5);
    const net = taskOf(configuration, labels).model(4);
    const part = tf.model({ inputs: net.inputs, outputs: net.getLayer("block0/relu").output as tf.SymbolicTensor });
    const x = tf.tensor4d(
      Float32Array.from(pictures[hash("b")]!, (byte) => byte / 127.5 - 1),
      [1, size, size, 3],
    );
    const answers = (part.predict(x) as tf.Tensor).dataSync();
    for (const [y, column] of [
      [0, 0],
      [5, 9],
      [31, 31],
      [16, 2],
    ] as const) {
      const value = answers[(y * size + column) * 32 + 3]!;
      const grey = (row: number) => pixels[3 * ((row * size + y) * width + column)]!;
      expect(Math.abs(grey(2) - (255 * value) / white)).toBeLessThanOrEqual(0.51); // before, of the second image
      expect(Math.abs(grey(3) - (255 * 2 * value) / white)).toBeLessThanOrEqual(0.51); // after: twice
    }
    expect(images.map(({ name }) => name)).toEqual(["cat", "x-ray"]);
    expect(stored.get(images[0]!.sha256)!.pixels).toEqual(pictures[hash("a")]);
  });

  it("of the first layer have their frequency content, before and after", async () => {
    const { given, stored } = planted(
      (weights) => edit(weights.get("block0/conv/kernel")!, (value, i) => (i % 32 === 2 ? 1 : value)), // a smooth one: all weights equal
    );
    const { firstLayer } = await filterResponses(request, given);
    expect(firstLayer).toMatchObject({ kernel: "block0/conv/kernel", side: 5, highFrequency: 0.25 });
    const [unchanged, smooth] = [firstLayer.filters[0]!, firstLayer.filters[2]!];
    expect(unchanged.after).toEqual(unchanged.before);
    expect(smooth.highAfter!).toBeLessThan(0.2);
    expect(smooth.highBefore!).toBeGreaterThan(0.5);
    expect(smooth.after[0]!).toBeCloseTo(3 * 25 ** 2, 6); // at frequency 0 the square of each channel's sum
    const { width, height } = stored.get(firstLayer.sha256)!;
    expect([width, height]).toEqual([32 * 5, 2 * 5]);
  });

  it("of a network that sees grey are asked in grey, and of a MobileNet by its depthwise and pointwise kernels", async () => {
    const model = { family: "mobilenetV2", size, alpha: 0.35, channels: 1 };
    const { given, stored } = planted(
      (weights) => edit(weights.get("block2/depthwise/kernel")!, (value, i) => (i % 48 === 11 ? -value : value)),
      model,
    );
    const { depths, images, channels, layers } = await filterResponses(request, given);
    expect(channels).toBe(1);
    const seen = stored.get(images[0]!.sha256)!.pixels;
    expect(seen.every((value, i) => value === seen[i - (i % 3)])).toBe(true);
    const depth = depths.find(({ block }) => block === "block2")!;
    expect(depth).toMatchObject({
      layer: "block2/depthwise/relu",
      filters: 48,
      distances: { high: expect.closeTo(2, 5), middle: 0 },
    });
    expect(depth.shown[0]).toMatchObject({ filter: 11, distance: expect.closeTo(2, 5) });
    expect(layers).toHaveLength(35);
    expect(depths.at(-1)).toMatchObject({ block: "last", side: 1, shownSide: 1 });
  });
});

it("of a run are those before its first step and those of its best checkpoint", async () => {
  const session = new Session();
  await session.run({ configuration, items, ...labels }, 100);
  const best = session.of("checkpoint").findLast(({ kind }) => kind === "best")!;
  const run = inspectedRun({
    runId,
    configuration,
    seed: 1,
    ...labels,
    items,
    itemsAt: async () => items,
    checkpoint: async () => session.blobs.get(best.sha256)!,
    startingWeights: async () => null,
    importedWeights: async () => undefined,
    masks: null,
  });
  const { given } = givenOf(run);
  const { depths, firstLayer } = await filterResponses(request, given);
  for (const { change, distances } of depths) {
    expect(change).toBeGreaterThan(0);
    expect(distances!.middle).toBeGreaterThan(0);
    expect(distances!.high).toBeLessThan(1); // two steps go not far
  }
  expect(firstLayer.filters).toHaveLength(32);
  expect(JSON.parse(JSON.stringify(depths))).toEqual(depths); // no NaN, which JSON has not
});

describe("a request", () => {
  const { parse, files, runIds } = inspectionKinds.filterResponses;
  it("names two files and a run", () => {
    expect(parse(request)).toEqual(request);
    expect([runIds(parse(request)), files!(parse(request))]).toEqual([[runId], [hash("a"), hash("b")]]);
  });

  it.each([
    [{ ...request, images: request.images.slice(1) }, "images: expected two images"],
    [{ ...request, runId: "1" }, "runId: expected the id of a run"],
    [{ ...request, images: [request.images[0], { ...request.images[1], name: "" }] }, "images.1.name"],
    [{ ...request, images: [{ ...request.images[0], sha256: "x" }, request.images[1]] }, "images.0.sha256"],
    [{ ...request, other: 1 }, "other"],
  ])("that is not right is refused", (wrong, message) => {
    expect(() => parse(wrong)).toThrow(message);
  });
});
