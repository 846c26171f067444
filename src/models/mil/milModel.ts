/** @file The model of bags that a configuration asks for. */
import type * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import type { DropoutSource } from "../layers/dropout.ts";
import { attentionMil } from "./attention.ts";
import { dualStreamMil } from "./dualStream.ts";
import { embeddingMil } from "./embedding.ts";
import { instanceMil } from "./instance.ts";
import { tileLabelMil } from "./tileLabel.ts";
import { transformerMil } from "./transformer.ts";

/**
 * Inputs: tiles [b, tiles, features], mask [b, tiles]. Outputs: logits [b, classes]; then what each tile weighed or scored, in the
 * family's own shape; then, where the loss is of several streams, the logits of each.
 *
 * @param exclusive of the label schema: an item has exactly one class
 * @throws DomainError BAD_INPUT when a number of `model` is out of range, or `random` is missing where it drops features
 */
export function milModel(
  model: MilModel & { readonly exclusive: boolean },
  seed: number,
  random?: DropoutSource,
): tf.LayersModel {
  switch (model.family) {
    case "instanceMil":
      return instanceMil(model, seed, random);
    case "embeddingMil":
      return embeddingMil(model, seed, random);
    case "attentionMil":
      return attentionMil(model, seed, random);
    case "dualStreamMil":
      return dualStreamMil(model, seed, random);
    case "tileLabelMil":
      return tileLabelMil(model, seed, random);
    case "transformerMil":
      return transformerMil(model, seed, random);
  }
}
