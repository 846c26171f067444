/** @file Where the masks of a classification's items are: in the dataset's newest label version of segmentation. */
import type { TeamSql } from "@tessera/store/database";
import { schemasByIds } from "@tessera/store/labelSchemas";
import { labelsForItems, labelVersionsByIds, labelVersionsOf } from "@tessera/store/labelVersions";

export interface MaskSource {
  readonly labelVersionId: string;
  readonly labelVersionNumber: number;
  /** Of the schema of segmentation. */
  readonly classes: number;
  /** For each class of the classification: the index of the class of this name there, null where there is none. */
  readonly targets: readonly (number | null)[];
  /** By item. */
  readonly masks: Readonly<Record<string, string>>;
}

/** @returns null where the dataset has no label version of segmentation, or none of these items has a mask in it */
export async function maskSource(
  sql: TeamSql,
  teamId: string,
  labelVersionId: string,
  itemIds: readonly string[],
): Promise<MaskSource | null> {
  const [own] = await labelVersionsByIds(sql, teamId, [labelVersionId]);
  const versions = await labelVersionsOf(sql, teamId, [own!.datasetId]); // newest first
  const schemas = await schemasByIds(sql, teamId, [own!.schemaId, ...versions.map(({ schemaId }) => schemaId)]);
  const newest = versions.findIndex((_, place) => schemas[place + 1]?.task === "segmentation");
  if (newest < 0) return null;
  const [version, { classes }] = [versions[newest]!, schemas[newest + 1]!];
  const labels = await labelsForItems(sql, teamId, version.id, itemIds);
  const masks = Object.fromEntries(
    labels.flatMap((label) => (label?.maskSha256 ? [[label.itemId, label.maskSha256]] : [])),
  );
  if (Object.keys(masks).length === 0) return null;
  const sameName = (name: string) => classes.findIndex((each) => each.toLowerCase() === name.toLowerCase());
  const targets = schemas[0]!.classes.map((name) => (sameName(name) < 0 ? null : sameName(name)));
  return { labelVersionId: version.id, labelVersionNumber: version.number, classes: classes.length, targets, masks };
}
