/** @file What of a record is needed. */
import type { GraphNode, Symbolic } from "../recorder.ts";

/** Indices, in program order, of the nodes that an output or a side effect needs. */
export function liveNodes(
  nodes: readonly GraphNode[],
  outputs: readonly Symbolic[],
  isStateful: (op: string) => boolean,
): number[] {
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
