import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { fuseReluGradients, liveNodes, skipCasts } from "@tessera/engine/graph/passes";
import { type GraphNode, Recorder } from "@tessera/engine/graph/recorder";
import { beforeAll, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

/** What `body` does, as nodes, and the operations that its result needs after the passes. */
function record(body: () => tf.Tensor): { nodes: GraphNode[]; live: string[] } {
  const backend = nodeBackend();
  const recorder = new Recorder(backend.binding);
  backend.binding.listener = recorder;
  const result = tf.tidy(body);
  backend.binding.listener = undefined;
  const output = recorder.symbol(backend.getInputTensorIds([result])[0]!);
  const nodes = fuseReluGradients(skipCasts(recorder.nodes));
  const live = liveNodes(nodes, [output], () => false).map((index) => {
    const node = nodes[index]!;
    return "op" in node ? node.op : "Const";
  });
  recorder.release();
  return { nodes, live };
}

const x = () => tf.tensor1d([1, -2]).add(0);

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
