/** @file What clean and corrupted masks cost. How far a mask is fitted is a matter of degree: its loss alone is told. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { memorisationSeries as series } from "@tessera/domain/memorisation";
import { lookUp, splitClasses } from "@tessera/models/augmentation/normalize";
import { surpriseOf, Tally } from "../memorisation.ts";
import type { Memorisation, ScoredBatch } from "../task.ts";

export class MaskMemorisation implements Memorisation {
  private readonly clean = new Tally();
  private readonly corrupted = new Tally();

  async add({ items, pixels, probabilities }: ScoredBatch): Promise<void> {
    const length = probabilities.length / items.length; // size * size * classes
    for (const [place, { corrupted }] of items.entries()) {
      const { mask } = pixels[place]!;
      const truth = new Float32Array(length);
      splitClasses(mask.length, (values, to) => lookUp(mask, values, to), truth);
      const loss = meanSurprise(probabilities.subarray(place * length, (place + 1) * length), truth);
      (corrupted === undefined ? this.clean : this.corrupted).add(loss);
      await nextTurn();
    }
  }

  result(): Record<string, number> {
    return {
      ...this.clean.series({ loss: series.cleanLoss }),
      ...this.corrupted.series({ loss: series.corruptedLoss }),
    };
  }
}

/** Nats per pixel and class. */
function meanSurprise(probabilities: Float32Array, truth: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < truth.length; at++)
    sum += surpriseOf(truth[at] === 1 ? probabilities[at]! : 1 - probabilities[at]!);
  return sum / truth.length;
}
