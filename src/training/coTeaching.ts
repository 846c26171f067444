/**
 * @file A step of co-teaching (Han et al. 2018, arXiv:1804.06872, algorithm 1): two networks in one, from two seeds, with one update rule
 * over the weights of both. Each one's loss is over the items that cost the other least, so neither's gradient holds the other.
 *
 * Differs: cross entropy ranks the items whatever the loss is; items that cost the same share the places that are left. A clip of the
 * gradient is of both networks together.
 */
import * as tf from "@tensorflow/tfjs";
import { oneHot } from "@tessera/models/layers/oneHot";
import type { BatchTensors } from "./batchTensors.ts";
import type { Task } from "./task.ts";

/** Far from every run's own. */
export const peerSeed = (seed: number): number => seed + 2 ** 31;

/** The sum of both losses: each network's gradient is that of its own. */
export function coTeachingLoss(
  task: Task,
  models: readonly [tf.LayersModel, tf.LayersModel],
  { inputs, truth, weights, kept }: BatchTensors,
): tf.Scalar {
  const { byItem } = task;
  if (byItem === undefined || kept === undefined)
    throw new TypeError("co-teaching: expected a task with losses by item");
  const logits = models.map((model) => task.forward(model, inputs, true).logits);
  const picks = logits.map((each) => smallest(byItem.cost(each, truth, weights), kept as tf.Scalar));
  const [first, second] = logits.map((each, at) => byItem.loss(each, truth, weights, picks[1 - at]!));
  return first!.add(second!) as tf.Scalar;
}

/**
 * What each item counts, in all `kept`: 1 for the smallest, 0 for the others; without a gradient.
 * @param costs [b, 1]. @returns [b, 1]
 */
function smallest(costs: tf.Tensor, kept: tf.Scalar): tf.Tensor {
  const pick = tf.customGrad((given) => ({
    value: picked(given as tf.Tensor2D, kept),
    gradFunc: (dy: tf.Tensor) => dy.mul(0),
  }));
  return pick(costs);
}

function picked(costs: tf.Tensor2D, kept: tf.Scalar): tf.Tensor {
  const [batch] = costs.shape;
  const rising = tf.topk(costs.reshape([1, batch]).neg(), batch).values.neg(); //         [1, b]
  const place = oneHot(kept.sub(1).toInt().reshape([1]), batch); //                       [1, b]
  const highest = rising.mul(place).sum(); //                                             the dearest that is kept
  const below = costs.less(highest).toFloat(); //                                         [b, 1]
  const level = costs.equal(highest).toFloat();
  return below.add(level.mul(kept.sub(below.sum()).div(level.sum())));
}
