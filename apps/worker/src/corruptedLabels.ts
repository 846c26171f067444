/** @file Which labels of a version noise has changed: against the last version before all noise. */
import { noiseChain } from "@tessera/domain/noise/noiseChain";
import type { TeamSql } from "@tessera/store/database";
import { type Label, type LabelVersion, labelsForItems, listLabelVersions } from "@tessera/store/labelVersions";
import type { Corrupted } from "@tessera/training/items";

/** By item: those that are another now. null: the version was not made by noise. */
export async function corruptedLabels(
  sql: TeamSql,
  teamId: string,
  version: LabelVersion,
  itemIds: readonly string[],
): Promise<Map<string, Corrupted> | null> {
  if (version.pinned?.rule.kind !== "noise") return null;
  const chain = noiseChain(version, await listLabelVersions(sql, teamId, version.datasetId));
  if (chain === null) return null;
  const given = await labelsForItems(sql, teamId, version.id, itemIds);
  const before = await labelsForItems(sql, teamId, chain.clean.id, itemIds);
  return new Map(
    itemIds.flatMap((itemId, at): [string, Corrupted][] => {
      const [now, was] = [given[at], before[at]];
      return now && was && contentOf(now) !== contentOf(was) ? [[itemId, { trueValues: was.classValues }]] : [];
    }),
  );
}

const contentOf = ({ maskSha256, classValues }: Label): string => maskSha256 ?? JSON.stringify(classValues);
