/** @file A channel's bias, its gradient, and both inside the convolution that they belong to. */
import { ATTR, FLOAT } from "../../dataTypes.ts";
import type { GraphNode, OperationNode, Symbolic } from "../recorder.ts";
import { constant, consumers, isChannelsLast, type Nodes, operation, type Pass, place } from "./pattern.ts";

const floatType = { name: "T", type: ATTR.type, value: FLOAT };
const channelsLast = { name: "data_format", type: ATTR.string, value: "NHWC" };

/**
 * Add(x [b, h, w, c], bias [c]) -> BiasAdd; Sum(dy, over all but the channels) -> BiasAddGrad, where dy also gives a gradient of a
 * convolution's filter, into which TensorFlow fuses it. Alone BiasAddGrad is no match for Sum: of [1, 2048, 2048, 1] it takes 20 times
 * as long, and it adds the values of a channel one after another (relative error 2e-2 instead of 2e-6).
 */
export const nameBias: Pass = ({ nodes }) => {
  const filterGradients = new Set(nodes.flatMap((node) => filterGradientOf(node) ?? []));
  return nodes.map((node) => {
    if (!("op" in node) || node.outputs[0]?.dtype !== FLOAT) return node;
    if (node.op === "Sum") {
      const [x, axes] = node.inputs;
      const all =
        x!.shape.length === 4 && String(constant(nodes, axes)) === "0,1,2" && node.outputs[0].shape.length === 1;
      return all && filterGradients.has(place(x!))
        ? { ...node, op: "BiasAddGrad", attributes: [floatType, channelsLast], inputs: [x!] }
        : node;
    }
    if (node.op !== "Add") return node;
    const [x, second] = node.inputs as [Symbolic, Symbolic];
    const bias = operation(nodes, second, "Reshape")?.inputs[0] ?? second;
    const fits = x.shape.length === 4 && bias.shape.length === 1 && bias.shape[0] === x.shape[3] && lastOnly(second);
    return fits && String(x.shape) === String(node.outputs[0].shape)
      ? { ...node, op: "BiasAdd", attributes: [floatType, channelsLast], inputs: [x, bias] }
      : node;
  });
};

const filterGradientOf = (node: GraphNode): string | undefined =>
  "op" in node && node.op === "Conv2DBackpropFilter" && isChannelsLast(node) ? place(node.inputs[2]!) : undefined;

const lastOnly = ({ shape }: Symbolic): boolean => shape.slice(0, -1).every((size) => size === 1);

/** Relu(BiasAdd(Conv2D)), or BiasAdd(Conv2D): one operation, which adds and cuts while the result is still in registers. */
export const fuseConvolutionBias: Pass = (step, isStateful) => {
  const { nodes } = step;
  const readers = consumers(step, isStateful);
  const only = (symbol: Symbolic | undefined) => symbol?.kind === "output" && readers.get(symbol.node)?.length === 1;
  return nodes.map((node, index) => {
    if (!("op" in node)) return node;
    const relu = node.op === "Relu" && only(node.inputs[0]);
    const bias = relu ? operation(nodes, node.inputs[0], "BiasAdd") : node.op === "BiasAdd" ? node : undefined;
    if (bias === undefined || (!relu && fusedByRelu(nodes, readers.get(index)))) return node;
    const convolution = operation(nodes, bias.inputs[0], "Conv2D");
    if (convolution === undefined || !isChannelsLast(convolution) || !only(bias.inputs[0])) return node;
    return fused(node, convolution, bias.inputs[1]!, relu ? ["BiasAdd", "Relu"] : ["BiasAdd"]);
  });
};

const fusedByRelu = (nodes: Nodes, readers: readonly number[] | undefined): boolean => {
  const reader = readers?.length === 1 ? nodes[readers[0]!] : undefined;
  return reader !== undefined && "op" in reader && reader.op === "Relu";
};

function fused(node: OperationNode, convolution: OperationNode, bias: Symbolic, fusedOps: string[]): OperationNode {
  return {
    ...node,
    op: "_FusedConv2D",
    attributes: [
      ...convolution.attributes,
      { name: "TArgs", type: ATTR.type, value: [FLOAT] },
      { name: "num_args", type: ATTR.int, value: 1 },
      { name: "num_host_args", type: ATTR.int, value: 0 },
      { name: "fused_ops", type: ATTR.string, value: fusedOps },
    ],
    inputs: [...convolution.inputs, bias],
  };
}
