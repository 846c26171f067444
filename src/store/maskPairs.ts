/** @file Masks of one item against each other, measured once whoever they are of. Rows of another maskPairVersion are not read. */

import type { ReaderAgainstConsensus } from "@tessera/domain/labels/result";
import { type MaskPairFacts, maskPairVersion } from "@tessera/domain/maskPairs";
import type { TeamSql } from "./database.ts";

export interface MaskPair {
  readonly a: string;
  readonly b: string;
}

export interface MeasuredPair extends MaskPair, MaskPairFacts {
  readonly classIndex: number;
}

/** What is known of these pairs, whichever of the two comes first; in no order. */
export async function maskPairs(
  sql: TeamSql,
  teamId: string,
  { classes, pairs }: { classes: number; pairs: readonly MaskPair[] },
): Promise<MeasuredPair[]> {
  if (pairs.length === 0) return [];
  return sql<MeasuredPair[]>`
    select p.a, p.b, m.class_index, m.shared, m.hd95,
      case when p.a = m.mask_a then m.pixels_a else m.pixels_b end as pixels_a,
      case when p.a = m.mask_a then m.pixels_b else m.pixels_a end as pixels_b
    from jsonb_to_recordset(${sql.json(pairs as never)}) as p (a text, b text)
    join mask_pairs m on m.team_id = ${teamId} and m.classes = ${classes} and m.version = ${maskPairVersion}
      and m.mask_a = least(p.a collate "C", p.b collate "C") and m.mask_b = greatest(p.a collate "C", p.b collate "C")`;
}

/** What is stored already stays as it is. A mask with itself is no pair. */
export async function storeMaskPairs(
  sql: TeamSql,
  teamId: string,
  { classes, pairs }: { classes: number; pairs: readonly MeasuredPair[] },
): Promise<void> {
  const rows = pairs
    .filter(({ a, b }) => a !== b)
    .map((pair) =>
      pair.a < pair.b ? pair : { ...pair, a: pair.b, b: pair.a, pixelsA: pair.pixelsB, pixelsB: pair.pixelsA },
    );
  if (rows.length === 0) return;
  await sql`
    insert into mask_pairs (team_id, mask_a, mask_b, classes, class_index, version, pixels_a, pixels_b, shared, hd95)
    select ${teamId}, p.a, p.b, ${classes}, p."classIndex", ${maskPairVersion}, p."pixelsA", p."pixelsB", p.shared, p.hd95
    from jsonb_to_recordset(${sql.json(rows as never)}) as p (
      a text, b text, "classIndex" integer, "pixelsA" bigint, "pixelsB" bigint, shared bigint, hd95 float8)
    on conflict do nothing`;
}

/** One text for a pair, whichever comes first. */
export const pairKey = ({ a, b }: MaskPair): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Each reader's newest masks against those that a job made of them, by reader. A mask that is the consensus has a Dice of 1. */
export function readersAgainstConsensus(
  sql: TeamSql,
  teamId: string,
  {
    jobId,
    schemaId,
    classes,
    readers,
  }: { jobId: string; schemaId: string; classes: number; readers: readonly string[] },
): Promise<ReaderAgainstConsensus[]> {
  return sql<ReaderAgainstConsensus[]>`
    with opinions as (
      select distinct on (item_id, reader) item_id, reader, mask_sha256 from annotations
      where team_id = ${teamId} and schema_id = ${schemaId} and made_by is null and reader = any(${readers as string[]})
      order by item_id, reader, created_at desc, id desc
    ), facts as (
      select o.reader, o.item_id,
        case when o.mask_sha256 = c.mask_sha256 then region.pixels when o.mask_sha256 = m.mask_a then m.pixels_a else m.pixels_b end as own,
        case when o.mask_sha256 = c.mask_sha256 then region.pixels when o.mask_sha256 = m.mask_a then m.pixels_b else m.pixels_a end as agreed,
        case when o.mask_sha256 = c.mask_sha256 then region.pixels else m.shared end as shared
      from annotations c
      cross join lateral unnest(c.region_pixels) with ordinality as region (pixels, place)
      join opinions o on o.item_id = c.item_id
      left join mask_pairs m on m.team_id = ${teamId} and m.classes = ${classes} and m.version = ${maskPairVersion}
        and m.mask_a = least(o.mask_sha256 collate "C", c.mask_sha256 collate "C")
        and m.mask_b = greatest(o.mask_sha256 collate "C", c.mask_sha256 collate "C") and m.class_index = region.place - 1
      where c.team_id = ${teamId} and c.made_by = ${jobId}
    )
    select reader, count(distinct item_id) as items, avg(2.0 * shared / nullif(own + agreed, 0))::float8 as dice,
      (sum(shared) / nullif(sum(agreed), 0))::float8 as sensitivity, (sum(shared) / nullif(sum(own), 0))::float8 as precision
    from facts group by reader order by reader`;
}

