/** @file Who belongs to a team, and who is invited. */
import { DomainError } from "@tessera/domain/errors";
import type { Role } from "@tessera/domain/words";
import type { TeamSql } from "./database.ts";

export interface Member {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
}

export interface Invitation {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
}

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
}

export function listMembers(sql: TeamSql, teamId: string): Promise<Member[]> {
  return sql<Member[]>`
    select m.user_id, p.email, p.name, m.role, m.created_at
    from members m
    join team_people(array(select user_id from members where team_id = ${teamId})) p using (user_id)
    where m.team_id = ${teamId} order by p.name, m.user_id`;
}

/** Members, and people who made something here before they left; null for anybody else. In the order asked. */
export async function peopleByIds(
  sql: TeamSql,
  _teamId: string,
  userIds: readonly string[],
): Promise<(Person | null)[]> {
  const rows = await sql<Person[]>`select * from team_people(${userIds as string[]}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.userId, row]));
  return userIds.map((id) => byId.get(id) ?? null);
}

/** @throws DomainError NOT_FOUND; CONFLICT when it would leave the team without an admin. */
export async function setMemberRole(
  sql: TeamSql,
  teamId: string,
  { userId, role }: { userId: string; role: Role },
): Promise<Member> {
  await keepAnAdmin(sql, teamId, userId, role);
  await sql`update members set role = ${role} where team_id = ${teamId} and user_id = ${userId}`;
  const members = await listMembers(sql, teamId);
  return members.find((member) => member.userId === userId)!;
}

/** The person's sessions and tokens of this team end with the membership. @throws as setMemberRole. */
export async function removeMember(sql: TeamSql, teamId: string, userId: string): Promise<void> {
  await keepAnAdmin(sql, teamId, userId, null);
  await sql`
    update api_tokens set revoked_at = clock_timestamp()
    where team_id = ${teamId} and user_id = ${userId} and revoked_at is null`;
  await sql`delete from members where team_id = ${teamId} and user_id = ${userId}`;
}

/** Locks the team's members, so that two admins cannot remove each other in the same moment. */
async function keepAnAdmin(sql: TeamSql, teamId: string, userId: string, role: Role | null): Promise<void> {
  const members = await sql<{ userId: string; role: Role }[]>`
    select user_id, role from members where team_id = ${teamId} order by user_id for update`;
  if (!members.some((member) => member.userId === userId)) {
    throw new DomainError("NOT_FOUND", "No such member in this team.", { userId });
  }
  if (role !== "admin" && !members.some((member) => member.userId !== userId && member.role === "admin")) {
    throw new DomainError("CONFLICT", "This is the team's only admin. Make another member an admin first.", { userId });
  }
}

/** @throws DomainError CONFLICT when that address is a member already. */
export async function createInvitation(
  sql: TeamSql,
  teamId: string,
  invitation: { email: string; role: Role; tokenHash: Buffer; invitedBy: string; expiresAt: Date },
): Promise<Invitation> {
  const email = invitation.email.trim().toLowerCase();
  const members = await listMembers(sql, teamId);
  if (members.some((member) => member.email === email)) {
    throw new DomainError("CONFLICT", `${email} is a member of this team already.`, { email });
  }
  const [row] = await sql<[Invitation]>`
    insert into invitations (team_id, email, role, token_hash, invited_by, expires_at)
    values (${teamId}, ${email}, ${invitation.role}, ${invitation.tokenHash}, ${invitation.invitedBy}, ${invitation.expiresAt})
    returning id, email, role, invited_by, created_at, expires_at, accepted_at`;
  return row;
}

export function listInvitations(sql: TeamSql, teamId: string): Promise<Invitation[]> {
  return sql<Invitation[]>`
    select id, email, role, invited_by, created_at, expires_at, accepted_at
    from invitations where team_id = ${teamId} order by created_at desc, id`;
}
