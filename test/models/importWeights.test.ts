/** The real ImageNet MobileNets, where they are: ../shared/data beside the repository. Read-only. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { parseGraph } from "@tessera/domain/weights/graph";
import { importReport, zeroFilters } from "@tessera/domain/weights/importReport";
import { recognise } from "@tessera/domain/weights/recognise";
import { reportText } from "@tessera/domain/weights/report";
import { readSafetensors } from "@tessera/domain/weights/safetensors";
import { initEngine } from "@tessera/engine/backend";
import { openImaging } from "@tessera/imaging/client";
import { mobilenet } from "@tessera/models/classification/mobilenet";
import { calibrate, foldedWeights } from "@tessera/models/weights/import/calibrate";
import { type NamedWeights, writeWeights } from "@tessera/models/weights/named";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { naturalImage } from "./support/naturalImages.ts";
import { type PlainGraph, plainResults } from "./support/plainGraph.ts";

beforeAll(() => initEngine({ threads: 1 }));

const data = fileURLToPath(new URL("../../../shared/data", import.meta.url));
const present = existsSync(`${data}/imagenet-mobilenet`) && existsSync(`${data}/natural-images`);
if (!present)
  console.warn("The ImageNet MobileNets are not at ../shared/data: the tests of importing them are SKIPPED");

function load(name: string) {
  const file = `${data}/imagenet-mobilenet/float32/${name}`;
  const { tensors } = readSafetensors(readFileSync(`${file}.safetensors`));
  const text = readFileSync(`${file}.graph.json`, "utf8");
  return {
    tensors,
    graph: parseGraph(text),
    plain: JSON.parse(text) as PlainGraph,
    net: recognise(parseGraph(text), tensors),
  };
}

const imaging = openImaging({ processes: 1 });
afterAll(() => imaging.close());

const image = (name: string, size: number) => naturalImage(`${data}/natural-images/${name}.bmp`, size);
async function hotDog(size: number): Promise<ReturnType<typeof image>> {
  const bytes = await imaging.prepareImage(readFileSync(`${data}/natural-images/hot_dog.jpg`), size);
  return { shape: [size, size, 3], data: Float64Array.from(bytes, (byte) => (byte - 128) / 128) };
}
const tensorOf = ({ shape, data: values }: ReturnType<typeof image>) =>
  tf.tensor4d(Float32Array.from(values), [1, ...shape]);
const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a, (value, i) => Math.abs(value - b[i]!)).reduce((most, value) => Math.max(most, value), 0);

const nets = [
  { name: "mobilenet_v1_0.25_128", family: "mobilenetV1", size: 128, alpha: 0.25, right: ["cat", "bird"] },
  {
    name: "mobilenet_v1_0.5_160",
    family: "mobilenetV1",
    size: 160,
    alpha: 0.5,
    right: ["cat", "bird", "dragonfly", "hot dog"],
  },
  {
    name: "mobilenet_v2_1.0_224",
    family: "mobilenetV2",
    size: 224,
    alpha: 1,
    right: ["cat", "bird", "dragonfly", "hot dog"],
  },
] as const;
const isRight = {
  cat: /(Egyptian|tiger) cat|tabby/i,
  bird: /chickadee/i,
  dragonfly: /dragonfly/i,
  "hot dog": /hotdog/i,
};

// The plain forward pass of the largest is 300 million multiply-adds in JavaScript.
describe.skipIf(!present).each(nets)("$name", ({ name, family, size, alpha, right }) => {
  it("is recognised, and its report tells every tensor", () => {
    const { net, tensors } = load(name);
    expect(net).toMatchObject({ family, size, alpha, classes: 1001 });
    const report = importReport(net, tensors);
    expect(report.skipped).toEqual([]);
    expect(report.loaded.length + report.adapted.length).toBe(tensors.size);
  });

  it("computes what the graph file says, folded and with batch normalisation put back, and knows the images", async () => {
    const { net, tensors, plain } = load(name);
    const labels = readFileSync(`${data}/imagenet-mobilenet/imagenet_labels.txt`, "utf8").trim().split("\n");
    const model = mobilenet(net, 1);
    const calibration = tf.concat(["sunflower", "cat"].map((each) => tensorOf(image(each, size)))) as tf.Tensor4D;
    const { weights } = calibrate(net, tensors, calibration);
    const computed = (each: NamedWeights, picture: ReturnType<typeof image>) => {
      writeWeights(model, each);
      return (model.predict(tensorOf(picture)) as tf.Tensor).dataSync();
    };
    const cat = image("cat", size);
    const logits = plainResults(plain, tensors, cat).get(plain.layers.at(-2)!.name)!.data;
    expect(largestDifference(computed(foldedWeights(net, tensors), cat), logits)).toBeLessThan(1e-4);
    expect(largestDifference(computed(weights, cat), logits)).toBeLessThan(1e-4);
    for (const subject of right) {
      const got = computed(weights, subject === "hot dog" ? await hotDog(size) : image(subject, size));
      expect(labels[got.indexOf(Math.max(...got))], subject).toMatch(isRight[subject]);
    }
    model.dispose();
  });
});

describe.skipIf(!present)("calibration", () => {
  it("gives every batch normalisation the statistics of what comes in, so that training starts from the same outputs", () => {
    const { net, tensors } = load("mobilenet_v1_0.25_128");
    const pictures = ["cat", "bird", "dragonfly", "sunflower"].map((each) => tensorOf(image(each, 128)));
    const images = tf.concat(pictures) as tf.Tensor4D;
    const { weights } = calibrate(net, tensors, images);
    const model = mobilenet(net, 1);
    writeWeights(model, weights);
    const inference = (model.predict(images) as tf.Tensor).dataSync();
    const training = (model.apply(images, { training: true }) as tf.Tensor).dataSync();
    expect(largestDifference(training, inference)).toBeLessThan(0.01);
    model.dispose();
  });

  it("tells filters that quantisation set to 0 from those that never answer", () => {
    const { net, tensors } = load("mobilenet_v1_0.25_128");
    const { kernel, bias } = net.layers[2]!; // block1/pointwise
    const { shape, data: values } = tensors.get(kernel)!;
    const filters = shape[3]!;
    const alive = [0, 1].map((_, i) => zeroFilters(tensors.get(kernel)!).includes(i));
    expect(alive).toEqual([false, false]);
    const planted = new Map(tensors);
    planted.set(kernel, { shape, data: values.map((value, i) => (i % filters === 0 ? 0 : value)) });
    const biases = tensors.get(bias)!;
    planted.set(bias, { shape: biases.shape, data: biases.data.map((value, i) => (i === 1 ? -1000 : value)) });
    const images = tensorOf(image("cat", 128));
    const of = (from: typeof planted) => {
      const found = calibrate(net, from, images).deadFilters.find(({ layer }) => layer === "block1/pointwise");
      return found ?? { layer: "block1/pointwise", filters, quantised: 0, trained: 0 };
    };
    const [before, after] = [of(tensors as typeof planted), of(planted)];
    expect(after).toEqual({ ...before, quantised: before.quantised + 1, trained: before.trained! + 1 });
    expect(reportText({ loaded: [], adapted: [], skipped: [], deadFilters: [after] })).toContain(
      `${after.quantised} of ${filters} are 0 since they were quantised, ${after.trained} more never above 0`,
    );
  });
});

describe.skipIf(!present)("what is no MobileNet", () => {
  const { graph, tensors } = present ? load("mobilenet_v2_1.0_224") : ({} as ReturnType<typeof load>);
  it("is refused with the first layer that differs", () => {
    const layers = graph.layers.map((layer, i) => (i === 3 ? { ...layer, strides: [2, 2] } : layer));
    expect(() => recognise({ ...graph, layers }, tensors)).toThrow("layer 3 should be conv 1,1,16,96 strides 1 relu6");
    const unadded = graph.layers.map((layer) => (layer.op === "add" ? { ...layer, op: "mul" } : layer));
    expect(() => recognise({ ...graph, layers: unadded }, tensors)).toThrow(
      "should be added to that of block1/project",
    );
    const missing = new Map([...tensors].slice(1));
    expect(() => recognise(graph, missing)).toThrow("absent from the weights");
  });
});
