/** @file What is said of single items, without those that the caller is yet to read blind (decision 0045). */
import type { Loaders } from "../loaders.ts";

/**
 * A truth, or a score against it, tells the first opinion; what a model says suggests one. Sums over items are not for this.
 * @param labelVersionId of the labels that the rows were scored on
 * @returns `rows` itself where the caller is blind to none of them
 */
export async function withoutBlind<Row extends { readonly itemId: string }>(
  loaders: Loaders,
  labelVersionId: string | null,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const version = labelVersionId === null ? null : await loaders.labelVersion.load(labelVersionId);
  if (!version || rows.length === 0) return rows;
  const blind = await loaders.blindItems.load(version.schemaId);
  return blind.size === 0 ? rows : rows.filter(({ itemId }) => !blind.has(itemId));
}
