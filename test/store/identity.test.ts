import { randomUUID } from "node:crypto";
import { createApiToken, listApiTokens, revokeApiToken } from "@tessera/store/apiTokens";
import { connectDatabase, type TeamSql } from "@tessera/store/database";
import {
  acceptInvitation,
  acceptInvitationAs,
  createFirstTeam,
  createSession,
  deleteSession,
  principalByApiToken,
  sessionByToken,
  userForSignIn,
} from "@tessera/store/identity";
import {
  createInvitation,
  listInvitations,
  listMembers,
  peopleByIds,
  removeMember,
  setMemberRole,
} from "@tessera/store/members";
import { migrate } from "@tessera/store/migrate";
import { hashPassword, hashToken, isToken, newToken, verifyPassword } from "@tessera/store/secrets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";

let database: TestDatabase;
let team: string;

beforeAll(async () => {
  database = await testDatabase();
  team = database.teamId;
});
afterAll(() => database.close());

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);
const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

async function invite(email: string, role: "viewer" | "researcher" = "researcher", seconds = 60) {
  const { tokenHash } = newToken();
  const invitation = { email, role, tokenHash, invitedBy: database.userId, expiresAt: later(seconds) };
  await asTeam((sql) => createInvitation(sql, team, invitation));
  return tokenHash;
}
async function join(email: string) {
  const tokenHash = await invite(email);
  return acceptInvitation(database.db, { tokenHash, name: "Newcomer", passwordHash: "hash" });
}

describe("secrets", () => {
  it("keep passwords as argon2id with the stated cost", async () => {
    const hash = await hashPassword("correct horse");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(hash, "correct horse")).toBe(true);
    expect(await verifyPassword(hash, "correct horsf")).toBe(false);
    expect(await verifyPassword("no hash", "correct horse")).toBe(false);
  });

  it("make tokens of 256 bits that show a typing mistake", () => {
    const { token, tokenHash } = newToken();
    expect(token).toMatch(/^tes_[A-Za-z0-9_-]{49}$/);
    expect(hashToken(token)).toEqual(tokenHash);
    expect(isToken(token)).toBe(true);
    const at = 10;
    expect(isToken(token.slice(0, at) + (token[at] === "a" ? "b" : "a") + token.slice(at + 1))).toBe(false);
    expect(newToken().token).not.toBe(token);
  });
});

