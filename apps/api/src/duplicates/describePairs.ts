/** @file Found pairs with what people ask of them: items, folds, labels that contradict. */
import { type ComparedLabel, labelsConflict } from "@tessera/domain/duplicates/labels";
import type { Fold } from "@tessera/domain/words";
import { type Item, itemsByIds } from "@tessera/store/items";
import { labelsForItems } from "@tessera/store/labelVersions";
import { splitItems } from "@tessera/store/splits";
import type { Context } from "../context.ts";
import type { DuplicatePair } from "./duplicatePair.type.ts";
import type { FoundPair } from "./foundPair.ts";

export interface Described {
  readonly splitId?: string | null;
  readonly labelVersionId?: string | null;
}

export async function describePairs(
  { asReader, teamId }: Context,
  pairs: readonly FoundPair[],
  { splitId, labelVersionId }: Described,
): Promise<DuplicatePair[]> {
  if (pairs.length === 0) return [];
  const ids = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  return asReader(async (sql) => {
    const items = byId(ids, await itemsByIds(sql, teamId, ids));
    const placed = splitId ? await splitItems(sql, teamId, splitId) : [];
    const folds = new Map<string, Fold>(placed.map(({ itemId, fold }) => [itemId, fold]));
    const labels = byId(ids, labelVersionId ? await labelsForItems(sql, teamId, labelVersionId, ids) : []);
    const labelOf = (id: string): ComparedLabel | null => {
      const [label, item] = [labels.get(id), items.get(id)!];
      if (!label) return null;
      return { classValues: label.classValues, shares: sharesOf(label.regionPixels, item) };
    };
    return pairs.map(({ first, second, ...pair }) => ({
      ...pair,
      first: items.get(first)!,
      second: items.get(second)!,
      firstFold: folds.get(first) ?? null,
      secondFold: folds.get(second) ?? null,
      labelsConflict: labelsConflict(labelOf(first), labelOf(second)),
    }));
  });
}

/** Of two folds of the split that was asked. */
export const isAcross = ({ firstFold, secondFold }: Pick<DuplicatePair, "firstFold" | "secondFold">) =>
  firstFold !== null && secondFold !== null && firstFold !== secondFold;

const byId = <Row>(ids: readonly string[], rows: readonly (Row | null)[]) =>
  new Map(ids.flatMap((id, i): [string, Row][] => (rows[i] ? [[id, rows[i]]] : [])));

const sharesOf = (regionPixels: readonly number[], { width, height }: Item) =>
  regionPixels.map((pixels) => Number(pixels) / (width * height));
