/** @file What every model of bags begins with: tiles, their mask, and the layers that all tiles pass first. */
import * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import { DomainError } from "@tessera/domain/errors";
import { Pointwise } from "../layers/affine.ts";
import { type DropoutSource, SeededDropout } from "../layers/dropout.ts";
import { heNormal, layerSeed } from "../layers/initial.ts";
import { apply } from "../layers/symbolic.ts";
import { tileConvolutions } from "./tileConvolutions.ts";

export interface BagInput {
  /** [b, tiles, features] */
  readonly tiles: tf.SymbolicTensor;
  /** [b, tiles], 1 for a tile and 0 for padding */
  readonly mask: tf.SymbolicTensor;
  /** [b, tiles, width], after encoder and dropout */
  readonly encoded: tf.SymbolicTensor;
  readonly width: number;
}

/** Beyond every layer seed of a model's own. */
const firstDeeper = 100;

/**
 * Layers "convolution/1" and on, where tiles are convolved; "encoder" and "dropout", or "encoder/1", "dropout/1" and on where there are
 * several. Layer seed 0 is the first's.
 * @param random draws for dropout; needed where `model.dropout` > 0
 * @throws DomainError BAD_INPUT when a number of `model` is out of range, `random` is missing, or as `tileConvolutions`
 */
export function bagInput(model: MilModel, seed: number, random: DropoutSource | undefined): BagInput {
  checkBag(model, random);
  const { features, encoder, dropout } = model;
  const dropped = (x: tf.SymbolicTensor, name: string) =>
    dropout > 0 ? apply(new SeededDropout({ name, rate: dropout, source: random! }), x) : x;
  const tiles = tf.input({ shape: [null, features], name: "tiles" });
  const mask = tf.input({ shape: [null], name: "mask" });
  const { layers, width: convolved } = tileConvolutions(model, seed);
  let width = convolved;
  let encoded = layers.reduce((x, layer) => apply(layer, x), tiles); //         [b, t, width]
  if (encoder.length === 0) encoded = dropped(encoded, "dropout");
  for (const [place, units] of encoder.entries()) {
    const of = encoder.length === 1 ? "" : `/${place + 1}`;
    const kernelInitializer = heNormal(width, layerSeed(seed, place === 0 ? 0 : firstDeeper + place));
    const options = { name: `encoder${of}`, units, activation: "relu", kernelInitializer } as const;
    encoded = dropped(apply(new Pointwise(options), encoded), `dropout${of}`); // [b, t, units]
    width = units;
  }
  return { tiles, mask, encoded, width };
}

function checkBag(model: MilModel, random: DropoutSource | undefined): void {
  const { family, features, classes, encoder, dropout } = model;
  const widths = encoder.map((width): [string, number] => ["encoder", width]);
  const numbers = { features, classes, ...("hidden" in model && { hidden: model.hidden }) };
  const wrong = [...Object.entries(numbers), ...widths].find(([, value]) => !Number.isInteger(value) || value < 1);
  if (wrong !== undefined) {
    const message = `${family}: expected a positive whole number for ${wrong[0]}, got ${wrong[1]}`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
  if (!(dropout >= 0 && dropout < 1)) {
    const message = `${family}: expected a dropout from 0 to below 1, got ${dropout}`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
  if (dropout > 0 && random === undefined) {
    const message = `${family}: dropout ${dropout} needs a source of random numbers, got none; give it the engine's GraphRandom`;
    throw new DomainError("BAD_INPUT", message, { ...model });
  }
}
