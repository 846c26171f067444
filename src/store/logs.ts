/** @file What runs said. Lines of every attempt are kept and shown. */
import type { TeamSql } from "./database.ts";
import { decodeCursor, type Page, type PageOf, pageOf, pageSize } from "./page.ts";

export interface LogLine {
  readonly attempt: number;
  readonly sequence: number;
  readonly part: number;
  readonly level: "info" | "warning" | "error";
  readonly message: string;
  readonly loggedAt: Date;
}

/** In the order said. */
export async function runLogs(sql: TeamSql, teamId: string, runId: string, page: Page = {}): Promise<PageOf<LogLine>> {
  const size = pageSize(page.first);
  const after = decodeCursor(page.after, 3)?.map(Number);
  const rows = await sql<LogLine[]>`
    select attempt, sequence, part, level, message, logged_at from run_logs
    where team_id = ${teamId} and run_id = ${runId}
      ${after ? sql`and (attempt, sequence, part) > (${after[0]!}::integer, ${after[1]!}::bigint, ${after[2]!}::integer)` : sql``}
    order by attempt, sequence, part limit ${size + 1}`;
  const [total] = await sql<[{ count: number }]>`
    select count(*) from run_logs where team_id = ${teamId} and run_id = ${runId}`;
  return pageOf(rows, size, total.count, (row) => [String(row.attempt), String(row.sequence), String(row.part)]);
}

/** What a run logged first of the kind that begins with these words; null where it has not. */
export async function logBeginning(sql: TeamSql, teamId: string, runId: string, words: string): Promise<string | null> {
  const [row] = await sql<{ message: string }[]>`
    select message from run_logs where team_id = ${teamId} and run_id = ${runId} and starts_with(message, ${words})
    order by attempt, sequence, part limit 1`;
  return row?.message ?? null;
}
