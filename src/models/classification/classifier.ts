/** @file The classifier of a configuration. */
import type * as tf from "@tensorflow/tfjs";
import type { Classifier } from "@tessera/domain/configuration/classifier";
import { cbr } from "./cbr.ts";
import { mobilenet } from "./mobilenet.ts";
import { resnet } from "./resnet.ts";

/** @throws DomainError BAD_INPUT when a number of `model` is not a positive integer */
export function classifier(model: Classifier, seed: number): tf.LayersModel {
  switch (model.family) {
    case "resnet":
      return resnet(model, seed);
    case "cbr":
      return cbr(model, seed);
    default:
      return mobilenet(model, seed);
  }
}
