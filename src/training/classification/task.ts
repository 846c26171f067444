/** @file Classification: a probability per class and item, chosen by AUC. */
import type * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { ClassificationConfiguration } from "@tessera/domain/configuration/classification";
import { augmentImage } from "@tessera/models/augmentation/augment";
import { withChannels } from "@tessera/models/augmentation/grey";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import type { RandomKey } from "@tessera/models/augmentation/random";
import { classifier } from "@tessera/models/classification/classifier";
import { ImageInputs } from "../imageInputs.ts";
import type { ItemPixels, TrainingItem, TrainingItems } from "../items.ts";
import type { ItemLosses, Place, Task } from "../task.ts";
import { ClassEvaluation } from "./evaluation.ts";
import type { ClassLabels } from "./labels.ts";
import { ClassMemorisation } from "./memorisation.ts";
import { AucValidation } from "./validation.ts";

export class Classification extends ImageInputs implements Task {
  readonly configuration: ClassificationConfiguration;
  readonly truthShape: readonly number[];
  readonly weighted: boolean;
  private readonly labels: ClassLabels;

  constructor(configuration: ClassificationConfiguration, labels: ClassLabels) {
    super();
    this.configuration = configuration;
    this.labels = labels;
    this.truthShape = [labels.classes];
    this.weighted = labels.weighted;
  }

  checkItems(items: TrainingItems): void {
    this.labels.checkItems(items);
  }

  model(seed: number): tf.LayersModel {
    return classifier({ ...this.configuration.model, classes: this.labels.classes }, seed);
  }

  loss(logits: tf.Tensor, truth: tf.Tensor, weights?: tf.Tensor): tf.Scalar {
    return this.labels.loss(logits, truth, weights, this.configuration.loss);
  }

  get byItem(): ItemLosses {
    const { labels, configuration } = this;
    return {
      cost: (logits, truth, known) => labels.itemCost(logits, truth, known),
      loss: (logits, truth, known, share) =>
        known === undefined
          ? labels.loss(logits, truth.mul(share), undefined, configuration.loss).mul(truth.shape[0]!).div(share.sum())
          : labels.loss(logits, truth, known.mul(share), configuration.loss),
    };
  }

  probabilities(logits: tf.Tensor): tf.Tensor {
    return this.labels.probabilities(logits);
  }

  place(item: TrainingItem, { image: colour }: ItemPixels, into: Place, key: RandomKey | null): void {
    const { model, augmentation } = this.configuration;
    const image = withChannels(colour, channelsOf(model));
    const [to] = into.inputs;
    if (key === null) lookUp(image, normalizedValues, to!);
    else augmentImage(image, model.size, augmentation, key, to!);
    this.labels.place(item, into);
  }

  validation(): AucValidation {
    return new AucValidation(this.labels.classes, this.labels.exclusive);
  }

  memorisation(): ClassMemorisation {
    return new ClassMemorisation(this.labels.exclusive);
  }

  evaluation(): ClassEvaluation {
    return new ClassEvaluation(this.labels.classes);
  }
}
