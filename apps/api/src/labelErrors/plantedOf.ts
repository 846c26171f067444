/** @file Which labels of a version that was made by noise differ from what they were: errors whose truth is known. */
import type { Label, LabelVersion } from "@tessera/store/labelVersions";
import { labelsForItems } from "@tessera/store/labelVersions";
import type { Context } from "../context.ts";
import type { Suspect } from "./suspect.ts";

export interface PlantedLabels {
  /** Of the version that the noise was put on. */
  readonly originalVersionId: string;
  isPlanted(suspect: Pick<Suspect, "itemId" | "classIndex">): boolean;
}

/** Null where the version was not made by noise: then nobody knows. */
export async function plantedOf(
  { asTeam, teamId }: Context,
  { id, pinned, sourceId }: LabelVersion,
  itemIds: readonly string[],
): Promise<PlantedLabels | null> {
  if (pinned?.rule.kind !== "noise" || sourceId === null) return null;
  const [before, after] = await asTeam(async (sql) => [
    await labelsForItems(sql, teamId, sourceId, itemIds),
    await labelsForItems(sql, teamId, id, itemIds),
  ]);
  const place = new Map(itemIds.map((itemId, at) => [itemId, at]));
  return {
    originalVersionId: sourceId,
    isPlanted({ itemId, classIndex }) {
      const at = place.get(itemId);
      return at !== undefined && differ(before![at] ?? null, after![at] ?? null, classIndex);
    },
  };
}

/** Of masks of several classes the whole mask is looked at: which class was changed is not kept. */
function differ(before: Label | null, after: Label | null, classIndex: number | null): boolean {
  if (before === null || after === null) return before !== after;
  if (before.classValues === null || after.classValues === null) return before.maskSha256 !== after.maskSha256;
  if (classIndex !== null) return before.classValues[classIndex] !== after.classValues[classIndex];
  return before.classValues.some((value, index) => value !== after.classValues![index]);
}
