/** @file The model, its update rule, and the two steps over them: what network.ts compiles and runPlan.ts plans. */
import * as tf from "@tensorflow/tfjs";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import type { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import type { PlannedStep } from "@tessera/engine/plan/plan";
import { lossFor } from "@tessera/models/losses/byName";
import { pixelWeightsFor } from "@tessera/models/losses/pixelWeights";
import { unet } from "@tessera/models/segmentation/unet";
import { updateRuleOf } from "./updateRule.ts";

/** A batch, or a part of one, as the steps take it. */
export interface BatchTensors {
  /** [b, s, s, 3] */
  readonly images: tf.Tensor4D;
  /** [b, s, s, classes] */
  readonly masks: tf.Tensor4D;
  /** As the masks, where the loss takes a weight for every pixel. */
  readonly weights?: tf.Tensor4D;
}

export interface NetworkSteps {
  readonly model: tf.LayersModel;
  /** The averaged weights, where the configuration asks for them: these are scored. */
  readonly averaged: tf.LayersModel | null;
  readonly rule: UpdateRule;
  /** `last` completes the update. @returns the loss before it */
  readonly train: (batch: BatchTensors, last: boolean) => tf.Scalar;
  /** Probabilities [b, s, s, classes]. */
  readonly score: (batch: BatchTensors) => { readonly probabilities: tf.Tensor; readonly loss: tf.Scalar };
}

/** Items that are in the model at once. */
export const itemsAtOnce = ({ batchSize, optimizer }: SegmentationConfiguration): number =>
  batchSize / optimizer.accumulationSteps;

/** @param classes of the label schema */
export function networkSteps(configuration: SegmentationConfiguration, seed: number, classes = 1): NetworkSteps {
  const { optimizer } = configuration;
  const model = unet(configuration.model, seed, classes);
  const averaged = optimizer.emaDecay > 0 ? unet(configuration.model, seed, classes) : null;
  const scored = averaged ?? model;
  const loss = lossFor(configuration.loss);
  const rule = updateRuleOf(optimizer, model, averaged);
  return {
    model,
    averaged,
    rule,
    train: ({ images, masks, weights }, last) =>
      rule.minimize(() => loss(model.apply(images, { training: true }) as tf.Tensor, masks, weights), last),
    score: ({ images, masks, weights }) =>
      tf.tidy(() => {
        const logits = scored.apply(images, { training: false }) as tf.Tensor; //       [b, s, s, classes]
        return { probabilities: logits.sigmoid(), loss: loss(logits, masks, weights) };
      }),
  };
}

/**
 * The same steps for a plan, on the shapes of so many items: updates that wait for more parts first, where there are any.
 * @param atOnce items in the model at once
 */
export function plannedSteps(configuration: SegmentationConfiguration, classes: number, atOnce: number): PlannedStep[] {
  const { train, score } = networkSteps(configuration, 0, classes);
  const { size } = configuration.model;
  const weighted = pixelWeightsFor(configuration.loss) !== null;
  const inputs = [3, classes, ...(weighted ? [classes] : [])].map((channels) => ({
    shape: [atOnce, size, size, channels],
    dtype: "float32" as const,
  }));
  const batchOf = ([images, masks, weights]: readonly tf.Tensor4D[]): BatchTensors => ({
    images: images!,
    masks: masks!,
    ...(weights && { weights }),
  });
  const trains = (configuration.optimizer.accumulationSteps > 1 ? [false, true] : [true]).map(
    (last) =>
      (...tensors: tf.Tensor4D[]) =>
        train(batchOf(tensors), last),
  );
  return [...trains, (...tensors: tf.Tensor4D[]) => score(batchOf(tensors))].map((step) => ({ step, inputs }));
}
