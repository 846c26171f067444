/** @file The queue of evaluations to be measured, as a worker sees it. Only the newest attempt may write. */
import { DomainError } from "@tessera/domain/errors";
import { measuresVersion, type PredictionMeasures, type TruthProfile } from "@tessera/domain/measures";
import type { Database, TeamSql } from "./database.ts";
import { clean } from "./text.ts";

export interface ClaimedMeasurement {
  readonly evaluationId: string;
  readonly attempt: number;
  /** Side of the square to measure at, pixels. */
  readonly size: number;
  readonly labelVersionId: string;
  /** Of the label version. */
  readonly schemaId: string;
  /** How many the schema has. */
  readonly classes: number;
}

/** One item and class of an evaluation that is not measured yet. */
export interface UnmeasuredItem {
  readonly itemId: string;
  readonly itemName: string;
  readonly itemSha256: string;
  readonly classIndex: number;
  /** Of the origin file, pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the origin file, mm per pixel along a row. */
  readonly spacingMm: number | null;
  /** Along a column, where it is another. */
  readonly spacingYMm: number | null;
  /** Null where the label version has no label for the item. */
  readonly maskSha256: string | null;
  readonly predictionSha256: string;
  /** The truth has its profile already. */
  readonly profiled: boolean;
}

interface Attempt {
  readonly teamId: string;
  readonly evaluationId: string;
  readonly attempt: number;
}

/** The evaluation that has waited longest, or one whose worker was lost; null where there is none. */
export async function claimMeasurement(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedMeasurement | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedMeasurement | null }[]>`
      select claim_measurement(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

/** By item name, class: what no attempt has measured yet. */
export function unmeasuredItems(sql: TeamSql, teamId: string, claimed: ClaimedMeasurement): Promise<UnmeasuredItem[]> {
  const { evaluationId, labelVersionId, size } = claimed;
  return sql<UnmeasuredItem[]>`
    select e.item_id, i.name as item_name, i.sha256 as item_sha256, e.class_index, i.width, i.height, i.spacing_mm,
      i.spacing_y_mm,
      a.mask_sha256, e.prediction_sha256, t.item_id is not null as profiled
    from evaluation_items e
    join items i on i.team_id = e.team_id and i.id = e.item_id
    left join labels l on l.team_id = e.team_id and l.label_version_id = ${labelVersionId} and l.item_id = e.item_id
    left join annotations a on a.team_id = l.team_id and a.id = l.annotation_id
    left join truth_profiles t on t.team_id = e.team_id and t.label_version_id = ${labelVersionId} and t.size = ${size}
      and t.version = ${measuresVersion} and t.item_id = e.item_id and t.class_index = e.class_index
    where e.team_id = ${teamId} and e.evaluation_id = ${evaluationId} and not exists (
      select from prediction_measures m
      where m.team_id = e.team_id and m.evaluation_id = e.evaluation_id and m.version = ${measuresVersion}
        and m.item_id = e.item_id and m.class_index = e.class_index)
    order by i.name, e.class_index`;
}

/** False: another attempt has it; stop. */
export async function renewMeasurement(
  db: Database,
  { teamId, evaluationId, attempt, leaseSeconds }: Attempt & { leaseSeconds: number },
): Promise<boolean> {
  const [row] = await db.once(
    (sql) => sql<{ owned: boolean }[]>`
      select renew_measurement(${teamId}, ${evaluationId}, ${attempt}, ${leaseSeconds}) as owned`,
  );
  return row!.owned;
}

/** One batch, all of it or nothing; what is stored already stays as it is. @throws DomainError STALE_ATTEMPT. */
export async function storeMeasures(
  db: Database,
  batch: Attempt & {
    profiles: readonly { itemId: string; classIndex: number; profile: TruthProfile }[];
    measures: readonly { itemId: string; classIndex: number; measures: PredictionMeasures }[];
  },
): Promise<void> {
  const { teamId, evaluationId, attempt, profiles, measures } = batch;
  const [row] = await db.once(
    (sql) => sql<{ stored: boolean }[]>`
      select store_measures(${teamId}, ${evaluationId}, ${attempt}, ${measuresVersion},
        ${sql.json(profiles as never)}, ${sql.json(measures as never)}) as stored`,
  );
  if (!row!.stored) throw stale(evaluationId, attempt);
}

/** @throws DomainError STALE_ATTEMPT. */
export async function finishMeasurement(
  db: Database,
  { teamId, evaluationId, attempt, error }: Attempt & { error: string | null },
): Promise<void> {
  const state = error === null ? "succeeded" : "failed";
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_measurement(${teamId}, ${evaluationId}, ${attempt}, ${state}, ${error && clean(error)}) as finished`,
  );
  if (!row!.finished) throw stale(evaluationId, attempt);
}

/** For a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost. */
export async function giveBackMeasurement(db: Database, { teamId, evaluationId, attempt }: Attempt): Promise<void> {
  await db.once((sql) => sql`select give_back_measurement(${teamId}, ${evaluationId}, ${attempt})`);
}

const stale = (evaluationId: string, attempt: number) =>
  new DomainError("STALE_ATTEMPT", `Attempt ${attempt} no longer measures this evaluation; stop working on it.`, {
    evaluationId,
    attempt,
  });
