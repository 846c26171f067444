/** @file Two label versions against each other, in sets: what was added, removed and changed, and from what to what. */
import type { ClassValues } from "@tessera/domain/classValues";
import { type MaskPairFacts, maskPairVersion } from "@tessera/domain/maskPairs";
import type { TeamSql } from "./database.ts";
import { decodeCursor, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export type ChangeKind = "added" | "removed" | "changed";

export interface DiffCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly same: number;
}

/** Items of a class (of exclusive classes: the label; else one class's value) that are of another now. */
export interface ClassChange {
  /** Of classes that are not exclusive: which class; null of exclusive ones. */
  readonly classIndex: number | null;
  /** Exclusive: class indices; else 1 present, 0 absent, null not known. */
  readonly before: number | null;
  readonly after: number | null;
  readonly items: number;
}

export interface DiffSide {
  readonly annotationId: string;
  readonly reader: string;
  readonly maskSha256: string | null;
  readonly classValues: ClassValues | null;
  readonly regionPixels: readonly number[];
  readonly components: readonly number[];
}

export interface ChangedItem {
  readonly itemId: string;
  readonly change: ChangeKind;
  readonly before: DiffSide | null;
  readonly after: DiffSide | null;
  /** Per class; empty where not measured, or not two masks. */
  readonly facts: readonly (MaskPairFacts & { readonly classIndex: number })[];
}

interface Versions {
  readonly a: string;
  readonly b: string;
}

const joined = (sql: TeamSql, teamId: string, { a, b }: Versions) => sql`
  select coalesce(x.item_id, y.item_id) as item_id, x.annotation_id as before_id, y.annotation_id as after_id,
    x.mask_sha256 as before_mask, y.mask_sha256 as after_mask, x.class_values as before_values, y.class_values as after_values,
    case when x.item_id is null then 'added' when y.item_id is null then 'removed'
      when x.mask_sha256 is distinct from y.mask_sha256 or x.class_values is distinct from y.class_values then 'changed'
      else 'same' end as change
  from (
    select l.item_id, l.annotation_id, n.mask_sha256, n.class_values
    from labels l join annotations n on n.team_id = l.team_id and n.id = l.annotation_id
    where l.team_id = ${teamId} and l.label_version_id = ${a}) x
  full join (
    select l.item_id, l.annotation_id, n.mask_sha256, n.class_values
    from labels l join annotations n on n.team_id = l.team_id and n.id = l.annotation_id
    where l.team_id = ${teamId} and l.label_version_id = ${b}) y on y.item_id = x.item_id`;

export async function diffCounts(sql: TeamSql, teamId: string, versions: Versions): Promise<DiffCounts> {
  const rows = await sql<{ change: ChangeKind | "same"; items: number }[]>`
    select change, count(*) as items from (${joined(sql, teamId, versions)}) d group by change`;
  const of = (change: string) => rows.find((row) => row.change === change)?.items ?? 0;
  return { added: of("added"), removed: of("removed"), changed: of("changed"), same: of("same") };
}

/** Of items that both versions label: every pair of values, also those that stayed. By class, before, after. */
export function classChanges(
  sql: TeamSql,
  teamId: string,
  versions: Versions,
  exclusive: boolean,
): Promise<ClassChange[]> {
  const both = sql`(${joined(sql, teamId, versions)}) d where d.change in ('same', 'changed')`;
  if (exclusive) {
    return sql<ClassChange[]>`
      select null::integer as class_index, array_position(d.before_values, 1::smallint) - 1 as before,
        array_position(d.after_values, 1::smallint) - 1 as after, count(*) as items
      from ${both} and d.before_values is not null group by 2, 3 order by 2, 3`;
  }
  return sql<ClassChange[]>`
    select (v.place - 1)::integer as class_index, v.before::integer, v.after::integer, count(*) as items
    from (select * from ${both}) d cross join lateral unnest(d.before_values, d.after_values) with ordinality as v (before, after, place)
    group by 1, 2, 3 order by 1, 2 nulls last, 3 nulls last`;
}

/** Pairs of masks that differ, of items that both versions label; and how many of them are measured. */
export async function diffMasks(sql: TeamSql, teamId: string, versions: Versions, classes: number) {
  return sql<{ a: string; b: string; itemName: string; measured: boolean }[]>`
    select d.before_mask as a, d.after_mask as b, i.name as item_name, exists (
      select from mask_pairs m
      where m.team_id = ${teamId} and m.classes = ${classes} and m.version = ${maskPairVersion}
        and m.mask_a = least(d.before_mask collate "C", d.after_mask collate "C")
        and m.mask_b = greatest(d.before_mask collate "C", d.after_mask collate "C")) as measured
    from (${joined(sql, teamId, versions)}) d join items i on i.team_id = ${teamId} and i.id = d.item_id
    where d.change = 'changed' and d.before_mask is not null and d.after_mask is not null
    order by i.name`;
}

