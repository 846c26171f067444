/**
 * @file Label versions: numbered, immutable, content-addressed sets of one label per item, hash-chained.
 *
 *   content_hash  sha256 over the sorted lines "itemSha256 maskSha256 task classes", one per label; of classification the
 *                 class values stand in place of the mask, as JSON: [0,1,null]
 *   chain_hash    sha256 of the parent's chain_hash (nothing for the first) followed by content_hash, and by the pinned rule as
 *                 canonical JSON where the version was made by one
 */
import { createHash } from "node:crypto";
import type { ClassValues } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import type { RuleResult } from "@tessera/domain/labels/result";
import { canonicalJson, type PinnedRule } from "@tessera/domain/labels/rule";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface LabelVersion {
  readonly id: string;
  readonly datasetId: string;
  readonly schemaId: string;
  /** 1 for the first version of a dataset; no gaps. */
  readonly number: number;
  readonly parentId: string | null;
  /** How the labels were made from annotations, in words. */
  readonly rule: string;
  /** The rule as data, and the version it was given; null: made before there were rules. */
  readonly pinned: PinnedRule | null;
  /** The version that the rule was given; null: annotations alone. */
  readonly sourceId: string | null;
  readonly result: RuleResult | null;
  readonly note: string;
  readonly items: number;
  readonly contentHash: string;
  readonly chainHash: string;
  readonly createdAt: Date;
}

export interface Label {
  readonly itemId: string;
  readonly annotationId: string;
  /** Of segmentation; null where there are class values. */
  readonly maskSha256: string | null;
  /** Of classification. */
  readonly classValues: ClassValues | null;
  readonly regionPixels: readonly number[];
  readonly components: readonly number[];
  readonly reader: string;
}

const columns = [
  "id",
  "dataset_id",
  "schema_id",
  "number",
  "parent_id",
  "rule",
  "pinned",
  "source_id",
  "result",
  "note",
  "items",
  "content_hash",
  "chain_hash",
  "created_at",
] as const;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

interface HashedLabel {
  readonly itemSha256: string;
  readonly maskSha256: string | null;
  readonly classValues: ClassValues | null;
  readonly task: string;
  readonly classes: readonly string[];
}

const labelText = ({ maskSha256, classValues }: HashedLabel) => maskSha256 ?? JSON.stringify(classValues);

const contentHash = (labels: readonly HashedLabel[]) =>
  sha256(
    labels
      .map((label) => `${label.itemSha256} ${labelText(label)} ${label.task} ${JSON.stringify(label.classes)}\n`)
      .sort()
      .join(""),
  );

const chainHash = (parent: string | undefined, content: string, pinned: PinnedRule | null) =>
  sha256((parent ?? "") + content + (pinned === null ? "" : canonicalJson(pinned)));

/**
 * Freezes the dataset's next version. The dataset's row is locked, so two callers cannot take one number. What the same pinned rule
 * has made before, label for label, is that version again.
 * @throws DomainError NOT_FOUND for the dataset or schema; BAD_INPUT where a label's annotation is not of its item and schema.
 */
export async function freezeLabelVersion(
  sql: TeamSql,
  teamId: string,
  {
    datasetId,
    schemaId,
    rule,
    pinned = null,
    sourceId = null,
    result = null,
    note,
    labels,
  }: {
    datasetId: string;
    schemaId: string;
    rule: string;
    pinned?: PinnedRule | null;
    sourceId?: string | null;
    result?: RuleResult | null;
    note: string;
    labels: readonly { readonly itemId: string; readonly annotationId: string }[];
  },
): Promise<LabelVersion> {
  const [dataset] = await sql`select from datasets where team_id = ${teamId} and id = ${datasetId} for update`;
  if (!dataset) throw new DomainError("NOT_FOUND", `No dataset ${datasetId} in this team.`, { datasetId });
  const hashed = await checkedLabels(sql, teamId, datasetId, schemaId, labels);
  const [parent] = await sql<LabelVersion[]>`
    select ${sql(columns)} from label_versions
    where team_id = ${teamId} and dataset_id = ${datasetId} order by number desc limit 1`;
  const content = contentHash(hashed);
  const [same] = await sql<LabelVersion[]>`
    select ${sql(columns)} from label_versions
    where team_id = ${teamId} and dataset_id = ${datasetId} and schema_id = ${schemaId} and content_hash = ${content}
      and pinned = ${pinned && sql.json(pinned as never)} order by number limit 1`;
  if (same) return same;
  const [row] = await sql<[LabelVersion]>`
    with version as (
      insert into label_versions
        (team_id, dataset_id, schema_id, number, parent_id, rule, pinned, source_id, result, note, items, content_hash, chain_hash)
      values (${teamId}, ${datasetId}, ${schemaId}, ${(parent?.number ?? 0) + 1}, ${parent?.id ?? null}, ${rule},
        ${pinned && sql.json(pinned as never)}, ${sourceId}, ${result && sql.json(result as never)}, ${note},
        ${labels.length}, ${content}, ${chainHash(parent?.chainHash, content, pinned)})
      returning *),
    filled as (
      insert into labels (team_id, label_version_id, item_id, annotation_id)
      select v.team_id, v.id, l."itemId", l."annotationId"
      from version v, jsonb_to_recordset(${sql.json(labels as never)}) as l ("itemId" uuid, "annotationId" uuid))
    select ${sql(columns)} from version`;
  return row;
}

