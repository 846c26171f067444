/**
 * @file Attention in memory that grows with the tokens and not with their square, through landmarks.
 *
 *   softmax(Q K~ᵀ) · pinv(softmax(Q~ K~ᵀ)) · softmax(Q~ Kᵀ) V,   Q~ and K~ the means of the m parts of the row of tokens
 *
 * Source: Nyströmformer, Xiong et al. 2021, arXiv:2102.03902, equations 13 and 14, with six iterations for the pseudoinverse. Differs: parts
 * are of almost equal length and of the bag's own tokens, where the usual program fills the row up with zeros that are attended to; the start
 * of the iteration is scaled matrix by matrix, where it takes the largest of the batch. So neither padding nor other bags change a result.
 */
import * as tf from "@tensorflow/tfjs";
import { oneHot } from "./oneHot.ts";

const iterations = 6;

export interface Heads {
  /** [b, tokens, heads * width], queries already scaled */
  readonly queries: tf.Tensor3D;
  readonly keys: tf.Tensor3D;
  /** [b, heads, tokens, width] */
  readonly split: (x: tf.Tensor3D) => tf.Tensor4D;
}

/** Of each part of each bag's tokens, what a token counts for in its mean. @param present [b, tokens], those of a bag first. @returns [b, m, tokens] */
function partsOf(present: tf.Tensor2D, landmarks: number): tf.Tensor3D {
  const [, tokens] = present.shape;
  const at = tf.range(0, tokens, 1, "float32").expandDims(0);
  const part = at.add(0.5).mul(landmarks).div(present.sum(1, true)).floor(); //                [b, tokens]
  const one = oneHot(part.mul(present).toInt(), landmarks); //                                 [b, tokens, m]
  const member = one.mul(present.expandDims(2)).transpose([0, 2, 1]); //                       [b, m, tokens]
  return member.div(member.sum(2, true).maximum(1));
}

/** Newton and Schulz, with the iteration of Razavi et al. 2014, as the paper has it. @param a [b, heads, m, m], rows sum to 1 */
function pseudoinverse(a: tf.Tensor4D): tf.Tensor4D {
  const eye = tf.eye(a.shape[3]).mul(1);
  const largest = a.sum(2, true).max(3, true); //                                              [b, heads, 1, 1]; that of the rows is 1
  let z = a.transpose([0, 1, 3, 2]).div(largest) as tf.Tensor4D;
  for (let i = 0; i < iterations; i++) {
    const az = a.matMul(z);
    const inner = eye.mul(15).sub(az.matMul(eye.mul(7).sub(az)));
    z = z.matMul(eye.mul(13).sub(az.matMul(inner))).mul(0.25);
  }
  return z;
}

/**
 * The three matrices whose product is the attention.
 * @param present [b, tokens], 1 for a token; a bag's tokens come first
 * @param asked [b, heads, asked, width], the queries whose attention it is; absent: of all tokens
 * @returns toMarks [b, heads, asked, m], inverse [b, heads, m, m], fromMarks [b, heads, m, tokens]
 */
export function nystromFactors(
  { queries, keys, split }: Heads,
  present: tf.Tensor2D,
  landmarks: number,
  asked: tf.Tensor4D = split(queries),
): { readonly toMarks: tf.Tensor; readonly inverse: tf.Tensor; readonly fromMarks: tf.Tensor } {
  const parts = partsOf(present, landmarks);
  const used = parts.sum(2).greater(0).toFloat(); //                                           [b, m]
  const [qm, km] = [queries, keys].map((each) => split(parts.matMul(each) as tf.Tensor3D)) as [
    tf.Tensor4D,
    tf.Tensor4D,
  ]; //                [b, heads, m, width]
  const over = (mask: tf.Tensor) => mask.log().expandDims(1).expandDims(1); //                  [b, 1, 1, n]; log 0 = -inf
  const toMarks = asked.matMul(km, false, true).add(over(used)).softmax();
  const marks = qm.matMul(km, false, true).add(over(used)).softmax();
  const fromMarks = qm.matMul(split(keys), false, true).add(over(present)).softmax();
  // A part without tokens stands apart: 1 with itself, 0 with the others.
  const both = used.expandDims(2).mul(used.expandDims(1)).expandDims(1); //                     [b, 1, m, m]
  const alone = tf.eye(landmarks).mul(tf.sub(1, used).expandDims(1)).expandDims(1);
  const inverse = pseudoinverse(marks.mul(both).add(alone) as tf.Tensor4D);
  return { toMarks, inverse, fromMarks };
}

/**
 * @param values  [b, heads, tokens, width]
 * @param present [b, tokens], 1 for a token; a bag's tokens come first
 * @returns [b, heads, tokens, width]
 */
export function nystromAttention(
  heads: Heads,
  values: tf.Tensor4D,
  present: tf.Tensor2D,
  landmarks: number,
): tf.Tensor4D {
  const { toMarks, inverse, fromMarks } = nystromFactors(heads, present, landmarks);
  return toMarks.matMul(inverse).matMul(fromMarks.matMul(values)) as tf.Tensor4D;
}
