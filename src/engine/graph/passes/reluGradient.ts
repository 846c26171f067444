/** @file The gradient of ReLU in one pass over memory, from ReLU's result. */
import { FLOAT } from "../../dataTypes.ts";
import type { OperationNode, Symbolic } from "../recorder.ts";
import { constant, isOutput, type Nodes, operation, outputOf, type Pass, place, sameShape } from "./pattern.ts";

/**
 * Mul(dy, Cast(Greater(x, 0))) -> ReluGrad(dy, x), and where Relu(x) was computed too, ReluGrad(dy, Relu(x)): the two are equal,
 * and x is then needed by nobody, so that it can be fused into what made it.
 */
export const fuseReluGradients: Pass = ({ nodes }) => {
  const relu = new Map<string, number>();
  nodes.forEach((node, index) => {
    if ("op" in node && node.op === "Relu") relu.set(place(node.inputs[0]!), index);
  });
  return nodes.map((node) => {
    if (!("op" in node) || node.op !== "Mul") return node;
    for (const [gradient, mask] of [node.inputs, [...node.inputs].reverse()] as [Symbolic, Symbolic][]) {
      const x = positiveMask(nodes, mask);
      if (x === undefined || !sameShape(x, gradient)) continue;
      const at = relu.get(place(x));
      const features = at === undefined || isOutput(gradient, at) ? x : outputOf(nodes, at);
      return { ...node, op: "ReluGrad", attributes: [], inputs: [gradient, features] } satisfies OperationNode;
    }
    return node;
  });
};

/** x, where `mask` is 1 for x > 0 and else 0. */
function positiveMask(nodes: Nodes, mask: Symbolic): Symbolic | undefined {
  const greater = operation(nodes, operation(nodes, mask, "Cast")?.inputs[0], "Greater");
  const x = greater?.inputs[0];
  const zero = constant(nodes, greater?.inputs[1]);
  return mask.dtype === FLOAT && x?.dtype === FLOAT && zero?.length === 1 && zero[0] === 0 && sameShape(x, mask)
    ? x
    : undefined;
}
