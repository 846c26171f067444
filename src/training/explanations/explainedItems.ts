/** @file The items of an inspection that shows maps: what the run says of them, which class is explained, which are chosen. */
import type { ClassValues } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import type { GuardedRequest } from "@tessera/domain/inspections/guardedRequest";
import { type Fold, folds } from "@tessera/domain/words";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { valuesOf } from "../classification/classTable.ts";
import type { TrainingItem, TrainingItems } from "../items.ts";

export interface ExplainedItem {
  readonly itemId: string;
  readonly fold: Fold;
  readonly truth: ClassValues;
  /** [classes] */
  readonly probabilities: readonly number[];
  /** Whose logit is explained. */
  readonly classIndex: number;
  readonly item: TrainingItem;
}

/** Probabilities of a few items at a time, by class. */
export type Predict = (items: readonly TrainingItem[]) => Promise<readonly (readonly number[])[]>;

/** @param atOnce items that `predict` is given */
export async function explained(
  items: readonly { readonly item: TrainingItem; readonly fold: Fold }[],
  predict: Predict,
  classIndex: number | undefined,
  atOnce = 32,
): Promise<ExplainedItem[]> {
  const all: ExplainedItem[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    const some = items.slice(from, from + atOnce);
    const predicted = await predict(some.map(({ item }) => item));
    for (const [place, { item, fold }] of some.entries()) {
      const probabilities = predicted[place]!;
      const most = classIndex ?? probabilities.indexOf(Math.max(...probabilities));
      all.push({ itemId: item.itemId, fold, truth: valuesOf(item), probabilities, classIndex: most, item });
    }
  }
  return all;
}

/** [size*size*3] as the network takes it. */
export async function normalized(item: TrainingItem): Promise<Float32Array> {
  const { image } = await item.read();
  const values = new Float32Array(image.length);
  lookUp(image, normalizedValues, values);
  return values;
}

const truthOf = ({ truth, classIndex }: ExplainedItem): 0 | 1 | null => truth[classIndex]!;
const probabilityOf = ({ probabilities, classIndex }: ExplainedItem): number => probabilities[classIndex]!;

/** Those in which the explained class is (right) or is not (wrong), the most probable first. */
export function chosen(
  validation: readonly ExplainedItem[],
  choice: "confidentRight" | "confidentWrong",
  count: number,
): ExplainedItem[] {
  const wanted = choice === "confidentRight" ? 1 : 0;
  return validation
    .filter((each) => truthOf(each) === wanted)
    .sort((a, b) => probabilityOf(b) - probabilityOf(a))
    .slice(0, count);
}

/** In the run's order, which is that of a hash: those that have the explained class, then others where these are too few. */
export function guarded(validation: readonly ExplainedItem[], count: number): ExplainedItem[] {
  const rank = (each: ExplainedItem) => (truthOf(each) === 1 ? 0 : 1);
  return validation.toSorted((a, b) => rank(a) - rank(b)).slice(0, count);
}

/** @throws DomainError NOT_FOUND for an item that the run's split does not have */
export function named(items: TrainingItems, { itemIds }: GuardedRequest): { item: TrainingItem; fold: Fold }[] {
  const all = new Map(folds.flatMap((fold) => items[fold].map((item) => [item.itemId, { item, fold }] as const)));
  return itemIds.map((itemId) => {
    const found = all.get(itemId);
    if (found !== undefined) return found;
    throw new DomainError("NOT_FOUND", `Item ${itemId} is not in the run's split; name items of it`, { itemId });
  });
}
