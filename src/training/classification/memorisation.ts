/**
 * @file What is fitted of clean and of corrupted class labels. A label is which class an item has, or, of classes that are not
 * exclusive, each value that is known: of one item some may be corrupted and others not.
 */
import type { ClassValues } from "@tessera/domain/classValues";
import { memorisationSeries as series } from "@tessera/domain/memorisation";
import { presentAbove } from "@tessera/models/metrics/classification";
import type { TrainingItem } from "../items.ts";
import { surpriseOf, Tally } from "../memorisation.ts";
import type { Memorisation, ScoredBatch } from "../task.ts";
import { valuesOf } from "./classTable.ts";

interface Answered {
  /** Class index; 0 where classes are exclusive. */
  readonly question: number;
  readonly given: number;
  /** What it was before the noise. */
  readonly before: number;
  readonly predicted: number;
  /** Of what is given. */
  readonly probability: number;
}

export class ClassMemorisation implements Memorisation {
  private readonly exclusive: boolean;
  private readonly clean = new Tally();
  private readonly corrupted = new Tally();
  /** By question: how often each answer is given by corrupted labels. */
  private readonly answers = new Map<number, Map<number, number>>();

  constructor(exclusive: boolean) {
    this.exclusive = exclusive;
  }

  async add({ items, probabilities }: ScoredBatch): Promise<void> {
    const classes = probabilities.length / items.length;
    for (const [place, item] of items.entries()) {
      const own = probabilities.subarray(place * classes, (place + 1) * classes);
      for (const label of this.exclusive ? whichClass(item, own) : eachClass(item, own)) this.count(label);
    }
  }

  private count({ question, given, before, predicted, probability }: Answered): void {
    const loss = surpriseOf(probability);
    const fitted = predicted === given;
    if (given === before) {
      this.clean.add(loss, { fitted });
      return;
    }
    this.corrupted.add(loss, { fitted, asTrue: predicted === before });
    const counts = this.answers.get(question) ?? new Map<number, number>();
    this.answers.set(question, counts.set(given, (counts.get(given) ?? 0) + 1));
  }

  result(): Record<string, number> {
    const commonest = [...this.answers.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
    return {
      ...this.clean.series({ loss: series.cleanLoss, fitted: series.cleanFitted }),
      ...this.corrupted.series({
        loss: series.corruptedLoss,
        fitted: series.corruptedFitted,
        asTrue: series.corruptedAsTrue,
      }),
      ...(this.corrupted.labels > 0 && { [series.corruptedChance]: commonest / this.corrupted.labels }),
    };
  }
}

const beforeOf = (item: TrainingItem): ClassValues => item.corrupted?.trueValues ?? valuesOf(item);

function whichClass(item: TrainingItem, probabilities: Float32Array): Answered[] {
  const given = valuesOf(item).indexOf(1);
  const predicted = probabilities.indexOf(Math.max(...probabilities));
  return [{ question: 0, given, before: beforeOf(item).indexOf(1), predicted, probability: probabilities[given]! }];
}

const eachClass = (item: TrainingItem, probabilities: Float32Array): Answered[] =>
  valuesOf(item).flatMap((given, question) => {
    if (given === null) return [];
    const present = probabilities[question]!;
    return [
      {
        question,
        given,
        before: beforeOf(item)[question] ?? given,
        predicted: present > presentAbove ? 1 : 0,
        probability: given === 1 ? present : 1 - present,
      },
    ];
  });
