/** @file A published split that comes as a fold per item: a folder's name, a column's value, a part of an array's name. */
import type { Fold } from "../words.ts";

const names: readonly [RegExp, Fold][] = [
  [/^train(ing)?$/i, "train"],
  [/^val(id|idation)?$/i, "validation"],
  [/^test(ing)?$/i, "test"],
];

/** null where it is no name of a fold. */
export const foldNamed = (name: string): Fold | null =>
  names.find(([pattern]) => pattern.test(name.trim()))?.[1] ?? null;

/** As officialSplit takes them. */
export interface FoldLists {
  readonly train: readonly string[];
  readonly test: readonly string[];
  readonly validation?: readonly string[];
}

/** Of training and validation alone, validation is the held-out part. null: the folds named are no split. */
export function publishedFolds(
  items: readonly { readonly name: string; readonly fold: Fold | null }[],
): FoldLists | null {
  const of = (fold: Fold) => items.filter((item) => item.fold === fold).map(({ name }) => name);
  const [train, validation, test] = [of("train"), of("validation"), of("test")];
  if (train.length === 0 || validation.length + test.length === 0) return null;
  if (test.length === 0) return { train, test: validation };
  return { train, test, ...(validation.length > 0 && { validation }) };
}
