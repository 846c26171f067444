/** @file Rewrites of a recorded step, before it becomes a function. Each is right on its own. */
import { FLOAT } from "../dataTypes.ts";
import type { GraphNode, OperationNode, Symbolic } from "./recorder.ts";

type Nodes = readonly GraphNode[];

function producer(nodes: Nodes, symbol: Symbolic): GraphNode | undefined {
  return symbol.kind === "output" ? nodes[symbol.node] : undefined;
}

function operation(nodes: Nodes, symbol: Symbolic | undefined, op: string): OperationNode | undefined {
  const node = symbol && producer(nodes, symbol);
  return node !== undefined && "op" in node && node.op === op ? node : undefined;
}

function isZero(nodes: Nodes, symbol: Symbolic | undefined): boolean {
  const node = symbol && producer(nodes, symbol);
  return node !== undefined && "constant" in node && node.constant.values.length === 1 && node.constant.values[0] === 0;
}

/** What a symbol stands for behind casts to the type that it has already: TensorFlow.js' gradients are full of them. */
function uncast(nodes: Nodes, symbol: Symbolic): Symbolic {
  const input = operation(nodes, symbol, "Cast")?.inputs[0];
  return input !== undefined && input.dtype === symbol.dtype ? uncast(nodes, input) : symbol;
}

/** Reads through casts that change nothing; they are then dead. */
export function skipCasts(nodes: Nodes): GraphNode[] {
  return nodes.map((node) =>
    "op" in node ? { ...node, inputs: node.inputs.map((symbol) => uncast(nodes, symbol)) } : node,
  );
}

const sameShape = (a: Symbolic, b: Symbolic): boolean => String(a.shape) === String(b.shape);

/** Mul(dy, Cast(Greater(x, 0))) -> ReluGrad(dy, x): one pass over memory instead of three. */
export function fuseReluGradients(nodes: Nodes): GraphNode[] {
  return nodes.map((node) => {
    if (!("op" in node) || node.op !== "Mul") return node;
    for (const [gradient, mask] of [node.inputs, [...node.inputs].reverse()] as [Symbolic, Symbolic][]) {
      const greater = operation(nodes, operation(nodes, mask, "Cast")?.inputs[0], "Greater");
      const x = greater?.inputs[0];
      if (mask.dtype !== FLOAT || x?.dtype !== FLOAT || !sameShape(x, gradient)) continue;
      if (isZero(nodes, greater?.inputs[1])) return { ...node, op: "ReluGrad", attributes: [], inputs: [gradient, x] };
    }
    return node;
  });
}

/** Indices, in program order, of the nodes that an output or a side effect needs. */
export function liveNodes(nodes: Nodes, outputs: readonly Symbolic[], isStateful: (op: string) => boolean): number[] {
  const live = new Set<number>();
  const waiting = outputs.flatMap((symbol) => (symbol.kind === "output" ? [symbol.node] : []));
  nodes.forEach((node, index) => {
    if ("op" in node && isStateful(node.op)) waiting.push(index);
  });
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    if (live.has(index)) continue;
    live.add(index);
    const node = nodes[index]!;
    if ("op" in node) waiting.push(...node.inputs.flatMap((symbol) => (symbol.kind === "output" ? [symbol.node] : [])));
  }
  return [...live].sort((a, b) => a - b);
}