export interface ChangeFilter {
  readonly change?: ChangeKind | null;
  /** As in ClassChange: items that went from one value to the other. */
  readonly classIndex?: number | null;
  readonly before?: number | null;
  readonly after?: number | null;
}

/**
 * Masks: the least alike first (by the mean Dice of their classes, unmeasured ones before all); classes by item name.
 * @param classes of the schema, where it is one of masks; null: classes have no facts
 */
export async function changedItems(
  sql: TeamSql,
  teamId: string,
  versions: Versions,
  { classes, page = {}, filter = {} }: { classes: number | null; page?: Page; filter?: ChangeFilter },
): Promise<PageOf<ChangedItem>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 2);
  const changed = changedOnly(sql, teamId, versions, filter);
  const facts = classes === null ? sql`` : sql`left join lateral (${factsOf(sql, teamId, classes)}) m on true`;
  const place = classes === null ? sql`0::float8` : sql`coalesce(m.dice, -1)`;
  type Row = Pick<ChangedItem, "itemId" | "change" | "facts"> & {
    beforeId: string;
    afterId: string;
    name: string;
    place: number;
  };
  const rows = await sql<Row[]>`
    with d as materialized (${changed})
    select d.item_id, d.change, d.before_id, d.after_id, i.name, ${place} as place,
      ${classes === null ? sql`'[]'::jsonb` : sql`coalesce(m.facts, '[]'::jsonb)`} as facts
    from d join items i on i.team_id = ${teamId} and i.id = d.item_id ${facts}
    ${after ? sql`where (${place}, i.name) > (${after[0]!}::float8, ${after[1]!})` : sql``}
    order by ${place}, i.name limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`select count(*) from (${changed}) d`;
  const ids = rows.flatMap((row) => [row.beforeId, row.afterId].filter(Boolean));
  const sides = await sidesOf(sql, teamId, ids);
  const found = pageOf(rows, size, total.count, (row) => [String(row.place), row.name]);
  return {
    ...found,
    rows: found.rows.map(({ itemId, change, facts, beforeId, afterId }) => ({
      itemId,
      change,
      facts,
      before: sides.get(beforeId) ?? null,
      after: sides.get(afterId) ?? null,
    })),
  };
}

function changedOnly(sql: TeamSql, teamId: string, versions: Versions, filter: ChangeFilter) {
  const { change = null, classIndex = null, before, after } = filter;
  const valueIn = (values: ReturnType<typeof joined>) =>
    classIndex === null ? sql`array_position(${values}, 1::smallint) - 1` : sql`${values}[${classIndex + 1}::integer]`;
  return sql`
    select d.item_id, d.change, d.before_id, d.after_id, d.before_mask, d.after_mask
    from (${joined(sql, teamId, versions)}) d
    where d.change <> 'same' ${change === null ? sql`` : sql`and d.change = ${change}`}
      ${
        before === undefined || after === undefined
          ? sql``
          : sql`and d.change = 'changed' and ${valueIn(sql`d.before_values`)} is not distinct from ${before}::integer
              and ${valueIn(sql`d.after_values`)} is not distinct from ${after}::integer`
      }`;
}

/** Of the masks of one row of `d`. */
const factsOf = (sql: TeamSql, teamId: string, classes: number) => sql`
  select avg(2.0 * m.shared / nullif(m.pixels_a + m.pixels_b, 0))::float8 as dice,
    jsonb_agg(jsonb_build_object('classIndex', m.class_index, 'shared', m.shared, 'hd95', m.hd95,
      'pixelsA', case when d.before_mask = m.mask_a then m.pixels_a else m.pixels_b end,
      'pixelsB', case when d.before_mask = m.mask_a then m.pixels_b else m.pixels_a end) order by m.class_index) as facts
  from mask_pairs m
  where m.team_id = ${teamId} and m.classes = ${classes} and m.version = ${maskPairVersion}
    and m.mask_a = least(d.before_mask collate "C", d.after_mask collate "C")
    and m.mask_b = greatest(d.before_mask collate "C", d.after_mask collate "C")`;

async function sidesOf(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<Map<string, DiffSide>> {
  const rows = await sql<DiffSide[]>`
    select id as annotation_id, reader, mask_sha256, to_jsonb(class_values) as class_values, region_pixels, components
    from annotations where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return new Map(rows.map((row) => [row.annotationId, row]));
}
