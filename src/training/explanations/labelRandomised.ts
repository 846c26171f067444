/**
 * @file A model that has seen the run's images with labels that mean nothing: what a heat map of the run's own model has to differ from.
 *
 * Source: Adebayo et al. 2018, arXiv:1810.03292, section 3.2 (the data randomisation test). Differs in one way: they train until the permuted
 * labels are learnt by heart, here so many steps are trained, and how far they were learnt is told.
 */
import type * as tf from "@tensorflow/tfjs";
import { epochSteps } from "@tessera/domain/configuration/training";
import { shuffledIndices } from "@tessera/models/augmentation/random";
import { accuracyOf } from "@tessera/models/metrics/classification";
import { type NamedWeights, readWeights } from "@tessera/models/weights/named";
import { scoringBatch, trainingBatch } from "../batches.ts";
import { predictionsOf, valuesOf } from "../classification/classTable.ts";
import type { TrainingItem } from "../items.ts";
import { openNetwork } from "../network.ts";
import { learningRateAt } from "../schedule.ts";
import type { Task } from "../task.ts";

export interface LabelRandomisedOptions {
  /** Of the run: classification. */
  readonly task: Task;
  readonly seed: number;
  /** The run's training items. */
  readonly items: readonly TrainingItem[];
  /** The run's weights before its first step. */
  readonly start: tf.LayersModel;
  /** Updates. */
  readonly steps: number;
  readonly onStep: () => void;
}

export interface LabelRandomised {
  readonly weights: NamedWeights;
  /** On at most 256 of the training items, against the permuted labels. */
  readonly accuracy: number;
  /** What the most frequent answer reaches there. */
  readonly chance: number;
}

const scoredItems = 256;

/** Apart from every epoch of the run's own order. */
const permutation = { epoch: 0, index: 0xfffffffe } as const;

/** The items with each other's labels: every label is there as often as before. */
export function permutedLabels(items: readonly TrainingItem[], seed: number): TrainingItem[] {
  const order = shuffledIndices(items.length, { seed, ...permutation });
  return items.map((item, place) => ({ ...item, classValues: valuesOf(items[order[place]!]!) }));
}

/** The run's own optimiser and augmentation; its schedule over the steps given here. */
export async function trainOnPermutedLabels(options: LabelRandomisedOptions): Promise<LabelRandomised> {
  const { task, seed, steps, onStep } = options;
  const { optimizer, batchSize } = task.configuration;
  const items = permutedLabels(options.items, seed);
  const perEpoch = epochSteps(items.length, task.configuration);
  const network = openNetwork(task, seed);
  try {
    network.loadWeights(readWeights(options.start));
    for (let step = 0; step < steps; step++) {
      const batch = await trainingBatch(items, task, seed, step);
      await network.step(batch, learningRateAt(optimizer, step, steps, perEpoch), step);
      onStep();
    }
    const predictions = [];
    const scored = items.slice(0, scoredItems);
    const classes = task.truthShape[0]!;
    for (let from = 0; from < scored.length; from += batchSize) {
      const { batch, ...made } = await scoringBatch(scored.slice(from, from + batchSize), task);
      const { probabilities } = await network.score(batch);
      predictions.push(...predictionsOf({ ...made, probabilities }, classes));
    }
    const exclusive = !task.weighted;
    const { weights, average } = network.state();
    return {
      weights: new Map(
        [...(average ?? weights)].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
      ),
      accuracy: accuracyOf(predictions, exclusive),
      chance: mostFrequent(scored, classes, exclusive),
    };
  } finally {
    network.dispose();
  }
}

/** Of an exclusive schema the largest class' share; else the mean over classes of the more frequent value's share. */
function mostFrequent(items: readonly TrainingItem[], classes: number, exclusive: boolean): number {
  const shares = Array.from({ length: classes }, (_, index) => {
    const known = items.map((item) => valuesOf(item)[index]).filter((value) => value != null);
    return known.filter((value) => value === 1).length / Math.max(1, known.length);
  });
  if (exclusive) return Math.max(...shares);
  return shares.reduce((sum, share) => sum + Math.max(share, 1 - share), 0) / classes;
}
