/** @file Members who are asked as, and what they are yet to read blind. */
import type { Role } from "@tessera/domain/words";
import { createApiToken } from "@tessera/store/apiTokens";
import { createReviewTasks } from "@tessera/store/reviewTasks";
import { hashToken, newToken } from "@tessera/store/secrets";
import type { World } from "./world.ts";

export interface Member {
  readonly userId: string;
  readonly token: string;
}

export async function joinTeam(world: World, name: string, role: Role): Promise<Member> {
  const { owner, teamId, db } = world.database;
  const email = `${name.toLowerCase()}-${role}@example.org`;
  const [row] = await owner<{ id: string }[]>`
    with u as (insert into users (email, name, password_hash) values (${email}, ${name}, '-') returning id)
    insert into members (team_id, user_id, role) select ${teamId}, id, ${role} from u returning user_id as id`;
  const { token } = newToken();
  const made = { userId: row!.id, name, role, tokenHash: hashToken(token), expiresAt: null };
  await db.asTeam(teamId, (sql) => createApiToken(sql, teamId, made));
  return { userId: row!.id, token };
}

/** An annotator who is assigned a blind second read of the item, and has not saved it. */
export async function blindReader(
  world: World,
  { schemaId, itemId, name = "Blind" }: { schemaId: string; itemId: string; name?: string },
): Promise<Member> {
  const { teamId, db } = world.database;
  const reader = await joinTeam(world, name, "annotator");
  const items = [{ itemId, priority: 0, note: "" }];
  const task = { schemaId, purpose: "blindSecondRead", items, assignTo: [reader.userId] } as const;
  await db.asTeam(teamId, (sql) => createReviewTasks(sql, teamId, { ...task, createdBy: reader.userId }));
  return reader;
}
