/** @file The model, its update rule, and the two steps over them: what network.ts compiles and runPlan.ts plans. */
import * as tf from "@tensorflow/tfjs";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import type { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import { lossFor } from "@tessera/models/losses/byName";
import { unet } from "@tessera/models/segmentation/unet";
import { updateRuleOf } from "./updateRule.ts";

export interface NetworkSteps {
  readonly model: tf.LayersModel;
  /** The averaged weights, where the configuration asks for them: these are scored. */
  readonly averaged: tf.LayersModel | null;
  readonly rule: UpdateRule;
  /** Images [b, s, s, 3], masks [b, s, s, 1]; `last` completes the update. @returns the loss before it */
  readonly train: (images: tf.Tensor4D, masks: tf.Tensor4D, last: boolean) => tf.Scalar;
  readonly score: (images: tf.Tensor4D, masks: tf.Tensor4D) => { readonly masked: tf.Tensor; readonly loss: tf.Scalar };
}

/** Items that are in the model at once. */
export const itemsAtOnce = ({ batchSize, optimizer }: SegmentationConfiguration): number =>
  batchSize / optimizer.accumulationSteps;

export function networkSteps(configuration: SegmentationConfiguration, seed: number): NetworkSteps {
  const { optimizer, threshold } = configuration;
  const model = unet(configuration.model, seed);
  const averaged = optimizer.emaDecay > 0 ? unet(configuration.model, seed) : null;
  const scored = averaged ?? model;
  const loss = lossFor(configuration.loss);
  const rule = updateRuleOf(optimizer, model, averaged);
  return {
    model,
    averaged,
    rule,
    train: (images, masks, last) =>
      rule.minimize(() => loss(model.apply(images, { training: true }) as tf.Tensor, masks), last),
    score: (images, masks) =>
      tf.tidy(() => {
        const logits = scored.apply(images, { training: false }) as tf.Tensor; //       [b, s, s, 1]
        const masked = logits.sigmoid().greaterEqual(threshold); //                     [b, s, s, 1] bool
        return { masked, loss: loss(logits, masks) };
      }),
  };
}
