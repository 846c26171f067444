/** @file A channel's bias, and bias and ReLU inside the convolution before them. */
import { ATTR, FLOAT } from "../../dataTypes.ts";
import type { OperationNode, Symbolic } from "../recorder.ts";
import { consumers, isChannelsLast, type Nodes, operation, type Pass } from "./pattern.ts";

const floatType = { name: "T", type: ATTR.type, value: FLOAT };
const channelsLast = { name: "data_format", type: ATTR.string, value: "NHWC" };

/**
 * Add(x [b, h, w, c], bias [c]) -> BiasAdd. Its gradient stays a Sum: BiasAddGrad is no quicker, not even inside a filter's gradient, and
 * adds the values of a channel one after another (of [1, 2048, 2048, 1]: relative error 2e-2 instead of 2e-6).
 */
export const nameBias: Pass = ({ nodes }) =>
  nodes.map((node) => {
    if (!("op" in node) || node.op !== "Add" || node.outputs[0]?.dtype !== FLOAT) return node;
    const [x, second] = node.inputs as [Symbolic, Symbolic];
    const bias = operation(nodes, second, "Reshape")?.inputs[0] ?? second;
    const fits = x.shape.length === 4 && bias.shape.length === 1 && bias.shape[0] === x.shape[3] && lastOnly(second);
    return fits && String(x.shape) === String(node.outputs[0].shape)
      ? { ...node, op: "BiasAdd", attributes: [floatType, channelsLast], inputs: [x, bias] }
      : node;
  });

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
