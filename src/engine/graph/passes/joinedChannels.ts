/** @file Convolutions over channels that were joined (a skip connection): without the joined tensor, or the joined gradient. */
import { FLOAT, INT32 } from "../../dataTypes.ts";
import type { ConstantNode, GraphNode, OperationNode, Symbolic } from "../recorder.ts";
import { constant, consumers, isChannelsLast, operation, outputOf, type Pass, sizeOf } from "./pattern.ts";

/**
 * SplitV(Conv2DBackpropInput(dy, W)) over channels -> one Conv2DBackpropInput(dy, part of W) each: the same multiplications, and the
 * joined gradient is never written. Only where it is larger than W, which is split instead.
 */
export const splitInputGradients: Pass = (step, isStateful) => {
  const nodes: GraphNode[] = [...step.nodes];
  const readers = consumers(step, isStateful);
  const replaced = new Map<string, Symbolic>();
  step.nodes.forEach((node, index) => {
    if (!("op" in node) || node.op !== "SplitV" || !readers.has(index)) return;
    if (readers.get(index)!.includes(-1)) return; // a result of the step itself: it would be computed both ways
    const [joined, sizes, axis] = node.inputs;
    const gradient = operation(nodes, joined, "Conv2DBackpropInput");
    if (gradient === undefined || joined?.kind !== "output" || readers.get(joined.node)?.length !== 1) return;
    if (constant(nodes, axis)?.[0] !== 3 || joined.dtype !== FLOAT || !isChannelsLast(gradient)) return;
    const [, filter, dy] = gradient.inputs as [Symbolic, Symbolic, Symbolic];
    if (sizeOf(joined) <= sizeOf(filter)) return;
    const parts = splitFilter(nodes, filter, sizes!, node);
    parts.forEach((part, output) => {
      const shape = node.outputs[output]!.shape;
      const inputSizes = append(nodes, int32s(shape));
      const made = append(nodes, { ...gradient, inputs: [inputSizes, part, dy], outputs: [node.outputs[output]!] });
      replaced.set(`${index}:${output}`, made);
    });
  });
  return substitute(nodes, replaced);
};

function splitFilter(nodes: GraphNode[], filter: Symbolic, sizes: Symbolic, split: OperationNode): Symbolic[] {
  const axis = append(nodes, { constant: { dtype: INT32, shape: [], values: Int32Array.of(2) } });
  const outputs = split.outputs.map(({ dtype, shape }) => {
    const [height, width, , filters] = filter.shape as [number, number, number, number];
    return { dtype, shape: [height, width, shape[3]!, filters] };
  });
  const parts = append(nodes, { ...split, inputs: [filter, sizes, axis], outputs });
  return outputs.map((_, output) => outputOf(nodes, (parts as { node: number }).node, output));
}

const int32s = (values: readonly number[]): ConstantNode => ({
  constant: { dtype: INT32, shape: [values.length], values: Int32Array.from(values) },
});

function append(nodes: GraphNode[], node: GraphNode): Symbolic {
  const at = nodes.push(node) - 1;
  if ("op" in node) return outputOf(nodes, at);
  const { dtype, shape } = node.constant;
  return { kind: "output", node: at, output: 0, dtype, shape };
}

function substitute(nodes: GraphNode[], replaced: ReadonlyMap<string, Symbolic>): GraphNode[] {
  if (replaced.size === 0) return nodes;
  const now = (symbol: Symbolic) =>
    (symbol.kind === "output" && replaced.get(`${symbol.node}:${symbol.output}`)) || symbol;
  return nodes.map((node) => ("op" in node ? { ...node, inputs: node.inputs.map(now) } : node));
}
