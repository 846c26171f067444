/** @file Classification: a probability per class and item, chosen by AUC. */
import type * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { ClassificationConfiguration } from "@tessera/domain/configuration/classification";
import { DomainError } from "@tessera/domain/errors";
import { augmentImage } from "@tessera/models/augmentation/augment";
import { withChannels } from "@tessera/models/augmentation/grey";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import type { RandomKey } from "@tessera/models/augmentation/random";
import { classifier } from "@tessera/models/classification/classifier";
import { knownCrossEntropyLoss } from "@tessera/models/losses/knownCrossEntropy";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import type { ItemPixels, TrainingItem, TrainingItems } from "../items.ts";
import type { Place, Task } from "../task.ts";
import { valuesOf } from "./classTable.ts";
import { ClassEvaluation } from "./evaluation.ts";
import { AucValidation } from "./validation.ts";

export class Classification implements Task {
  readonly configuration: ClassificationConfiguration;
  readonly truthShape: readonly number[];
  /** A weight of 0 leaves out what is not known; of exclusive classes all is. */
  readonly weighted: boolean;
  private readonly classes: number;
  private readonly exclusive: boolean;

  constructor(configuration: ClassificationConfiguration, classes: number, exclusive: boolean) {
    this.configuration = configuration;
    this.classes = classes;
    this.exclusive = exclusive;
    this.truthShape = [classes];
    this.weighted = !exclusive;
  }

  /** Without both values of some class in validation there is no AUC, and so no best checkpoint. */
  checkItems({ validation }: TrainingItems): void {
    const ofClass = (index: number) => new Set(validation.map((item) => valuesOf(item)[index]));
    const told = Array.from({ length: this.classes }, (_, index) => ofClass(index));
    if (told.some((values) => values.has(0) && values.has(1))) return;
    throw new DomainError(
      "CONFLICT",
      `No class is both present and absent among the ${validation.length} validation items, so that AUC is undefined there; choose a split with more of them`,
    );
  }

  model(seed: number): tf.LayersModel {
    return classifier({ ...this.configuration.model, classes: this.classes }, seed);
  }

  loss(logits: tf.Tensor, truth: tf.Tensor, weights?: tf.Tensor): tf.Scalar {
    const { labelSmoothing } = this.configuration.loss;
    if (weights === undefined) return softmaxCrossEntropyLoss(logits, truth, { labelSmoothing });
    return knownCrossEntropyLoss(logits, truth, weights, { labelSmoothing });
  }

  probabilities(logits: tf.Tensor): tf.Tensor {
    return this.exclusive ? logits.softmax() : logits.sigmoid();
  }

  place(item: TrainingItem, { image: colour }: ItemPixels, into: Place, key: RandomKey | null): void {
    const { model, augmentation } = this.configuration;
    const image = withChannels(colour, channelsOf(model));
    if (key === null) lookUp(image, normalizedValues, into.image);
    else augmentImage(image, model.size, augmentation, key, into.image);
    for (const [index, value] of valuesOf(item).entries()) {
      into.truth[index] = value ?? 0;
      if (into.weights !== undefined) into.weights[index] = value === null ? 0 : 1;
    }
  }

  validation(): AucValidation {
    return new AucValidation(this.classes, this.exclusive);
  }

  evaluation(): ClassEvaluation {
    return new ClassEvaluation(this.classes);
  }
}
