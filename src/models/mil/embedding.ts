/**
 * @file Multiple-instance learning by embedding: the tiles' vectors are pooled, and the bag's vector is classified.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], tile logits [batch, tiles, classes]: what the head says of each tile alone
 *
 * Source: MI-Net of Wang et al. 2018, arXiv:1610.02501, section 3.2. Theirs has three hidden layers with dropout of 0.5, which is what
 * `encoder` and `dropout` say. Differs: no deep supervision.
 */
import * as tf from "@tensorflow/tfjs";
import type { EmbeddingMilModel } from "@tessera/domain/configuration/mil";
import { Pointwise } from "../layers/affine.ts";
import { BagPooling } from "../layers/bagPooling.ts";
import type { DropoutSource } from "../layers/dropout.ts";
import { layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply } from "../layers/symbolic.ts";
import { bagInput } from "./bag.ts";

/** Layers: "encoder", "pooled", "head". @throws DomainError BAD_INPUT as `bagInput` and `BagPooling` */
export function embeddingMil(model: EmbeddingMilModel, seed: number, random?: DropoutSource): tf.LayersModel {
  const { tiles, mask, encoded, width } = bagInput(model, seed, random);
  const { classes, pooling, k } = model;
  const pool = new BagPooling({ name: "pooled", pooling, ...(k !== undefined && { k }) });
  const kernelInitializer = leCunNormal(width, layerSeed(seed, 1));
  const head = new Pointwise({ name: "head", units: classes, activation: "linear", kernelInitializer });
  const pooled = apply(pool, [encoded, mask]); //                                                            [b, width]
  const one = apply(tf.layers.reshape({ name: "bag", targetShape: [1, width] }), pooled); //                 [b, 1, width]
  const logits = apply(tf.layers.reshape({ name: "logits", targetShape: [classes] }), apply(head, one)); //  [b, classes]
  return tf.model({ name: "embeddingMil", inputs: [tiles, mask], outputs: [logits, apply(head, encoded)] });
}
