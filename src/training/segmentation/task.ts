/** @file Segmentation: a mask per item and class, chosen by Dice. */

import type * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { augment } from "@tessera/models/augmentation/augment";
import { withChannels } from "@tessera/models/augmentation/grey";
import { lookUp, normalizedValues, splitClasses } from "@tessera/models/augmentation/normalize";
import type { RandomKey } from "@tessera/models/augmentation/random";
import { lossFor, type SegmentationLoss } from "@tessera/models/losses/byName";
import { type PixelWeights, pixelWeightsFor } from "@tessera/models/losses/pixelWeights";
import { unet } from "@tessera/models/segmentation/unet";
import { ImageInputs } from "../imageInputs.ts";
import type { ItemPixels, TrainingItem } from "../items.ts";
import type { Place, Task } from "../task.ts";
import type { TrainOptions } from "../trainOptions.ts";
import { MaskEvaluation } from "./evaluation.ts";
import { MaskMemorisation } from "./memorisation.ts";
import { DiceValidation } from "./validation.ts";

export class Segmentation extends ImageInputs implements Task {
  readonly configuration: SegmentationConfiguration;
  readonly truthShape: readonly number[];
  readonly weighted: boolean;
  readonly loss: SegmentationLoss;
  private readonly classes: number;
  private readonly pixelWeights: PixelWeights | null;

  constructor(configuration: SegmentationConfiguration, classes: number) {
    super();
    const { size } = configuration.model;
    this.configuration = configuration;
    this.classes = classes;
    this.truthShape = [size, size, classes];
    this.loss = lossFor(configuration.loss);
    this.pixelWeights = pixelWeightsFor(configuration.loss);
    this.weighted = this.pixelWeights !== null;
  }

  checkItems(): void {
    // Any masks will do: without a region Dice is undefined, and the loss still says something.
  }

  model(seed: number): tf.LayersModel {
    return unet(this.configuration.model, seed, this.classes);
  }

  /** Each class by itself. */
  probabilities(logits: tf.Tensor): tf.Tensor {
    return logits.sigmoid();
  }

  place(_item: TrainingItem, { image: colour, mask }: ItemPixels, into: Place, key: RandomKey | null): void {
    const { model, augmentation } = this.configuration;
    const { size } = model;
    const image = withChannels(colour, channelsOf(model));
    if (key !== null) augment(image, mask, size, augmentation, key, { image: into.inputs[0]!, mask: into.truth });
    else {
      lookUp(image, normalizedValues, into.inputs[0]!);
      splitClasses(size * size, (values, to) => lookUp(mask, values, to), into.truth);
    }
    weigh(into, size, this.pixelWeights);
  }

  validation(sampled: ReadonlySet<string> | null, pictures: Pick<TrainOptions, "encodeMask" | "storeBlob">) {
    return new DiceValidation(this.scale(), sampled, pictures);
  }

  evaluation(pictures: Pick<TrainOptions, "encodeMask" | "storeBlob">) {
    return new MaskEvaluation(this.scale(), pictures);
  }

  memorisation() {
    return new MaskMemorisation();
  }

  private scale() {
    const { model, threshold } = this.configuration;
    return { size: model.size, classes: this.classes, threshold };
  }
}

/** The weights of each class's mask as it is now: moved by augmentation, where that moved it. */
function weigh({ truth, weights }: Place, size: number, pixelWeights: PixelWeights | null): void {
  if (weights === undefined || pixelWeights === null) return;
  const classes = truth.length / (size * size);
  if (classes === 1) {
    pixelWeights(truth, size, size, weights);
    return;
  }
  const [one, itsWeights] = [new Float32Array(size * size), new Float32Array(size * size)];
  for (let each = 0; each < classes; each++) {
    for (let at = 0; at < one.length; at++) one[at] = truth[at * classes + each]!;
    pixelWeights(one, size, size, itsWeights);
    for (let at = 0; at < one.length; at++) weights[at * classes + each] = itsWeights[at]!;
  }
}
