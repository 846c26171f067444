/** @file A configuration's optimiser, with all that belongs to it, over a model's weights. */
import type * as tf from "@tensorflow/tfjs";
import type { OptimizerConfiguration } from "@tessera/domain/configuration/optimizer";
import { Adam } from "@tessera/engine/optimizers/adam";
import { AdamW } from "@tessera/engine/optimizers/adamW";
import type { FusedOptimizer } from "@tessera/engine/optimizers/fusedOptimizer";
import { MovingAverage } from "@tessera/engine/optimizers/movingAverage";
import { Sgd } from "@tessera/engine/optimizers/sgd";
import { UpdateRule } from "@tessera/engine/optimizers/updateRule";
import { isKernel } from "@tessera/engine/optimizers/weightDecay";
import { trainableVariables, weightVariables } from "@tessera/models/weights/named";

export function optimizerOf(configuration: OptimizerConfiguration): FusedOptimizer {
  const { learningRate } = configuration;
  if (configuration.name === "adam") return new Adam({ learningRate });
  const { weightDecay } = configuration;
  const decay = { weightDecay, decayed: configuration.decayed === "all" ? () => true : isKernel };
  if (configuration.name === "adamw") return new AdamW({ learningRate, ...decay });
  const { momentum, nesterov } = configuration;
  return new Sgd({ learningRate, momentum, nesterov, ...decay });
}

/** The networks of a run. */
export interface Trained {
  readonly model: tf.LayersModel;
  readonly averaged: tf.LayersModel | null;
  /** Trained with the first by the same updates; null: there is none. */
  readonly peer?: tf.LayersModel | null;
}

/**
 * @param averaged a second model of the same architecture and the same weights, where `emaDecay` is above 0: its weights become
 *   the averages, those of batch normalisation's moving averages included
 */
export function updateRuleOf(
  configuration: OptimizerConfiguration,
  { model, averaged, peer = null }: Trained,
): UpdateRule {
  return new UpdateRule({
    optimizer: optimizerOf(configuration),
    variables: [...trainableVariables(model), ...(peer ? trainableVariables(peer) : [])],
    accumulate: configuration.accumulationSteps > 1,
    clipNorm: configuration.clipNorm,
    ...(averaged && { average: new MovingAverage(pairs(model, averaged), configuration.emaDecay) }),
  });
}

function pairs(model: tf.LayersModel, averaged: tf.LayersModel) {
  const averages = weightVariables(averaged);
  return [...weightVariables(model)].map(([name, of]) => ({ of, average: averages.get(name)! }));
}
