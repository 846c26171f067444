/** @file Imports: a set of uploaded files to be taken in by a worker, with what was refused and why. */
import { DomainError } from "@tessera/domain/errors";
import type { ImportLayout, IntensityWindow } from "@tessera/domain/import/layouts";
import type { ReaderKind } from "@tessera/domain/labels/request";
import type { ImportState } from "@tessera/domain/words";
import type { Database, TeamSql } from "./database.ts";
import { decodeCursor, inOrder, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export interface ImportFile {
  readonly path: string;
  readonly sha256: string;
}

export interface Import {
  readonly id: string;
  readonly datasetId: string;
  readonly layout: ImportLayout;
  readonly reader: string;
  readonly readerKind: ReaderKind;
  /** Of volumes; null: each volume's own. */
  readonly intensityWindow: IntensityWindow | null;
  readonly state: ImportState;
  readonly cancelRequested: boolean;
  readonly attempt: number;
  /** Counts of items. */
  readonly total: number;
  readonly done: number;
  readonly added: number;
  readonly duplicates: number;
  readonly refused: number;
  readonly labelVersionId: string | null;
  readonly splitId: string | null;
  readonly error: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ImportProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export interface ClaimedImport {
  readonly id: string;
  readonly attempt: number;
  readonly datasetId: string;
  readonly layout: ImportLayout;
  readonly reader: string;
  readonly intensityWindow: IntensityWindow | null;
  readonly files: readonly ImportFile[];
  readonly total: number;
  readonly done: number;
}

const columns = [
  "id",
  "dataset_id",
  "layout",
  "reader",
  "reader_kind",
  "intensity_window",
  "state",
  "cancel_requested",
  "attempt",
  "total",
  "done",
  "added",
  "duplicates",
  "refused",
  "label_version_id",
  "split_id",
  "error",
  "created_at",
  "finished_at",
] as const;

export async function createImport(
  sql: TeamSql,
  teamId: string,
  {
    datasetId,
    layout,
    reader,
    readerKind = "person",
    intensityWindow = null,
    files,
  }: {
    datasetId: string;
    layout: ImportLayout;
    reader: string;
    readerKind?: ReaderKind;
    intensityWindow?: IntensityWindow | null;
    files: readonly ImportFile[];
  },
): Promise<Import> {
  const [row] = await sql<[Import]>`
    insert into imports (team_id, dataset_id, layout, reader, reader_kind, intensity_window, files)
    values (${teamId}, ${datasetId}, ${layout}, ${reader}, ${readerKind}, ${intensityWindow && sql.json(intensityWindow as never)},
      ${sql.json(files as never)})
    returning ${sql(columns)}`;
  return row;
}

export async function importsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Import | null)[]> {
  const rows = await sql<Import[]>`
    select ${sql(columns)} from imports where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Newest first. */
export function listImports(sql: TeamSql, teamId: string, datasetId: string): Promise<Import[]> {
  return sql<Import[]>`
    select ${sql(columns)} from imports where team_id = ${teamId} and dataset_id = ${datasetId}
    order by created_at desc, id`;
}

/** By path. */
export async function importProblems(
  sql: TeamSql,
  teamId: string,
  importId: string,
  page: Page = {},
): Promise<PageOf<ImportProblem>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 1);
  const rows = await sql<ImportProblem[]>`
    select path, code, message from import_problems
    where team_id = ${teamId} and import_id = ${importId} ${after ? sql`and path > ${after[0]!}` : sql``}
    order by path limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`
    select count(*) from import_problems where team_id = ${teamId} and import_id = ${importId}`;
  return pageOf(rows, size, total.count, (row) => [row.path]);
}

/** A queued import is cancelled at once; the worker of a running one stops at its next report. @throws DomainError NOT_FOUND, CONFLICT. */
export async function requestImportCancel(sql: TeamSql, teamId: string, id: string): Promise<Import> {
  const [row] = await sql<Import[]>`
    update imports set
      cancel_requested = true,
      state = case state when 'queued' then 'cancelled' else state end,
      finished_at = case state when 'queued' then clock_timestamp() end
    where team_id = ${teamId} and id = ${id} and state in ('queued', 'running')
    returning ${sql(columns)}`;
  if (row) return row;
  const [there] = await importsByIds(sql, teamId, [id]);
  if (!there) throw new DomainError("NOT_FOUND", `No import ${id} in this team.`, { id });
  throw new DomainError("CONFLICT", `Only a queued or running import can be cancelled; this one has ${there.state}.`, {
    id,
  });
}

/** The oldest queued import, or one whose worker was lost; null where there is none. */
export async function claimImport(
  db: Database,
  { teamId, workerId, leaseSeconds }: { teamId: string; workerId: string; leaseSeconds: number },
): Promise<ClaimedImport | null> {
  const [row] = await db.once(
    (sql) => sql<{ claimed: ClaimedImport | null }[]>`
      select claim_import(${teamId}, ${workerId}, ${leaseSeconds}) as claimed`,
  );
  return row!.claimed;
}

export async function renewImport(
  db: Database,
  { teamId, id, attempt, leaseSeconds }: { teamId: string; id: string; attempt: number; leaseSeconds: number },
): Promise<{ owned: boolean; cancelRequested: boolean }> {
  const [row] = await db.once(
    (sql) => sql<{ answer: { owned: boolean; cancelRequested: boolean } }[]>`
      select renew_import(${teamId}, ${id}, ${attempt}, ${leaseSeconds}) as answer`,
  );
  return row!.answer;
}

/** Counts are totals so far; a problem of a path replaces the one told before. @throws DomainError STALE_ATTEMPT. */
export async function reportImport(
  db: Database,
  report: {
    teamId: string;
    id: string;
    attempt: number;
    done: number;
    total: number;
    added: number;
    duplicates: number;
    refused: number;
    problems: readonly ImportProblem[];
  },
): Promise<{ cancelRequested: boolean }> {
  const { teamId, id, attempt, problems, total, done, added, duplicates, refused } = report;
  const [row] = await db.once(
    (sql) => sql<{ answer: { status: string; cancelRequested: boolean } }[]>`
      select report_import(${teamId}, ${id}, ${attempt},
        ${sql.json({ total, done, added, duplicates, refused })}, ${sql.json(problems as never)}) as answer`,
  );
  if (row!.answer.status === "stale") throw stale(id, attempt);
  return { cancelRequested: row!.answer.cancelRequested };
}

/** @throws DomainError STALE_ATTEMPT. */
export async function finishImport(
  db: Database,
  end: {
    teamId: string;
    id: string;
    attempt: number;
    state: "succeeded" | "failed" | "cancelled";
    error?: string | null;
    labelVersionId?: string | null;
    splitId?: string | null;
  },
): Promise<void> {
  const { teamId, id, attempt, state, error = null, labelVersionId = null, splitId = null } = end;
  const [row] = await db.once(
    (sql) => sql<{ finished: boolean }[]>`
      select finish_import(${teamId}, ${id}, ${attempt}, ${state}, ${error}, ${labelVersionId}, ${splitId}) as finished`,
  );
  if (!row!.finished) throw stale(id, attempt);
}

/** For a worker that is stopped on purpose: the next one goes on at once, and no worker counts as lost. */
export async function giveBackImport(
  db: Database,
  { teamId, id, attempt }: { teamId: string; id: string; attempt: number },
): Promise<void> {
  await db.once((sql) => sql`select give_back_import(${teamId}, ${id}, ${attempt})`);
}

/**
 * The uploaded DICOM files of imports that have ended, forgotten: they carry their patients' names. Remove their bytes next.
 * @returns what they were called
 */
export async function forgetFilms(db: Database, teamId: string): Promise<string[]> {
  const [row] = await db.once((sql) => sql<{ gone: string[] }[]>`select forget_films(${teamId}) as gone`);
  return row!.gone;
}

const stale = (id: string, attempt: number) =>
  new DomainError("STALE_ATTEMPT", `Attempt ${attempt} no longer holds this import; stop working on it.`, {
    id,
    attempt,
  });

/** Of several datasets, newest first. */
export function importsOf(sql: TeamSql, teamId: string, datasetIds: readonly string[]): Promise<Import[]> {
  return sql<Import[]>`
    select ${sql(columns)} from imports where team_id = ${teamId} and dataset_id = any(${datasetIds as string[]}::uuid[])
    order by dataset_id, created_at desc, id`;
}
