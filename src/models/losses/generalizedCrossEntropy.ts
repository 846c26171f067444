import * as tf from "@tensorflow/tfjs";
import { type NoiseRobust, signOf, surprise } from "./noiseRobust.ts";

/**
 * Generalised cross entropy: (1 - p^q) / q of the probability p that the label is given. q near 0 is cross entropy, 1 the mean absolute error
 * (of exclusive classes half of it): an item that disagrees with the network pulls by p^q less.
 *
 * Source: Zhang & Sabuncu 2018, arXiv:1805.07836, equation 6, q 0.7. This is the plain loss; their truncated one (section 3.3), which drops
 * items below a threshold and needs weights that are learnt beside the network, is not built. They write it for exclusive classes; a
 * label that stands by itself is taken as two.
 */
export const generalizedCrossEntropy = ({ q }: { readonly q: number }): NoiseRobust => ({
  name: "generalizedCrossEntropy",
  ofValues(z, g) {
    const sign = signOf(g);
    const u = z.mul(sign);
    const logPower = surprise(u).mul(-q); //                         q log p
    return {
      terms: logPower.expm1().div(-q),
      slope: logPower.exp().mul(u.neg().sigmoid()).mul(sign).neg(),
    };
  },
  ofClasses(z, g) {
    const logP = tf.logSoftmax(z); //                                [b, classes]
    const logPower = g.mul(logP).sum(1, true).mul(q); //             [b, 1]
    return { terms: logPower.expm1().div(-q), slope: logPower.exp().mul(logP.exp().sub(g)) };
  },
});
