/**
 * @file A bag through a model in parts: what is kept of a part, how two are joined, and what the whole bag's logits are. Exact but for the
 * order of sums: maxima are of maxima, means of sums and counts, and a softmax over tiles goes on from its largest score so far
 * (Milakov & Gimelshein 2018, arXiv:1805.02867).
 */
import * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import type { TileAttention } from "../layers/attentionPooling.ts";

export interface BagParts {
  /** @param tiles [b, t, features]. @param mask [b, t]. @returns what is kept, [b, …] each */
  part(tiles: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor[];
  merge(before: readonly tf.Tensor[], part: readonly tf.Tensor[]): tf.Tensor[];
  /** @returns [b, classes] */
  logits(merged: readonly tf.Tensor[]): tf.Tensor;
}

/** Below every finite value that a network gives, and finite itself. */
const lowest = -1e30;

/** Whether a bag can be pooled part by part; not what needs all tiles at once: top k, two streams, a transformer, and tiles whose loss is their own. */
export const canBePooledInParts = (model: MilModel): boolean =>
  model.family === "attentionMil" ||
  ((model.family === "embeddingMil" || model.family === "instanceMil") && model.pooling !== "topK");

/**
 * @param model built by `milModel` from `architecture`
 * @returns null where `canBePooledInParts` is false
 */
export function bagParts(
  model: tf.LayersModel,
  architecture: MilModel & { readonly exclusive: boolean },
): BagParts | null {
  if (!canBePooledInParts(architecture)) return null;
  const { family, classes } = architecture;
  const pooling = "pooling" in architecture ? architecture.pooling : null;
  if (family === "attentionMil") return attentionParts(model, encoderOf(model, architecture));
  if (family === "embeddingMil") {
    const head = (x: tf.Tensor) => model.getLayer("head").apply(x.expandDims(1)) as tf.Tensor;
    const parts = pooling === "max" ? maxima : means;
    return parts(encoderOf(model, architecture), (pooled) => head(pooled).reshape([-1, classes]));
  }
  const encode = encoderOf(model, architecture);
  const ofTiles = (tiles: tf.Tensor3D) => model.getLayer("head").apply(encode(tiles)) as tf.Tensor3D;
  return pooling === "max" ? maxima(ofTiles, (pooled) => pooled) : probabilities(ofTiles, architecture.exclusive);
}

export type OfTiles = (tiles: tf.Tensor3D) => tf.Tensor3D;

/** [b, t, features] -> [b, t, width], as in scoring. */
export function encoderOf(model: tf.LayersModel, { encoder }: MilModel): OfTiles {
  const names = encoder.length === 1 ? ["encoder"] : encoder.map((_, place) => `encoder/${place + 1}`);
  const layers = names.map((name) => model.getLayer(name));
  return (tiles) => layers.reduce((x: tf.Tensor, layer) => layer.apply(x) as tf.Tensor, tiles) as tf.Tensor3D;
}

/** Kept: the largest of each value. */
const maxima = (of: OfTiles, end: (pooled: tf.Tensor) => tf.Tensor): BagParts => ({
  part: (tiles, mask) => {
    const present = mask.expandDims(2);
    return [of(tiles).mul(present).add(present.sub(1).mul(-lowest)).max(1)];
  },
  merge: ([before], [part]) => [before!.maximum(part!)],
  logits: ([largest]) => end(largest!),
});

/** Kept: sums, and the number of tiles. */
const means = (of: OfTiles, end: (pooled: tf.Tensor) => tf.Tensor): BagParts => ({
  part: (tiles, mask) => [of(tiles).mul(mask.expandDims(2)).sum(1), mask.sum(1, true)],
  merge: (before, part) => before.map((each, i) => each.add(part[i]!)),
  logits: ([sum, count]) => end(sum!.div(count!)),
});

/** Kept: logarithms of the sums of the tiles' probabilities, present and absent, and the number of tiles; as layers/meanProbability.ts. */
const probabilities = (of: OfTiles, exclusive: boolean): BagParts => ({
  part: (tiles, mask) => {
    const z = of(tiles);
    const padding = mask.sub(1).mul(-lowest).expandDims(2);
    const sum = (logProbabilities: tf.Tensor) => logProbabilities.add(padding).logSumExp(1);
    if (exclusive) return [sum(z.logSoftmax(2)), mask.sum(1, true)];
    return [sum(z.neg().softplus().neg()), sum(z.softplus().neg())];
  },
  merge: (before, part) =>
    before.map((each, i) => (exclusive && i === 1 ? each.add(part[i]!) : logOfSum(each, part[i]!))),
  logits: ([first, second]) => (exclusive ? first!.sub(second!.log()) : first!.sub(second!)),
});

const logOfSum = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.stack([a, b]).logSumExp(0);

/** Kept: the largest score so far, and by its exponential the sum of the weights and of the weighted tiles. */
function attentionParts(model: tf.LayersModel, encode: OfTiles): BagParts {
  const attention = model.getLayer("attention") as unknown as TileAttention;
  const scaled = ([largest, sum, vector]: readonly tf.Tensor[], to: tf.Tensor) => {
    const by = largest!.sub(to).exp();
    return [sum!.mul(by), vector!.mul(by)] as const;
  };
  return {
    part: (tiles, mask) => {
      const encoded = encode(tiles);
      const scores = attention.scores(encoded).mul(mask).add(mask.sub(1).mul(-lowest)); //   [b, t]
      const largest = scores.max(1, true); //                                                [b, 1]
      const weights = scores.sub(largest).exp(); //                                          [b, t]
      return [largest, weights.sum(1, true), weights.expandDims(1).matMul(encoded).squeeze([1])];
    },
    merge: (before, part) => {
      const largest = before[0]!.maximum(part[0]!);
      const [[a, x], [b, y]] = [scaled(before, largest), scaled(part, largest)];
      return [largest, a.add(b), x.add(y)];
    },
    logits: ([, sum, vector]) => model.getLayer("head").apply(vector!.div(sum!)) as tf.Tensor,
  };
}
