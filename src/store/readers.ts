/** @file Under which name a member's opinions are kept. Given at the first opinion, and never changed. */
import { adjudicationReader } from "@tessera/domain/review/words";
import type { TeamSql } from "./database.ts";
import { peopleByIds } from "./members.ts";

/** The member's name; with a number behind it where another reader of the team has that name. */
export async function readerOf(sql: TeamSql, teamId: string, userId: string): Promise<string> {
  const [known] = await sql<{ name: string }[]>`
    select name from readers where team_id = ${teamId} and user_id = ${userId}`;
  if (known) return known.name;
  const [person] = await peopleByIds(sql, teamId, [userId]);
  const name = person?.name.trim().slice(0, 200) || "a member";
  // two members of one name wait here for each other
  await sql`select pg_advisory_xact_lock(hashtextextended(${`readers ${teamId}`}, 0))`;
  const taken = await sql<{ name: string }[]>`
    select name from readers where team_id = ${teamId} and starts_with(name, ${name})
    union select reader from annotations where team_id = ${teamId} and user_id is null and starts_with(reader, ${name})`;
  const names = new Set([...taken.map((row) => row.name), adjudicationReader]);
  let free = name;
  for (let number = 2; names.has(free); number++) free = `${name} (${number})`;
  await sql`insert into readers (team_id, user_id, name) values (${teamId}, ${userId}, ${free}) on conflict do nothing`;
  const [row] = await sql<[{ name: string }]>`
    select name from readers where team_id = ${teamId} and user_id = ${userId}`;
  return row.name;
}