describe("sign-in", () => {
  it("makes the first team once, also when two ask at once", async () => {
    const name = `first_${randomUUID().replaceAll("-", "")}`;
    await database.owner.unsafe(`create database ${name}`);
    const connection = { ...database.connection, database: name };
    await migrate(connection);
    const empty = connectDatabase(connection);
    const first = { teamName: "Lab", email: "Ada@Example.org", name: "Ada", passwordHash: "hash" };
    const made = await Promise.all([
      createFirstTeam(empty, first),
      createFirstTeam(empty, { ...first, email: "b@example.org" }),
    ]);
    expect(made.filter((each) => each !== null)).toHaveLength(1);
    expect(await createFirstTeam(empty, first)).toBeNull();
    await empty.close();
    await database.owner.unsafe(`drop database ${name} with (force)`);
  });

  it("finds a person by address, whatever the case, with the teams", async () => {
    const user = await userForSignIn(database.db, "ADA@example.org");
    expect(user).toMatchObject({ userId: database.userId, name: "Ada", passwordHash: "not a hash" });
    expect(user!.teams.map(({ teamName, role }) => `${teamName}: ${role}`).sort()).toEqual([
      "First team: admin",
      "Other team: admin",
    ]);
    expect(await userForSignIn(database.db, "nobody@example.org")).toBeNull();
  });

  it("keeps a session until it ends, expires, or the membership ends", async () => {
    const { userId } = await join("session@example.org");
    const open = async (seconds: number) => {
      const { tokenHash } = newToken();
      await createSession(database.db, { tokenHash, userId, teamId: team, expiresAt: later(seconds) });
      return tokenHash;
    };
    const [expired, ended, live] = [await open(-1), await open(60), await open(60)];
    expect(await sessionByToken(database.db, expired)).toBeNull();
    await deleteSession(database.db, ended);
    expect(await sessionByToken(database.db, ended)).toBeNull();
    expect(await sessionByToken(database.db, live)).toEqual({
      userId,
      userName: "Newcomer",
      email: "session@example.org",
      teamId: team,
      teamName: "First team",
      role: "researcher",
    });
    await asTeam((sql) => removeMember(sql, team, userId));
    expect(await sessionByToken(database.db, live)).toBeNull();
    const stranger = { tokenHash: newToken().tokenHash, userId, teamId: team, expiresAt: later(60) };
    await expect(createSession(database.db, stranger)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("API tokens", () => {
  it("act with the least of two roles, until revoked, expired or the membership ends", async () => {
    const { userId } = await join("token@example.org");
    const create = async (role: "viewer" | "admin", expiresAt: Date | null = null) => {
      const { tokenHash } = newToken();
      const row = await asTeam((sql) => createApiToken(sql, team, { userId, name: "t", role, tokenHash, expiresAt }));
      return { tokenHash, id: row.id };
    };
    const [small, large, expired] = [await create("viewer"), await create("admin"), await create("viewer", later(-1))];
    const roleOf = async ({ tokenHash }: { tokenHash: Buffer }) =>
      (await principalByApiToken(database.db, tokenHash))?.role;
    expect([await roleOf(small), await roleOf(large), await roleOf(expired)]).toEqual([
      "viewer",
      "researcher",
      undefined,
    ]);

    const used = async () =>
      (await asTeam((sql) => listApiTokens(sql, team, userId))).find(({ id }) => id === small.id)!.lastUsedAt;
    const first = await used();
    expect(first).toBeInstanceOf(Date);
    await roleOf(small);
    expect(await used()).toEqual(first); // not within the minute

    const byAnother = asTeam((sql) => revokeApiToken(sql, team, small.id, database.userId));
    await expect(byAnother).rejects.toMatchObject({ code: "NOT_FOUND" });
    await asTeam((sql) => revokeApiToken(sql, team, small.id, userId));
    expect(await roleOf(small)).toBeUndefined();
    await asTeam((sql) => removeMember(sql, team, userId));
    expect(await roleOf(large)).toBeUndefined();
  });
});

describe("invitations", () => {
  it("work once, for the invited address, until they expire", async () => {
    const tokenHash = await invite("guest@example.org", "viewer");
    const accept = (hash: Buffer) =>
      acceptInvitation(database.db, { tokenHash: hash, name: "Guest", passwordHash: "h" });
    const { userId, teamId } = await accept(tokenHash);
    expect(teamId).toBe(team);
    const members = await asTeam((sql) => listMembers(sql, team));
    expect(members.find((member) => member.userId === userId)).toMatchObject({ role: "viewer", name: "Guest" });
    await expect(accept(tokenHash)).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(accept(newToken().tokenHash)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(accept(await invite("late@example.org", "viewer", -1))).rejects.toMatchObject({ code: "CONFLICT" });
    const again = asTeam((sql) =>
      createInvitation(sql, team, {
        email: "Guest@example.org ",
        role: "admin",
        tokenHash: newToken().tokenHash,
        invitedBy: userId,
        expiresAt: later(60),
      }),
    );
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    const listed = await asTeam((sql) => listInvitations(sql, team));
    expect(listed.find(({ email }) => email === "guest@example.org")!.acceptedAt).toBeInstanceOf(Date);
  });

  it("ask a person who has an account to sign in first", async () => {
    const { userId } = await join("known@example.org");
    await asTeam((sql) => removeMember(sql, team, userId));
    const tokenHash = await invite("known@example.org");
    const asNew = acceptInvitation(database.db, { tokenHash, name: "X", passwordHash: "h" });
    await expect(asNew).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("Sign in") });
    const asOther = acceptInvitationAs(database.db, { tokenHash, userId: database.userId });
    await expect(asOther).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await acceptInvitationAs(database.db, { tokenHash, userId })).toEqual({ userId, teamId: team });
  });
});

describe("members", () => {
  it("never lose their last admin, also when two admins remove each other at once", async () => {
    const alone = asTeam((sql) => setMemberRole(sql, team, { userId: database.userId, role: "viewer" }));
    await expect(alone).rejects.toMatchObject({ code: "CONFLICT" });
    const { userId } = await join("second@example.org");
    expect(await asTeam((sql) => setMemberRole(sql, team, { userId, role: "admin" }))).toMatchObject({
      userId,
      role: "admin",
    });
    const results = await Promise.allSettled(
      [userId, database.userId].map((id) => asTeam((sql) => removeMember(sql, team, id))),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const admins = (await asTeam((sql) => listMembers(sql, team))).filter(({ role }) => role === "admin");
    expect(admins).toHaveLength(1);
    await database.owner`insert into members (team_id, user_id, role) values (${team}, ${database.userId}, 'admin') on conflict do nothing`;
  });

  it("are known by name to their own team only", async () => {
    const { userId } = await join("hidden@example.org");
    const ask = (teamId: string) => database.db.asTeam(teamId, (sql) => peopleByIds(sql, teamId, [userId]));
    expect(await ask(team)).toMatchObject([{ name: "Newcomer" }]);
    expect(await ask(database.otherTeamId)).toEqual([null]);
  });
});
