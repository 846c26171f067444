/**
 * @file A model's weights by name.
 *
 * A name is the layer's name and the weight's ("encoder/level0/conv1/kernel"). tf.js makes variable names unique over the
 * process by a counter; the names here do not have it, so they are the same in every process.
 */

import type * as tf from "@tensorflow/tfjs";
import { tensor, tidy } from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";

export interface NamedWeight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
export type NamedWeights = ReadonlyMap<string, NamedWeight>;

/** In the model's own order: the same for every model of one configuration. Moving averages included. */
export function weightVariables(model: tf.LayersModel): Map<string, tf.Variable> {
  return new Map(model.weights.map((weight) => [weight.originalName, weight.read() as tf.Variable]));
}

/** What an optimiser changes, in the same order. */
export function trainableVariables(model: tf.LayersModel): tf.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
}

/** All weights, not to be changed: an array may be the one that the weight was set from. */
export function readWeights(model: tf.LayersModel): Map<string, NamedWeight> {
  const reading = readingWeights(model);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}

/** As readWeights, one weight between two yields; none may change meanwhile. */
export function* readingWeights(model: tf.LayersModel): Generator<void, Map<string, NamedWeight>> {
  const weights = new Map<string, NamedWeight>();
  for (const [name, variable] of weightVariables(model)) {
    weights.set(name, { shape: variable.shape, data: variable.dataSync<"float32">() });
    yield;
  }
  return weights;
}

/** Sets every weight. @throws DomainError BAD_INPUT, before anything is set, when names or shapes are not the model's. */
export function writeWeights(model: tf.LayersModel, weights: NamedWeights): void {
  const variables = weightVariables(model);
  const unknown = [...weights.keys()].filter((name) => !variables.has(name));
  const missing = [...variables.keys()].filter((name) => !weights.has(name));
  const misshapen = [...variables].filter(
    ([name, { shape }]) => String(weights.get(name)?.shape ?? shape) !== String(shape),
  );
  if (unknown.length + missing.length + misshapen.length > 0) {
    const words = `missing: ${missing.join(", ") || "none"}; unknown: ${unknown.join(", ") || "none"}; other shape: ${misshapen.map(([name]) => name).join(", ") || "none"}`;
    throw new DomainError(
      "BAD_INPUT",
      `The weights are not of this model (${words}); use copyWeights for a part of them`,
    );
  }
  for (const [name, variable] of variables) assignWeight(variable, weights.get(name)!);
}

export function assignWeight(variable: tf.Variable, { shape, data }: NamedWeight): void {
  tidy(() => variable.assign(tensor(data, [...shape])));
}
