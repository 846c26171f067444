/** @file Which labels of a version noise has changed: against the version that it was made from, or the last one before all noise. */
import type { TeamSql } from "@tessera/store/database";
import { type Label, type LabelVersion, labelsForItems, labelVersionsByIds } from "@tessera/store/labelVersions";
import type { Corrupted } from "@tessera/training/items";

/** By item: those that are another now. null: the version was not made by noise, or from one that is gone. */
export async function corruptedLabels(
  sql: TeamSql,
  teamId: string,
  version: LabelVersion,
  itemIds: readonly string[],
): Promise<Map<string, Corrupted> | null> {
  const clean = await beforeNoise(sql, teamId, version);
  if (clean === null) return null;
  const given = await labelsForItems(sql, teamId, version.id, itemIds);
  const before = await labelsForItems(sql, teamId, clean.id, itemIds);
  return new Map(
    itemIds.flatMap((itemId, at): [string, Corrupted][] => {
      const [now, was] = [given[at], before[at]];
      return now && was && contentOf(now) !== contentOf(was) ? [[itemId, { trueValues: was.classValues }]] : [];
    }),
  );
}

async function beforeNoise(sql: TeamSql, teamId: string, version: LabelVersion): Promise<LabelVersion | null> {
  let at: LabelVersion | null = version;
  while (at?.pinned?.rule.kind === "noise") {
    const sourceId: string | null = at.sourceId;
    at = sourceId === null ? null : ((await labelVersionsByIds(sql, teamId, [sourceId]))[0] ?? null);
  }
  return at === version ? null : at;
}

const contentOf = ({ maskSha256, classValues }: Label): string => maskSha256 ?? JSON.stringify(classValues);