/** Mean Dice of the masks that a job changed with those that they were, over items and classes that have one; null for none. */
export async function noiseDice(
  sql: TeamSql,
  teamId: string,
  { jobId, sourceId, classes }: { jobId: string; sourceId: string; classes: number },
): Promise<number | null> {
  const [row] = await sql<[{ dice: number | null }]>`
    select avg(2.0 * m.shared / nullif(m.pixels_a + m.pixels_b, 0))::float8 as dice
    from annotations n
    join labels l on l.team_id = n.team_id and l.label_version_id = ${sourceId} and l.item_id = n.item_id
    join annotations o on o.team_id = l.team_id and o.id = l.annotation_id
    join mask_pairs m on m.team_id = n.team_id and m.classes = ${classes} and m.version = ${maskPairVersion}
      and m.mask_a = least(o.mask_sha256 collate "C", n.mask_sha256 collate "C")
      and m.mask_b = greatest(o.mask_sha256 collate "C", n.mask_sha256 collate "C")
    where n.team_id = ${teamId} and n.made_by = ${jobId}`;
  return row.dice;
}

/** Two readers on one item and class. */
export interface ReaderMaskPair extends MaskPairFacts {
  readonly itemId: string;
  readonly a: string;
  readonly b: string;
  readonly classIndex: number;
  /** Else `shared` and `hd95` say nothing. */
  readonly measured: boolean;
}

/** Newest masks of every two readers on each item, by item name, readers, class. Equal masks need no measuring. */
export function readerMaskPairs(
  sql: TeamSql,
  teamId: string,
  { schemaId, classes, readers }: { schemaId: string; classes: number; readers: readonly string[] | null },
): Promise<ReaderMaskPair[]> {
  return sql<ReaderMaskPair[]>`
    with opinions as (
      select distinct on (item_id, reader) item_id, reader collate "C" as reader, mask_sha256, region_pixels from annotations
      where team_id = ${teamId} and schema_id = ${schemaId} and made_by is null
        ${readers === null ? sql`and not adjudicates` : sql`and reader = any(${readers as string[]})`}
      order by item_id, reader, created_at desc, id desc
    )
    select o.item_id, o.reader as a, p.reader as b, (place - 1)::integer as class_index,
      o.mask_sha256 = p.mask_sha256 or m.mask_a is not null as measured,
      case when m.mask_a is null then o.region_pixels[place] when m.mask_a = o.mask_sha256 then m.pixels_a else m.pixels_b end as pixels_a,
      case when m.mask_a is null then p.region_pixels[place] when m.mask_a = o.mask_sha256 then m.pixels_b else m.pixels_a end as pixels_b,
      case when o.mask_sha256 = p.mask_sha256 then o.region_pixels[place] else coalesce(m.shared, 0) end as shared,
      case when o.mask_sha256 = p.mask_sha256 and o.region_pixels[place] > 0 then 0 else m.hd95 end as hd95
    from opinions o
    join opinions p on p.item_id = o.item_id and p.reader > o.reader
    join items i on i.team_id = ${teamId} and i.id = o.item_id
    cross join generate_series(1, ${classes}::integer) as place
    left join mask_pairs m on m.team_id = ${teamId} and m.classes = ${classes} and m.version = ${maskPairVersion}
      and m.class_index = place - 1
      and m.mask_a = least(o.mask_sha256 collate "C", p.mask_sha256 collate "C")
      and m.mask_b = greatest(o.mask_sha256 collate "C", p.mask_sha256 collate "C")
    order by i.name, o.reader, p.reader, place`;
}
