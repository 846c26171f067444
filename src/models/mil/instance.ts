/**
 * @file Multiple-instance learning by instances: every tile is classified, and the bag's score is pooled from the tiles'.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], tile logits [batch, tiles, classes]
 *
 * Source: mi-Net of Wang et al. 2018, arXiv:1610.02501, section 3.1. Max and topK pool the
 * logits, class by class; mean pools the probabilities, as a slide's score is the mean of its tiles' scores.
 */
import * as tf from "@tensorflow/tfjs";
import type { InstanceMilModel } from "@tessera/domain/configuration/mil";
import { Pointwise } from "../layers/affine.ts";
import { BagPooling } from "../layers/bagPooling.ts";
import type { DropoutSource } from "../layers/dropout.ts";
import { layerSeed, leCunNormal } from "../layers/initial.ts";
import { MeanProbability } from "../layers/meanProbability.ts";
import { apply } from "../layers/symbolic.ts";
import { bagInput } from "./bag.ts";

/**
 * Layers: "encoder", "head", "pooled".
 * @param exclusive of the label schema: an item has exactly one class
 * @throws DomainError BAD_INPUT as `bagInput` and `BagPooling`
 */
export function instanceMil(
  { exclusive, ...model }: InstanceMilModel & { readonly exclusive: boolean },
  seed: number,
  random?: DropoutSource,
): tf.LayersModel {
  const { tiles, mask, encoded, width } = bagInput(model, seed, random);
  const { classes, pooling, k } = model;
  const kernelInitializer = leCunNormal(width, layerSeed(seed, 1));
  const head = new Pointwise({ name: "head", units: classes, activation: "linear", kernelInitializer });
  const tileLogits = apply(head, encoded); //                                   [b, t, classes]
  const pool =
    pooling === "mean"
      ? new MeanProbability({ name: "pooled", exclusive })
      : new BagPooling({ name: "pooled", pooling, ...(k !== undefined && { k }) });
  const logits = apply(pool, [tileLogits, mask]); //                            [b, classes]
  return tf.model({ name: "instanceMil", inputs: [tiles, mask], outputs: [logits, tileLogits] });
}
