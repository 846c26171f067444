import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { rewritten } from "@tessera/engine/graph/passes/all";
import { liveNodes } from "@tessera/engine/graph/passes/liveNodes";
import { type GraphNode, Recorder } from "@tessera/engine/graph/recorder";
import { recordShapes } from "@tessera/engine/graph/shapeRecording";
import { ShapeTensors } from "@tessera/engine/graph/shapeTensors";
import { beforeAll, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

/** What `body` does, as nodes, and the operations that its result needs after the passes. */
function record(body: () => tf.Tensor): { nodes: GraphNode[]; live: string[] } {
  const backend = nodeBackend();
  const recorder = new Recorder(backend.binding);
  const shapes = new ShapeTensors(backend.binding);
  const restore = recordShapes(backend.binding, recorder, shapes);
  const result = tf.tidy(body);
  restore();
  const output = recorder.symbol(backend.getInputTensorIds([result])[0]!);
  const step = { nodes: recorder.nodes, inputs: [], outputs: [output] };
  const nodes = [...rewritten(step, { isStateful: () => false, fuseConvolutions: true })];
  const live = liveNodes(nodes, [output], () => false).map((index) => {
    const node = nodes[index]!;
    return "op" in node ? node.op : "Const";
  });
  recorder.release();
  shapes.dispose();
  return { nodes, live };
}

const x = () => tf.tensor1d([1, -2]).add(0);
/** To TensorFlow now, and not while they are recorded. */
const upload = (...tensors: tf.Tensor[]) => nodeBackend().getInputTensorIds(tensors);

it("makes ReluGrad of ReLU's gradient, behind a layer or alone", () => {
  const input = x();
  const { live } = record(() => tf.grad((value) => tf.relu(value).mul(3).sum())(input));
  expect(live).toContain("ReluGrad");
  expect(live).not.toContain("Greater");
  expect(live).not.toContain("Cast");
});

it("keeps products with another mask", () => {
  const input = x();
  const threshold = record(() => input.mul(input.greater(0.5).toFloat())).live;
  expect(threshold).toEqual(expect.arrayContaining(["Greater", "Mul"]));
  const broadcast = record(() => tf.ones([3, 2]).mul(tf.step(input))).live;
  expect(broadcast).not.toContain("ReluGrad");
});

it("drops what no result needs", () => {
  const input = x();
  expect(
    record(() => {
      input.exp();
      return input.neg();
    }).live,
  ).toEqual(["Neg"]);
});

/** conv -> bias -> ReLU, twice, the second over the first joined with `image`: the smallest net with all that is rewritten. */
const joined = (image: tf.Tensor4D, kernels: readonly tf.Tensor[]) => {
  const [first, firstBias, second, secondBias] = kernels as [tf.Tensor4D, tf.Tensor, tf.Tensor4D, tf.Tensor];
  const a = tf.relu(tf.conv2d(image, first, 1, "same").add(firstBias)) as tf.Tensor4D;
  return tf.relu(tf.conv2d(tf.concat([a, image], 3), second, 1, "same").add(secondBias));
};
const image = () => tf.randomNormal([2, 8, 8, 3], 0, 1, "float32", 1) as tf.Tensor4D;
const kernels = () => [
  tf.randomNormal([3, 3, 3, 4], 0, 0.3, "float32", 2),
  tf.randomNormal([4], 0, 0.3, "float32", 3),
  tf.randomNormal([3, 3, 7, 5], 0, 0.3, "float32", 4),
  tf.randomNormal([5], 0, 0.3, "float32", 5),
];
const gradients = (x: tf.Tensor4D, weights: readonly tf.Tensor[]) =>
  tf.grads((...all: tf.Tensor[]) =>
    joined(all[0] as tf.Tensor4D, all.slice(1))
      .square()
      .mean(),
  )([x, ...weights]);

it("makes one operation of a convolution, its bias and its ReLU, and keeps it apart where another needs what is between", () => {
  const [x, [kernel, bias]] = [image(), kernels() as [tf.Tensor4D, tf.Tensor]] as const;
  upload(x, kernel, bias);
  const convolved = () => tf.conv2d(x, kernel!, 1, "same").add(bias!);
  const operations = (body: () => tf.Tensor) => record(body).live.filter((op) => op !== "Const");
  expect(operations(() => tf.relu(convolved()))).toEqual(["_FusedConv2D"]);
  expect(operations(() => convolved())).toEqual(["_FusedConv2D"]);
  const both = record(() => {
    const linear = convolved();
    return tf.relu(linear).add(linear);
  }).live;
  expect(both).toEqual(expect.arrayContaining(["Relu", "_FusedConv2D"]));
  const unfused = record(() => tf.conv2d(x, kernel!, 1, "same").add(tf.ones([2, 1, 1, 4]))).live;
  expect(unfused).toContain("Conv2D");
  expect(unfused).not.toContain("_FusedConv2D");
});

it("never writes the gradient of joined channels where their kernel is smaller", () => {
  const [x, weights] = [image(), kernels()];
  const { nodes, live } = record(() => tf.addN(gradients(x, weights).map((gradient) => gradient.sum())));
  expect(live.filter((op) => op === "Conv2DBackpropInput")).toHaveLength(3); // to both parts, and to the image
  expect(live).not.toContain("BiasAddGrad"); // slow and inexact
  const widest = nodes.flatMap((node) =>
    "op" in node && node.op === "Conv2DBackpropInput" ? [node.outputs[0]!.shape[3]] : [],
  );
  expect(widest).toEqual(expect.arrayContaining([4, 3]));
});

it("computes after all rewrites what the operations compute one by one", async () => {
  const [x, weights] = [image(), kernels()];
  const step = compile((...all: tf.Tensor[]) => gradients(all[0] as tf.Tensor4D, all.slice(1)));
  tf.dispose(step(x, ...weights));
  const rewrittenGradients = step(x, ...weights);
  for (const [i, eager] of gradients(x, weights).entries()) {
    const difference = tf.max(tf.abs(eager.sub(rewrittenGradients[i]!)));
    expect((await difference.data())[0]).toBeLessThan(1e-6);
  }
  expect(step.stats.traces).toBe(1);
  step.dispose();
});

it("names a product of two matrices so that TensorFlow can fuse it, transposed or not", async () => {
  const [a, b] = [tf.randomNormal([5, 3], 0, 1, "float32", 6), tf.randomNormal([5, 4], 0, 1, "float32", 7)];
  upload(a, b);
  const product = () => tf.matMul(a, b, true, false); //                                 [3, 4]
  expect(record(product).live).toContain("MatMul");
  const step = compile((x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, true, false));
  step(a, b);
  expect(await step(a, b).data()).toEqual(await product().data());
  const batch = record(() => tf.matMul(tf.ones([2, 3, 5]), tf.ones([2, 5, 4]))).live;
  expect(batch).toContain("BatchMatMulV2");
  step.dispose();
});

/** The largest difference between what `body` computes eagerly and what its record computes. */
function apart(body: (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[], inputs: readonly tf.Tensor[]): number {
  const step = compile(body);
  tf.dispose(step(...inputs));
  const [eager, compiled] = [[body(...inputs)].flat(), [step(...inputs)].flat()];
  step.dispose();
  expect(compiled.map(({ shape }) => shape)).toEqual(eager.map(({ shape }) => shape));
  const differences = eager.map((each, i) => tf.max(tf.abs(each.sub(compiled[i]!))).dataSync()[0]!);
  return Math.max(...differences);
}

it("leaves channels first alone: the last axis is the width there", () => {
  const x = tf.randomNormal([2, 3, 8, 4], 0, 1, "float32", 1) as tf.Tensor4D;
  const kernel = tf.randomNormal([3, 3, 3, 4], 0, 1, "float32", 2) as tf.Tensor4D;
  const alongWidth = tf.tensor1d([1, 2, 3, 4]);
  const convolved = (a: tf.Tensor, b: tf.Tensor) =>
    tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, "same", "NCHW").add(alongWidth);
  expect(apart(convolved as never, [x, kernel])).toBeLessThan(1e-5);
});

it("leaves a mask alone that has more axes than what it masks", () => {
  const masked = (x: tf.Tensor) => x.mul(x.greater(tf.zeros([1, 1])).toFloat());
  expect(apart(masked as never, [x()])).toBe(0);
});

it("computes a joined gradient once where a part of it is a result", () => {
  const kernel = tf.ones([3, 3, 6, 3]) as tf.Tensor4D;
  const step = compile((x: tf.Tensor4D) => {
    const [first, second] = tf.split(tf.conv2dTranspose(x, kernel, [2, 8, 8, 6], 1, "same"), [1, 5], 3);
    return [first, second!.square()];
  });
  step(image());
  expect(step.stats.nodes).toBeLessThanOrEqual(step.stats.recorded);
  step.dispose();
});
