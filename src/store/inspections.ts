/** @file Inspections: questions to the weights of runs. The same question is asked once, whoever asks it again. */
import { createHash } from "node:crypto";
import { parseRun } from "@tessera/domain/configuration/run";
import { DomainError } from "@tessera/domain/errors";
import { type InspectionKindName, inspectionKinds, type ResultOf } from "@tessera/domain/inspections/kinds";
import { sortedJson } from "@tessera/domain/sortedJson";
import type { RunState } from "@tessera/domain/words";
import { blobsBySha } from "./blobs.ts";
import { checkpointsOf } from "./checkpoints.ts";
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";
import { type Json, type Run, runsByIds } from "./runs.ts";

export interface Inspection<Kind extends InspectionKindName = InspectionKindName> {
  readonly id: string;
  readonly kind: Kind;
  readonly request: Json;
  readonly runIds: readonly string[];
  readonly state: RunState;
  /** Parts of the work, as its computation counts them; 0: not known yet. */
  readonly total: number;
  readonly done: number;
  readonly error: string | null;
  /** Once it has succeeded. */
  readonly result: ResultOf<Kind> | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The checkpoint whose weights are a run's end. */
export interface InspectedCheckpoint {
  readonly runId: string;
  readonly sha256: string;
  readonly step: number;
}

export interface NewInspection {
  readonly kind: InspectionKindName;
  /** As it was sent. */
  readonly request: unknown;
  readonly createdBy: string;
}

const columns = [
  "id",
  "kind",
  "request",
  "run_ids",
  "state",
  "total",
  "done",
  "error",
  "result",
  "created_by",
  "created_at",
  "finished_at",
] as const;

/**
 * Queued for a worker; or, where the team has asked this before of the same checkpoints, that inspection as it is.
 * @throws DomainError BAD_INPUT for a request that is not right; NOT_FOUND for a run or file; CONFLICT for a run without checkpoint
 */
export async function createInspection(
  sql: TeamSql,
  teamId: string,
  { kind, request, createdBy }: NewInspection,
): Promise<Inspection> {
  const rules = inspectionKinds[kind];
  const asked = rules.parse(request) as never;
  const runIds = rules.runIds(asked);
  const runs = await inspectableRuns(sql, teamId, runIds);
  rules.checkRuns?.(
    asked,
    runs.map(({ configuration }) => parseRun(configuration)),
  );
  await checkFiles(sql, teamId, rules.files?.(asked) ?? []);
  const checkpoints = await bestCheckpoints(sql, teamId, runIds);
  const key = keyOf({ kind, version: rules.version, request: asked, checkpoints });
  await sql`
    insert into inspections (team_id, kind, request, request_key, run_ids, checkpoints, created_by)
    values (${teamId}, ${kind}, ${sql.json(asked)}, ${key}, ${runIds as string[]}::uuid[],
      ${sql.json(checkpoints as never)}, ${createdBy})
    on conflict (team_id, request_key) do nothing`;
  const [row] = await sql<[Inspection]>`
    select ${sql(columns)} from inspections where team_id = ${teamId} and request_key = ${key}`;
  return row;
}

export async function inspectionsByIds(
  sql: TeamSql,
  teamId: string,
  ids: readonly string[],
): Promise<(Inspection | null)[]> {
  const rows = await sql<Inspection[]>`
    select ${sql(columns)} from inspections where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}

/** Each under every run that it asks; newest first. */
export async function inspectionsOf(
  sql: TeamSql,
  teamId: string,
  runIds: readonly string[],
  kind: InspectionKindName,
): Promise<{ readonly runId: string; readonly inspection: Inspection }[]> {
  const rows = await sql<Inspection[]>`
    select ${sql(columns)} from inspections
    where team_id = ${teamId} and kind = ${kind} and run_ids && ${runIds as string[]}::uuid[]
    order by created_at desc, id`;
  return rows.flatMap((inspection) => inspection.runIds.map((runId) => ({ runId, inspection })));
}

/** Tile maps that show a bag of these slides, each under every such slide; newest first. */
export async function tileMapsOfSlides(
  sql: TeamSql,
  teamId: string,
  slideItemIds: readonly string[],
): Promise<{ readonly slideItemId: string; readonly inspection: Inspection }[]> {
  const rows = await sql<(Inspection & { slideItemId: string })[]>`
    select slide.id as slide_item_id, ${sql(columns.map((column) => `i.${column}`))}
    from unnest(${slideItemIds as string[]}::uuid[]) as slide (id)
    join inspections i on i.team_id = ${teamId} and i.kind = 'tileMaps' and i.state = 'succeeded'
      and i.result->'items' @>
        jsonb_build_array(jsonb_build_object('origin', jsonb_build_object('slideItemId', slide.id)))
    order by i.created_at desc, i.id`;
  return rows.map(({ slideItemId, ...inspection }) => ({ slideItemId, inspection }));
}

/** A worker that makes it stops within seconds. One that has ended stays as it is. @throws DomainError NOT_FOUND */
export async function cancelInspection(sql: TeamSql, teamId: string, id: string): Promise<Inspection> {
  await sql`
    update inspections set state = 'cancelled', worker_id = null, lease_until = null, finished_at = clock_timestamp()
    where team_id = ${teamId} and id = ${id} and state in ('queued', 'running')`;
  return existing(sql, teamId, id);
}

/** One that failed or was cancelled is queued again. @throws DomainError NOT_FOUND; CONFLICT for one that has succeeded */
export async function retryInspection(sql: TeamSql, teamId: string, id: string): Promise<Inspection> {
  const inspection = await existing(sql, teamId, id);
  if (inspection.state === "succeeded") {
    throw new DomainError("CONFLICT", "This inspection has succeeded; its answer would be the same.", { id });
  }
  await sql`
    update inspections set state = 'queued', lost_workers = 0, done = 0, error = null, finished_at = null
    where team_id = ${teamId} and id = ${id} and state in ('failed', 'cancelled')`;
  return existing(sql, teamId, id);
}

async function existing(sql: TeamSql, teamId: string, id: string): Promise<Inspection> {
  const [row] = await inspectionsByIds(sql, teamId, [id]);
  if (!row) throw new DomainError("NOT_FOUND", `No inspection ${id} in this team.`, { id });
  return row;
}

async function inspectableRuns(sql: TeamSql, teamId: string, runIds: readonly string[]): Promise<Run[]> {
  const runs = await runsByIds(sql, teamId, runIds);
  return runs.map((run, i) => {
    if (!run) throw new DomainError("NOT_FOUND", `No run ${runIds[i]} in this team.`, { runId: runIds[i] });
    if (run.source === "tessera") return run;
    const message = `Run "${run.name}" was trained by a script, so its weights are not here; choose a run that Tessera trained`;
    throw new DomainError("CONFLICT", message, { runId: run.id });
  });
}

async function checkFiles(sql: TeamSql, teamId: string, files: readonly string[]): Promise<void> {
  const found = await blobsBySha(sql, teamId, files);
  const missing = files.find((_, i) => found[i] === null);
  if (missing !== undefined) throw new DomainError("NOT_FOUND", `No file ${missing} in this team; upload it first.`);
}

/** In the order of the runs. @throws DomainError CONFLICT for a run that has none yet */
async function bestCheckpoints(
  sql: TeamSql,
  teamId: string,
  runIds: readonly string[],
): Promise<InspectedCheckpoint[]> {
  const all = await checkpointsOf(sql, teamId, runIds); // by step, rising
  return runIds.map((runId) => {
    const best = all.findLast((each) => each.runId === runId && each.kind === "best");
    if (best) return { runId, sha256: best.sha256, step: best.step };
    const message = `Run ${runId} has no checkpoint yet, so there are no weights to look into; wait for its first epoch to end`;
    throw new DomainError("CONFLICT", message, { runId });
  });
}

const keyOf = (question: unknown): string => createHash("sha256").update(sortedJson(question)).digest("hex");
