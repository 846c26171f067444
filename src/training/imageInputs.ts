/** @file What every task on images says of its inputs: one image of the model's size and channels. */
import type * as tf from "@tensorflow/tfjs";
import { channelsOf } from "@tessera/domain/configuration/channels";
import type { ImageConfiguration } from "@tessera/domain/configuration/run";
import type { ModelOutput } from "./task.ts";

export abstract class ImageInputs {
  abstract readonly configuration: ImageConfiguration;
  readonly recordings = 2; // a fold's last batch is smaller

  /** RGB as it was decoded, and a mask. */
  get sourceBytes(): number {
    return 4 * this.scoredSize ** 2;
  }

  get scoredSize(): number {
    return this.configuration.model.size;
  }

  async prepare(): Promise<void> {
    // Images are scaled by constants.
  }

  inputShapes(): number[][] {
    const { model } = this.configuration;
    return [[model.size, model.size, channelsOf(model)]];
  }

  largestShapes(): number[][] {
    return this.inputShapes();
  }

  forward(model: tf.LayersModel, [images]: readonly tf.Tensor[], training: boolean): ModelOutput {
    return { logits: model.apply(images!, { training }) as tf.Tensor };
  }
}
