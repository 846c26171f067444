/**
 * @file Bootstrapped cross entropy: the label counts beta, what the network says itself 1 - beta.
 *
 * Source: Reed et al. 2015, arXiv:1412.6596, equations 6 (soft) and 7 (hard), beta 0.95 and 0.8. They write them for exclusive
 * classes; a label that stands by itself is taken as two. Of the hard one two classes that are level share what goes to the surest.
 */
import * as tf from "@tensorflow/tfjs";
import type { NoiseRobust } from "./noiseRobust.ts";
import { surprise } from "./noiseRobust.ts";

/**
 * -sum_k (beta g_k + (1 - beta) p_k) log p_k: cross entropy and the entropy of what is predicted. The gradient is of both, as the
 * paper's remark on minimum entropy asks; some implementations hold the prediction in the bracket fixed.
 */
export const softBootstrap = ({ beta }: { readonly beta: number }): NoiseRobust => ({
  name: "softBootstrap",
  ofValues(z, g) {
    const size = z.abs();
    const [sure, unsure] = [size.sigmoid(), size.neg().sigmoid()];
    const entropy = size.neg().exp().log1p().add(size.mul(unsure));
    const crossEntropy = surprise(z.mul(g.mul(2).sub(1)));
    return {
      terms: crossEntropy.mul(beta).add(entropy.mul(1 - beta)),
      slope: z.sigmoid().sub(g).mul(beta).sub(z.mul(sure).mul(unsure).mul(1 - beta)), // biome-ignore format: one line
    };
  },
  ofClasses(z, g) {
    const logP = tf.logSoftmax(z); //                                [b, classes]
    const p = logP.exp();
    const entropy = p.mul(logP).sum(1, true).neg(); //               [b, 1]
    const crossEntropy = g.mul(logP).sum(1, true).neg(); //          [b, 1]
    return {
      terms: crossEntropy.mul(beta).add(entropy.mul(1 - beta)),
      slope: p.sub(g).mul(beta).sub(p.mul(logP.add(entropy)).mul(1 - beta)), // biome-ignore format: one line
    };
  },
});

/** -sum_k (beta g_k + (1 - beta) y_k) log p_k, y one-hot of the surest class, held fixed. */
export const hardBootstrap = ({ beta }: { readonly beta: number }): NoiseRobust => ({
  name: "hardBootstrap",
  ofValues(z, g) {
    const surest = z.sign().add(1).div(2); // 0.5 at exactly 0
    const target = g.mul(beta).add(surest.mul(1 - beta));
    const terms = z.relu().sub(z.mul(target)).add(z.abs().neg().exp().log1p());
    return { terms, slope: z.sigmoid().sub(target) };
  },
  ofClasses(z, g) {
    const logP = tf.logSoftmax(z); //                                [b, classes]
    const highest = z.equal(z.max(1, true)).toFloat();
    const surest = highest.div(highest.sum(1, true));
    const target = g.mul(beta).add(surest.mul(1 - beta));
    return { terms: target.mul(logP).sum(1, true).neg(), slope: logP.exp().sub(target) };
  },
});