async function checkedLabels(
  sql: TeamSql,
  teamId: string,
  datasetId: string,
  schemaId: string,
  labels: readonly { readonly itemId: string; readonly annotationId: string }[],
): Promise<HashedLabel[]> {
  if (labels.length === 0) throw new DomainError("BAD_INPUT", "Expected at least one label, got none.");
  const once = new Set(labels.map((label) => label.itemId));
  if (once.size < labels.length) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected one label per item, got ${labels.length} labels for ${once.size} items.`,
    );
  }
  const rows = await sql<HashedLabel[]>`
    select i.sha256 as item_sha256, a.mask_sha256, to_jsonb(a.class_values) as class_values, s.task, s.classes
    from jsonb_to_recordset(${sql.json(labels as never)}) as l ("itemId" uuid, "annotationId" uuid)
    join items i on i.team_id = ${teamId} and i.id = l."itemId" and i.dataset_id = ${datasetId}
    join annotations a on a.team_id = i.team_id and a.id = l."annotationId" and a.item_id = i.id
    join label_schemas s on s.team_id = a.team_id and s.id = a.schema_id and s.id = ${schemaId}`;
  if (rows.length < labels.length) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected labels whose item is in the dataset and whose annotation is of that item and schema; ${labels.length - rows.length} of ${labels.length} are not.`,
    );
  }
  return rows;
}

export async function labelVersionsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(LabelVersion | null)[]> {
  const rows = await sql<LabelVersion[]>`
    select ${sql(columns)} from label_versions where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Oldest first. */
export function listLabelVersions(sql: TeamSql, teamId: string, datasetId: string): Promise<LabelVersion[]> {
  return sql<LabelVersion[]>`
    select ${sql(columns)} from label_versions where team_id = ${teamId} and dataset_id = ${datasetId} order by number`;
}

/** One slot per item, in the order asked; null where the version has no label for it. */
export async function labelsForItems(
  sql: TeamSql,
  teamId: string,
  labelVersionId: string,
  itemIds: readonly string[],
): Promise<(Label | null)[]> {
  const rows = await sql<Label[]>`
    select l.item_id, l.annotation_id, a.mask_sha256, to_jsonb(a.class_values) as class_values, a.region_pixels, a.components, a.reader
    from labels l join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    where l.team_id = ${teamId} and l.label_version_id = ${labelVersionId}
      and l.item_id = any(${itemIds as string[]}::uuid[])`;
  return inOrder(itemIds, rows, (row) => row.itemId);
}

/** By item id. */
export async function labelledItemIds(sql: TeamSql, teamId: string, labelVersionId: string): Promise<string[]> {
  const rows = await sql<{ itemId: string }[]>`
    select item_id from labels where team_id = ${teamId} and label_version_id = ${labelVersionId} order by item_id`;
  return rows.map(({ itemId }) => itemId);
}

/** Items per class of the schema, in its order; none of a version of segmentation. */
export function classCounts(
  sql: TeamSql,
  teamId: string,
  labelVersionId: string,
): Promise<{ present: number; absent: number; unknown: number }[]> {
  return sql<{ present: number; absent: number; unknown: number }[]>`
    select count(*) filter (where v.value = 1) as present, count(*) filter (where v.value = 0) as absent,
      count(*) filter (where v.value is null) as unknown
    from labels l
    join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    cross join lateral unnest(a.class_values) with ordinality as v (value, place)
    where l.team_id = ${teamId} and l.label_version_id = ${labelVersionId}
    group by v.place order by v.place`;
}

/** Computes every hash of the dataset's versions again. @returns the number of the first version that does not fit. */
export async function verifyChain(
  sql: TeamSql,
  teamId: string,
  datasetId: string,
): Promise<{ ok: boolean; brokenAt?: number }> {
  let parent: LabelVersion | undefined;
  for (const version of await listLabelVersions(sql, teamId, datasetId)) {
    const labels = await sql<HashedLabel[]>`
      select i.sha256 as item_sha256, a.mask_sha256, to_jsonb(a.class_values) as class_values, s.task, s.classes
      from labels l
      join items i on i.team_id = l.team_id and i.id = l.item_id
      join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
      join label_schemas s on s.team_id = l.team_id and s.id = ${version.schemaId}
      where l.team_id = ${teamId} and l.label_version_id = ${version.id}`;
    const content = contentHash(labels);
    const fits =
      version.number === (parent?.number ?? 0) + 1 &&
      version.parentId === (parent?.id ?? null) &&
      version.items === labels.length &&
      version.contentHash === content &&
      version.chainHash === chainHash(parent?.chainHash, content, version.pinned);
    if (!fits) return { ok: false, brokenAt: version.number };
    parent = version;
  }
  return { ok: true };
}

/** Of several datasets, newest first. */
export function labelVersionsOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<LabelVersion[]> {
  return sql<LabelVersion[]>`
    select ${sql(columns)} from label_versions
    where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[]) order by dataset_id, number desc`;
}
