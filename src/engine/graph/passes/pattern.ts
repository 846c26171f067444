/** @file What rewrites of a record ask of it: who made a tensor, who uses it, what a constant says. */
import type { OpAttribute } from "../../tfjsInternals.ts";
import type { GraphNode, OperationNode, RecordedStep, Symbolic } from "../recorder.ts";
import { liveNodes } from "./liveNodes.ts";

export type Nodes = readonly GraphNode[];

/** A rewrite: the same number of nodes at the same places, more behind them; what nobody needs any more is dropped at the end. */
export type Pass = (step: RecordedStep, isStateful: (op: string) => boolean) => GraphNode[];

/** The node that made `symbol`, where it is an operation of that name. */
export function operation(nodes: Nodes, symbol: Symbolic | undefined, op: string): OperationNode | undefined {
  const node = symbol?.kind === "output" ? nodes[symbol.node] : undefined;
  return node !== undefined && "op" in node && node.op === op ? node : undefined;
}

/** The numbers of a constant. */
export function constant(nodes: Nodes, symbol: Symbolic | undefined): readonly number[] | undefined {
  const node = symbol?.kind === "output" ? nodes[symbol.node] : undefined;
  return node !== undefined && "constant" in node ? Array.from(node.constant.values as Float32Array) : undefined;
}

export const attribute = (node: OperationNode, name: string): OpAttribute["value"] | undefined =>
  node.attributes.find((each) => each.name === name)?.value;

export const sameShape = (
  a: { readonly shape: readonly number[] },
  b: { readonly shape: readonly number[] },
): boolean => String(a.shape) === String(b.shape);

/** The symbol of a node's result. */
export function outputOf(nodes: Nodes, node: number, output = 0): Symbolic {
  const { dtype, shape } = (nodes[node] as OperationNode).outputs[output]!;
  return { kind: "output", node, output, dtype, shape };
}

/** Equal for equal tensors. */
export function place(symbol: Symbolic): string {
  if (symbol.kind === "input") return `i${symbol.index}`;
  if (symbol.kind === "captured") return `c${symbol.capture.id}`;
  return `n${symbol.node}:${symbol.output}`;
}

/** Whether the last axis of a convolution's tensors is that of the channels. */
export const isChannelsLast = (node: OperationNode): boolean => attribute(node, "data_format") === "NHWC";

export const isOutput = (symbol: Symbolic | undefined, node: number, output = 0): boolean =>
  symbol?.kind === "output" && symbol.node === node && symbol.output === output;

/** Indices of the live nodes that read any result of a node; -1 stands for a result of the step itself. */
export function consumers(step: RecordedStep, isStateful: (op: string) => boolean): Map<number, number[]> {
  const found = new Map<number, number[]>();
  const add = (symbol: Symbolic, reader: number) => {
    if (symbol.kind !== "output") return;
    const readers = found.get(symbol.node);
    if (readers === undefined) found.set(symbol.node, [reader]);
    else readers.push(reader);
  };
  for (const index of liveNodes(step.nodes, step.outputs, isStateful)) {
    const node = step.nodes[index]!;
    if ("op" in node) for (const symbol of node.inputs) add(symbol, index);
  }
  for (const symbol of step.outputs) add(symbol, -1);
  return found;
}

export const sizeOf = ({ shape }: { readonly shape: readonly number[] }): number =>
  shape.reduce((product, size) => product * size, 1);
