/** @file Subjects of a dataset that runs were trained or chosen on. */
import type { TeamSql } from "./database.ts";

export interface SharedSubject {
  readonly subject: string;
  /** In the test fold of a split of the dataset. */
  readonly tested: boolean;
}

export interface SubjectOverlap {
  /** By name. Of subjects that both sources name: an item that is its own subject is none. */
  readonly shared: readonly SharedSubject[];
  /** Items, of the dataset and of the runs' folds, whose source names no subject: of these nothing is known. */
  readonly unknown: number;
}

/** Training and validation both count: validation chose the checkpoint. @param splitIds of the runs */
export async function subjectOverlap(
  sql: TeamSql,
  teamId: string,
  { datasetId, splitIds }: { datasetId: string; splitIds: readonly string[] },
): Promise<SubjectOverlap> {
  const learnt = sql`
    select distinct i.id, i.subject, i.subject_known from split_items s join items i on i.team_id = s.team_id and i.id = s.item_id
    where s.team_id = ${teamId} and s.split_id = any(${splitIds as string[]}::uuid[]) and s.fold in ('train', 'validation')`;
  const shared = await sql<SharedSubject[]>`
    select i.subject, bool_or(exists (
      select from split_items s where s.team_id = i.team_id and s.item_id = i.id and s.fold = 'test')) as tested
    from items i
    where i.team_id = ${teamId} and i.dataset_id = ${datasetId} and i.subject_known
      and i.subject in (select l.subject from (${learnt}) l where l.subject_known)
    group by i.subject order by i.subject`;
  const [unknown] = await sql<[{ count: number }]>`
    select (select count(*) from items where team_id = ${teamId} and dataset_id = ${datasetId} and not subject_known)
      + (select count(*) from (${learnt}) l where not l.subject_known) as count`;
  return { shared, unknown: unknown.count };
}
