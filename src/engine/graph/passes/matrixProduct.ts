/** @file A product of two matrices, which TensorFlow.js has as a batch of one. */
import { ATTR, FLOAT } from "../../dataTypes.ts";
import { attribute, type Pass } from "./pattern.ts";

/** BatchMatMulV2 of two matrices -> MatMul, which TensorFlow fuses with bias and activation. */
export const nameMatrixProduct: Pass = ({ nodes }) =>
  nodes.map((node) => {
    if (!("op" in node) || node.op !== "BatchMatMulV2") return node;
    if (node.inputs.some(({ shape, dtype }) => shape.length !== 2 || dtype !== FLOAT)) return node;
    const attributes = [
      { name: "T", type: ATTR.type, value: FLOAT },
      { name: "transpose_a", type: ATTR.bool, value: attribute(node, "adj_x") === true },
      { name: "transpose_b", type: ATTR.bool, value: attribute(node, "adj_y") === true },
    ];
    return { ...node, op: "MatMul", attributes };
  });
