/** @file Starting weights from an earlier run: which weights go over, and what became of each. */

import type * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import { assignWeight, type NamedWeights, weightVariables } from "./named.ts";

export interface Transfer {
  /** Weights of the model that were set. */
  readonly loaded: readonly string[];
  /** Weights of the model that were asked for and kept their start: absent from the source, or of another shape there. */
  readonly skipped: readonly string[];
}

/** The names that belong to the encoder: of a U-Net the deepest level included, of a classifier all but the head. */
export function encoderWeights(names: readonly string[]): string[] {
  const encoder = names.filter((name) => name.startsWith("encoder/"));
  return encoder.length > 0 ? encoder : names.filter((name) => !name.startsWith("head/"));
}

/**
 * Copies weights by name into `model`, where the shape is the same.
 *
 * @throws DomainError BAD_INPUT when not one fits: training would start from random weights under another name.
 */
export function copyWeights(from: NamedWeights, model: tf.LayersModel, part: "encoder" | "all"): Transfer {
  const variables = weightVariables(model);
  const wanted = part === "all" ? [...variables.keys()] : encoderWeights([...variables.keys()]);
  const fits = (name: string) => String(from.get(name)?.shape) === String(variables.get(name)!.shape);
  const loaded = wanted.filter(fits);
  const skipped = wanted.filter((name) => !fits(name));
  if (loaded.length === 0) {
    const example = [...from].slice(0, 3).map(([name, { shape }]) => `${name} [${shape}]`);
    throw new DomainError(
      "BAD_INPUT",
      `None of the ${from.size} weights (${example.join(", ")}, …) fits one of the ${wanted.length} that are wanted ` +
        `(${part}); choose a run with the same baseFilters and depth, or start from random weights`,
      { part, wanted: wanted.length, offered: from.size },
    );
  }
  for (const name of loaded) assignWeight(variables.get(name)!, from.get(name)!);
  return { loaded, skipped };
}
