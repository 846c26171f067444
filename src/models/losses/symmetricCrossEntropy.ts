import * as tf from "@tensorflow/tfjs";
import { type NoiseRobust, signOf, surprise } from "./noiseRobust.ts";

export interface SymmetricOptions {
  /** What cross entropy weighs. */
  readonly alpha: number;
  /** What reverse cross entropy weighs. */
  readonly beta: number;
  /** What log 0 counts as in the reverse, below 0: A in the paper. */
  readonly logZero: number;
}

/**
 * Symmetric cross entropy: alpha times cross entropy and beta times the reverse, -sum_k p_k log g_k with log 0 = A: of a label that is 0 or 1
 * that is -A (1 - p), p the probability that the label is given.
 *
 * Source: Wang et al. 2019, arXiv:1908.06112, equations 5 to 7. They write it for exclusive classes; a label that stands by itself is
 * taken as two.
 */
export const symmetricCrossEntropy = ({ alpha, beta, logZero }: SymmetricOptions): NoiseRobust => {
  const reverse = -beta * logZero;
  return {
    name: "symmetricCrossEntropy",
    ofValues(z, g) {
      const sign = signOf(g);
      const u = z.mul(sign);
      const wrong = u.neg().sigmoid(); //                            1 - p
      return {
        terms: surprise(u).mul(alpha).add(wrong.mul(reverse)),
        slope: u.sigmoid().mul(reverse).add(alpha).mul(wrong).mul(sign).neg(),
      };
    },
    ofClasses(z, g) {
      const logP = tf.logSoftmax(z); //                              [b, classes]
      const p = logP.exp();
      const given = g.mul(p).sum(1, true); //                        [b, 1]
      const wrong = p.mul(tf.sub(1, g)).sum(1, true);
      return {
        terms: g.mul(logP).sum(1, true).mul(-alpha).add(wrong.mul(reverse)),
        slope: p.sub(g).mul(given.mul(reverse).add(alpha)),
      };
    },
  };
};
