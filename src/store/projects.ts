/** @file Projects: folders of datasets and experiments. */
import type { TeamSql } from "./database.ts";
import { inOrder } from "./page.ts";

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** The project of that name, made where there is none. */
export async function ensureProject(sql: TeamSql, teamId: string, name: string): Promise<Project> {
  await sql`insert into projects (team_id, name) values (${teamId}, ${name}) on conflict do nothing`;
  const [row] = await sql<[Project]>`
    select id, name, created_at from projects where team_id = ${teamId} and name = ${name}`;
  return row;
}

export function listProjects(sql: TeamSql, teamId: string): Promise<Project[]> {
  return sql<Project[]>`select id, name, created_at from projects where team_id = ${teamId} order by name`;
}

export async function projectsByIds(sql: TeamSql, teamId: string, ids: readonly string[]): Promise<(Project | null)[]> {
  const rows = await sql<Project[]>`
    select id, name, created_at from projects where team_id = ${teamId} and id = any(${ids as string[]}::uuid[])`;
  return inOrder(ids, rows, (row) => row.id);
}
