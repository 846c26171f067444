/**
 * @file Multiple-instance learning by a transformer: tiles see each other, and a class token gathers what decides.
 *
 *   inputs   tiles [batch, tiles, features], mask [batch, tiles] (1 tile, 0 padding)
 *   outputs  logits [batch, classes], tile logits [batch, tiles, classes]: what the head says of each tile's own token
 *
 * Source: TransMIL, Shao et al. 2021, arXiv:2106.00908, figure 3: encoder, class token and squaring, attention, pyramid position encoding,
 * attention, normalisation, head on the class token. Differs: the attention as nystrom.ts says, or exact; `dropout` also after the encoder.
 */
import * as tf from "@tensorflow/tfjs";
import type { TransformerMilModel } from "@tessera/domain/configuration/mil";
import { DomainError } from "@tessera/domain/errors";
import { Pointwise } from "../layers/affine.ts";
import type { DropoutSource } from "../layers/dropout.ts";
import { layerSeed, leCunNormal } from "../layers/initial.ts";
import { LayerNorm } from "../layers/layerNorm.ts";
import { PyramidPosition } from "../layers/pyramidPosition.ts";
import { ClassToken, SquaredTokens, TokensOfTiles } from "../layers/squaredTokens.ts";
import { apply } from "../layers/symbolic.ts";
import { TokenAttention } from "../layers/tokenAttention.ts";
import { bagInput } from "./bag.ts";

/**
 * Layers: "encoder", "tokens", "attention/1", "position", "attention/2", "norm", "head".
 * @throws DomainError BAD_INPUT as `bagInput`, or where the width does not divide by the heads
 */
export function transformerMil(model: TransformerMilModel, seed: number, random?: DropoutSource): tf.LayersModel {
  const { tiles, mask, encoded, width } = bagInput(model, seed, random);
  const { classes, heads, landmarks, dropout } = model;
  if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
    const message = `transformerMil: expected heads that divide the width ${width}, got ${heads}`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
  const attend = (place: number, x: tf.SymbolicTensor) => {
    const options = { heads, landmarks, dropout, source: random, seed: layerSeed(seed, 10 * place) };
    return apply(new TokenAttention({ name: `attention/${place}`, ...options }), [x, mask]);
  };
  // The class token starts as one of N(0, 1), as in the authors' program.
  const tokenInitializer = leCunNormal(1, layerSeed(seed, 1));
  const tokens = apply(new SquaredTokens({ name: "tokens", tokenInitializer }), [encoded, mask]); // [b, 1 + side², width]
  const first = attend(1, tokens);
  const placed = apply(new PyramidPosition({ name: "position", seed: layerSeed(seed, 2) }), [first, mask]);
  const normal = apply(new LayerNorm({ name: "norm" }), attend(2, placed));
  const kernelInitializer = leCunNormal(width, layerSeed(seed, 3));
  const head = new Pointwise({ name: "head", units: classes, activation: "linear", kernelInitializer });
  const ofToken = apply(head, apply(new ClassToken({ name: "class" }), normal)); //           [b, 1, classes]
  const logits = apply(tf.layers.reshape({ name: "logits", targetShape: [classes] }), ofToken);
  const ofTiles = apply(head, apply(new TokensOfTiles({ name: "tiles/tokens" }), [normal, mask]));
  return tf.model({ name: "transformerMil", inputs: [tiles, mask], outputs: [logits, ofTiles] });
}
