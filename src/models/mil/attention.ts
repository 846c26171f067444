/**
 * @file Multiple-instance learning with attention: a label for a bag of tiles, and what each tile weighed.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], attention [batch, tiles]
 *
 * Source: Ilse, Tomczak & Welling 2018, arXiv:1802.04712, section 2.4. Differs in two ways: the features are given (from a
 * network that is not trained here) and pass the layers of `bagInput` first; optional dropout there.
 */
import * as tf from "@tensorflow/tfjs";
import type { AttentionMilModel } from "@tessera/domain/configuration/mil";
import { TileAttention, WeightedSum } from "../layers/attentionPooling.ts";
import type { DropoutSource } from "../layers/dropout.ts";
import { layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply } from "../layers/symbolic.ts";
import { bagInput } from "./bag.ts";

/**
 * Layers: "encoder", "attention", "head". The model takes bags of any length.
 * @throws DomainError BAD_INPUT as `bagInput`
 */
export function attentionMil(model: AttentionMilModel, seed: number, random?: DropoutSource): tf.LayersModel {
  const { tiles, mask, encoded, width } = bagInput(model, seed, random);
  const { classes, hidden, attention } = model;
  const options = { name: "attention", hidden, gated: attention === "gated", seed: layerSeed(seed, 1) };
  const weights = apply(new TileAttention(options), [encoded, mask]); //              [b, t]
  const pooled = apply(new WeightedSum({ name: "pooled" }), [encoded, weights]); //   [b, width]
  const kernelInitializer = leCunNormal(width, layerSeed(seed, 2));
  const logits = apply(tf.layers.dense({ name: "head", units: classes, kernelInitializer }), pooled);
  return tf.model({ name: "attentionMil", inputs: [tiles, mask], outputs: [logits, weights] });
}
