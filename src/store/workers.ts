/** @file Workers: processes that claim runs. One that was not heard of for 15 seconds counts as gone. */
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly device: string;
  /** Of TensorFlow and Tessera. */
  readonly version: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly stoppedAt: Date | null;
  readonly alive: boolean;
  readonly currentRunIds: readonly string[];
}

export async function registerWorker(
  sql: TeamSql,
  teamId: string,
  { name, device, version }: { name: string; device: string; version: string },
): Promise<{ id: string }> {
  const [row] = await sql<[{ id: string }]>`
    insert into workers (team_id, name, device, version) values (${teamId}, ${name}, ${device}, ${version}) returning id`;
  return row;
}

export async function seen(sql: TeamSql, teamId: string, id: string): Promise<void> {
  await sql`update workers set seen_at = clock_timestamp() where team_id = ${teamId} and id = ${id}`;
}

export async function stopped(sql: TeamSql, teamId: string, id: string): Promise<void> {
  await sql`update workers set stopped_at = clock_timestamp() where team_id = ${teamId} and id = ${id}`;
}

const columns = (sql: TeamSql) => sql`
  w.id, w.name, w.device, w.version, w.started_at, w.seen_at, w.stopped_at,
  w.stopped_at is null and w.seen_at > clock_timestamp() - interval '15 seconds' as alive,
  array(
    select r.id from runs r
    where r.team_id = w.team_id and r.worker_id = w.id and r.state = 'running' order by r.started_at, r.id) as current_run_ids`;

/** Last heard of first, at most 100. */
export function listWorkers(sql: TeamSql, teamId: string): Promise<Worker[]> {
  return sql<Worker[]>`
    select ${columns(sql)} from workers w where w.team_id = ${teamId} order by w.seen_at desc, w.id limit 100`;
}

export async function workersByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Worker | null)[]> {
  const rows = await sql<Worker[]>`
    select ${columns(sql)} from workers w where w.team_id = ${teamId} and w.id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
