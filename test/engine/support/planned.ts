/** @file The models whose memory is planned and measured, each with the steps that train and score it. */

import * as tf from "@tensorflow/tfjs";
import { attentionMilDefaults } from "@tessera/domain/configuration/mil";
import { type SegmentationConfiguration, segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { Adam } from "@tessera/engine/optimizers/adam";
import type { PlannedStep } from "@tessera/engine/plan/plan";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { attentionMil } from "@tessera/models/mil/attention";
import { trainableVariables } from "@tessera/models/weights/named";
import { plannedSteps } from "@tessera/training/networkSteps";
import { taskOf } from "@tessera/training/taskOf";

export interface UNetCase {
  readonly family: "unet";
  readonly size: number;
  readonly depth: number;
  readonly filters: number;
  readonly batch: number;
  readonly normalization: "batch" | "none";
}

export interface MilCase {
  readonly family: "mil";
  readonly tiles: number;
}

export type Case = UNetCase | MilCase;

export function segmentation(options: UNetCase): SegmentationConfiguration {
  const { size, depth, filters, batch, normalization } = options;
  const skips = Array<boolean>(depth).fill(true);
  return {
    ...segmentationDefaults,
    model: { family: "unet", size, depth, baseFilters: filters, normalization, skips },
    batchSize: batch,
  };
}

/** The two steps of src/training/network.ts, and their inputs. */
export function unetSteps(options: UNetCase): PlannedStep[] {
  return plannedSteps(taskOf(segmentation(options)), options.batch);
}

export interface OpenMil {
  readonly model: tf.LayersModel;
  readonly optimizer: Adam;
  readonly train: (bag: tf.Tensor, mask: tf.Tensor, label: tf.Tensor) => tf.Scalar;
  readonly score: (bag: tf.Tensor, mask: tf.Tensor) => tf.Tensor;
}

/** Gated attention over bags of 512 features, 256 encoded. */
export function openMil(): OpenMil {
  const model = attentionMil(attentionMilDefaults, 1);
  const optimizer = new Adam({ learningRate: 1e-3 });
  const variables = trainableVariables(model);
  const logits = (bag: tf.Tensor, mask: tf.Tensor, training: boolean) =>
    (model.apply([bag, mask], { training }) as tf.Tensor[])[0]!;
  return {
    model,
    optimizer,
    train: (bag, mask, label) =>
      tf.tidy(
        () => optimizer.minimize(() => softmaxCrossEntropyLoss(logits(bag, mask, true), label), true, variables)!,
      ),
    score: (bag, mask) => tf.tidy(() => logits(bag, mask, false).softmax()),
  };
}

export function milSteps({ tiles }: MilCase): PlannedStep[] {
  const { train, score } = openMil();
  const bag = [
    { shape: [1, tiles, attentionMilDefaults.features], dtype: "float32" },
    { shape: [1, tiles], dtype: "float32" },
  ] as const;
  return [
    { step: train, inputs: [...bag, { shape: [1], dtype: "int32" }] },
    { step: score, inputs: bag },
  ];
}

export const stepsOf = (options: Case): PlannedStep[] =>
  options.family === "unet" ? unetSteps(options) : milSteps(options);
