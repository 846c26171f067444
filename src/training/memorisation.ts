/** @file Which training items are scored after every epoch to see what is fitted of them, and the series in which that is told. */
import type { TrainingItem } from "./items.ts";

/** Of each kind; a fold of fewer is scored whole. The standard error of a share is then at most 1.1 %. */
const most = 2000;

/** The first of the clean and of the corrupted items, in the order given: by content, so any part serves as well as another. */
export function watchedItems(train: readonly TrainingItem[]): TrainingItem[] {
  const of = (corrupted: boolean) =>
    train.filter((item) => (item.corrupted !== undefined) === corrupted).slice(0, most);
  return [...of(false), ...of(true)];
}

/** Beyond it a probability in float32 says no more: a label costs at most 16.1 nats. */
export const surpriseOf = (probability: number): number => -Math.log(Math.max(probability, 1e-7));

/** Sums over labels of one kind. */
export class Tally {
  labels = 0;
  private loss = 0;
  private fitted = 0;
  private asTrue = 0;

  add(loss: number, { fitted = false, asTrue = false } = {}): void {
    this.labels++;
    this.loss += loss;
    this.fitted += Number(fitted);
    this.asTrue += Number(asTrue);
  }

  /** Nothing of no labels. */
  series(of: { readonly loss: string; readonly fitted?: string; readonly asTrue?: string }): Record<string, number> {
    if (this.labels === 0) return {};
    return {
      [of.loss]: this.loss / this.labels,
      ...(of.fitted && { [of.fitted]: this.fitted / this.labels }),
      ...(of.asTrue && { [of.asTrue]: this.asTrue / this.labels }),
    };
  }
}
