/** @file Class values as the truth of a loss: what is known of an item's classes, and what a network says of them. */
import * as tf from "@tensorflow/tfjs";
import type { ClassificationLoss } from "@tessera/domain/configuration/classificationLoss";
import { isNoiseLoss } from "@tessera/domain/configuration/noiseLosses";
import { DomainError } from "@tessera/domain/errors";
import { knownCrossEntropyLoss } from "@tessera/models/losses/knownCrossEntropy";
import { meanOfClasses, meanOfValues, signOf, surprise } from "@tessera/models/losses/noiseRobust";
import { noiseRobustFor } from "@tessera/models/losses/noiseRobustByName";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import type { TrainingItem, TrainingItems } from "../items.ts";
import type { Place } from "../task.ts";
import { valuesOf } from "./classTable.ts";

export class ClassLabels {
  readonly classes: number;
  readonly exclusive: boolean;
  /** A weight of 0 leaves out what is not known; of exclusive classes all is. */
  readonly weighted: boolean;

  constructor(classes: number, exclusive: boolean) {
    this.classes = classes;
    this.exclusive = exclusive;
    this.weighted = !exclusive;
  }

  /**
   * Without both values of some class in validation there is no AUC, and so no best checkpoint.
   * @throws DomainError CONFLICT
   */
  checkItems({ validation }: TrainingItems): void {
    const ofClass = (index: number) => new Set(validation.map((item) => valuesOf(item)[index]));
    const told = Array.from({ length: this.classes }, (_, index) => ofClass(index));
    if (told.some((values) => values.has(0) && values.has(1))) return;
    throw new DomainError(
      "CONFLICT",
      `No class is both present and absent among the ${validation.length} validation items, so that AUC is undefined there; choose a split with more of them`,
    );
  }

  loss(logits: tf.Tensor, truth: tf.Tensor, known: tf.Tensor | undefined, loss: ClassificationLoss): tf.Scalar {
    if (isNoiseLoss(loss)) {
      const robust = noiseRobustFor(loss);
      return known === undefined ? meanOfClasses(robust, logits, truth) : meanOfValues(robust, logits, truth, known);
    }
    return known === undefined
      ? softmaxCrossEntropyLoss(logits, truth, loss)
      : knownCrossEntropyLoss(logits, truth, known, loss);
  }

  /** [b, 1], nats; of classes that are not exclusive the mean over an item's known values. */
  itemCost(logits: tf.Tensor, truth: tf.Tensor, known: tf.Tensor | undefined): tf.Tensor {
    if (known === undefined) return tf.logSoftmax(logits).mul(truth).sum(1, true).neg();
    const costs = surprise(logits.mul(signOf(truth))).mul(known); // [b, classes]
    return costs.sum(1, true).div(known.sum(1, true).maximum(1));
  }

  probabilities(logits: tf.Tensor): tf.Tensor {
    return this.exclusive ? logits.softmax() : logits.sigmoid();
  }

  place(item: TrainingItem, into: Pick<Place, "truth" | "weights">): void {
    for (const [index, value] of valuesOf(item).entries()) {
      into.truth[index] = value ?? 0;
      if (into.weights !== undefined) into.weights[index] = value === null ? 0 : 1;
    }
  }
}
