/** @file API tokens: a person's keys for scripts. Only the token's SHA-256 is stored. */
import { DomainError } from "@tessera/domain/errors";
import type { Role } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";

export interface ApiToken {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export async function createApiToken(
  sql: TeamSql,
  teamId: string,
  token: { userId: string; name: string; role: Role; tokenHash: Buffer; expiresAt: Date | null },
): Promise<ApiToken> {
  const [row] = await sql<[ApiToken]>`
    insert into api_tokens (team_id, user_id, name, role, token_hash, expires_at)
    values (${teamId}, ${token.userId}, ${token.name}, ${token.role}, ${token.tokenHash}, ${token.expiresAt})
    returning id, user_id, name, role, created_at, expires_at, last_used_at, revoked_at`;
  return row;
}

export function listApiTokens(sql: TeamSql, teamId: string, userId: string): Promise<ApiToken[]> {
  return sql<ApiToken[]>`
    select id, user_id, name, role, created_at, expires_at, last_used_at, revoked_at
    from api_tokens where team_id = ${teamId} and user_id = ${userId} order by created_at desc, id`;
}

/** Takes effect with the next request. @throws DomainError NOT_FOUND when it is not that person's. */
export async function revokeApiToken(sql: TeamSql, teamId: string, id: string, userId: string): Promise<ApiToken> {
  const [row] = await sql<ApiToken[]>`
    update api_tokens set revoked_at = coalesce(revoked_at, clock_timestamp())
    where team_id = ${teamId} and id = ${id} and user_id = ${userId}
    returning id, user_id, name, role, created_at, expires_at, last_used_at, revoked_at`;
  if (!row) throw new DomainError("NOT_FOUND", "No such token of yours.", { id });
  return row;
}
