/**
 * @file The slide's label on every tile: a tile classifier, and the bag's score is the mean of its tiles' scores.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], of the mean of the tiles' probabilities; tile logits [batch, tiles, classes], which the loss
 *            is of (src/models/losses/tileLabels.ts)
 *
 * The usual baseline before multiple-instance learning: in a positive bag every healthy tile is taught the wrong label.
 */
import * as tf from "@tensorflow/tfjs";
import type { TileLabelMilModel } from "@tessera/domain/configuration/mil";
import { Pointwise } from "../layers/affine.ts";
import type { DropoutSource } from "../layers/dropout.ts";
import { layerSeed, leCunNormal } from "../layers/initial.ts";
import { MeanProbability } from "../layers/meanProbability.ts";
import { apply } from "../layers/symbolic.ts";
import { bagInput } from "./bag.ts";

/**
 * Layers: "encoder", "head", "pooled".
 * @param exclusive of the label schema: an item has exactly one class
 * @throws DomainError BAD_INPUT as `bagInput`
 */
export function tileLabelMil(
  { exclusive, ...model }: TileLabelMilModel & { readonly exclusive: boolean },
  seed: number,
  random?: DropoutSource,
): tf.LayersModel {
  const { tiles, mask, encoded, width } = bagInput(model, seed, random);
  const kernelInitializer = leCunNormal(width, layerSeed(seed, 1));
  const options = { name: "head", units: model.classes, activation: "linear", kernelInitializer } as const;
  const tileLogits = apply(new Pointwise(options), encoded); //                                  [b, t, classes]
  const logits = apply(new MeanProbability({ name: "pooled", exclusive }), [tileLogits, mask]); // [b, classes]
  return tf.model({ name: "tileLabelMil", inputs: [tiles, mask], outputs: [logits, tileLogits] });
}
