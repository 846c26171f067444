/**
 * @file Multiple-instance learning with attention: a label for a bag of tiles, and what each tile weighed.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], attention [batch, tiles]
 *
 * Source: Ilse, Tomczak & Welling 2018, arXiv:1802.04712, section 2.4. Differs in two ways: the features are given (from a
 * network that is not trained here) and pass one layer with ReLU first, as is usual for whole slides; optional dropout there.
 */
import * as tf from "@tensorflow/tfjs";
import type { AttentionMilModel } from "@tessera/domain/configuration/mil";
import { DomainError } from "@tessera/domain/errors";
import { Pointwise } from "../layers/affine.ts";
import { TileAttention, WeightedSum } from "../layers/attentionPooling.ts";
import { type DropoutSource, SeededDropout } from "../layers/dropout.ts";
import { heNormal, layerSeed, leCunNormal } from "../layers/initial.ts";
import { apply } from "../layers/symbolic.ts";

/**
 * Layers: "encoder", "attention", "head". The model takes bags of any length.
 *
 * @param random draws for dropout; needed where `model.dropout` > 0
 * @throws DomainError BAD_INPUT when a number of `model` is out of range, or `random` is missing.
 */
export function attentionMil(model: AttentionMilModel, seed: number, random?: DropoutSource): tf.LayersModel {
  checkModel(model, random);
  const { features, classes, encoder, hidden, attention, dropout } = model;
  const tiles = tf.input({ shape: [null, features], name: "tiles" });
  const mask = tf.input({ shape: [null], name: "mask" });
  const width = encoder ?? features;

  let x = tiles; //                                                             [b, t, features]
  if (encoder !== null) {
    const kernelInitializer = heNormal(features, layerSeed(seed, 0));
    const options = { name: "encoder", units: encoder, activation: "relu", kernelInitializer } as const;
    x = apply(new Pointwise(options), x); //                                    [b, t, encoder]
  }
  if (dropout > 0) x = apply(new SeededDropout({ name: "dropout", rate: dropout, source: random! }), x);
  const options = { name: "attention", hidden, gated: attention === "gated", seed: layerSeed(seed, 1) };
  const weights = apply(new TileAttention(options), [x, mask]); //              [b, t]
  const pooled = apply(new WeightedSum({ name: "pooled" }), [x, weights]); //   [b, encoder]
  const kernelInitializer = leCunNormal(width, layerSeed(seed, 2));
  const logits = apply(tf.layers.dense({ name: "head", units: classes, kernelInitializer }), pooled);
  return tf.model({ name: "attentionMil", inputs: [tiles, mask], outputs: [logits, weights] });
}

function checkModel(model: AttentionMilModel, random: DropoutSource | undefined): void {
  const { features, classes, encoder, hidden, dropout } = model;
  const numbers = { features, classes, encoder: encoder ?? 1, hidden };
  const wrong = Object.entries(numbers).find(([, value]) => !Number.isInteger(value) || value < 1);
  if (wrong !== undefined) {
    const message = `attentionMil: expected a positive whole number for ${wrong[0]}, got ${wrong[1]}`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
  if (!(dropout >= 0 && dropout < 1)) {
    const message = `attentionMil: expected a dropout from 0 to below 1, got ${dropout}`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
  if (dropout > 0 && random === undefined) {
    const message = `attentionMil: dropout ${dropout} needs a source of random numbers, got none; give it the engine's GraphRandom`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
}
