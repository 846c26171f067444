/** @file The values of a record's symbols, computed now, operation by operation: for what cannot wait until the step runs. */
import type { Binding } from "../binding.ts";
import { liveNodes } from "./passes/liveNodes.ts";
import type { GraphNode, Recorder, Symbolic } from "./recorder.ts";

/**
 * From the values that inputs and captures have now. Of operations with side effects only results are computed that a symbol
 * needs, and no effect that another one would have had on them.
 *
 * @returns ids of tensors, the caller's to delete
 */
export function evaluate(binding: Binding, recorder: Recorder, symbols: readonly Symbolic[]): number[] {
  const made = new Map<number, readonly number[]>();
  const idOf = (symbol: Symbolic): number => {
    if (symbol.kind === "input") return recorder.inputs[symbol.index]!;
    return symbol.kind === "captured" ? symbol.capture.id : made.get(symbol.node)![symbol.output]!;
  };
  const run = (node: GraphNode): number[] =>
    "op" in node
      ? binding.executeOp(node.op, node.attributes, node.inputs.map(idOf), node.outputs.length).map(({ id }) => id)
      : [binding.createTensor([...node.constant.shape], node.constant.dtype, node.constant.values)];
  return binding.unrecorded(() => {
    try {
      for (const index of liveNodes(recorder.nodes, symbols, () => false)) made.set(index, run(recorder.nodes[index]!));
      return symbols.map((symbol) => binding.share(idOf(symbol)));
    } finally {
      for (const ids of made.values()) for (const id of ids) binding.deleteTensor(id);
    }
  });
}
