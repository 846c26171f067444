/** @file Reads through operations that change nothing; TensorFlow.js' gradients are full of them. They are then dead. */
import type { Symbolic } from "../recorder.ts";
import { type Nodes, operation, type Pass, sameShape } from "./pattern.ts";

/** Casts to the type, and reshapes to the shape, that a tensor has already. */
export const skipSameValue: Pass = ({ nodes }) =>
  nodes.map((node) =>
    "op" in node ? { ...node, inputs: node.inputs.map((symbol) => original(nodes, symbol)) } : node,
  );

function original(nodes: Nodes, symbol: Symbolic): Symbolic {
  const cast = operation(nodes, symbol, "Cast")?.inputs[0];
  if (cast !== undefined && cast.dtype === symbol.dtype) return original(nodes, cast);
  const reshaped = operation(nodes, symbol, "Reshape")?.inputs[0];
  if (reshaped !== undefined && sameShape(reshaped, symbol)) return original(nodes, reshaped);
  return symbol;
}
