/** @file Starting weights from a source: which weights go over, and what became of each. */
import type * as tf from "@tensorflow/tfjs";
import type { WeightsReport } from "@tessera/domain/weights/report";
import { assignWeight, type NamedWeights, weightVariables } from "./named.ts";
import { fittedStart, type StartPart } from "./start.ts";

export interface Transfer {
  /** Weights of the model that were set. */
  readonly loaded: readonly string[];
  /** Weights of the model that were asked for and kept their start: absent from the source, or of another shape there. */
  readonly skipped: readonly string[];
  /** Of both, with what was changed, and why the others were not set. */
  readonly report: WeightsReport;
}

/**
 * Copies weights by name into `model`, where the shape is the same, or the stem's can be fitted.
 *
 * @throws DomainError BAD_INPUT when not one fits: training would start from random weights under another name.
 */
export function copyWeights(from: NamedWeights, model: tf.LayersModel, part: StartPart): Transfer {
  const variables = weightVariables(model);
  const { weights, report } = fittedStart(from, variables, part);
  for (const [name, weight] of weights) assignWeight(variables.get(name)!, weight);
  return { loaded: [...weights.keys()], skipped: report.skipped.map(({ name }) => name), report };
}
