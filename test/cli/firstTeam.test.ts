import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDatabase, type Database } from "@tessera/store/database";
import { SingleConnection } from "@tessera/store/guardedTransaction";
import { createFirstTeam, principalByApiToken, userForSignIn } from "@tessera/store/identity";
import { migrate } from "@tessera/store/migrate";
import { hashPassword, hashToken, verifyPassword } from "@tessera/store/secrets";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ensureFirstTeam } from "../../apps/cli/src/firstTeam.ts";
import { testServer } from "../support/database.ts";

let db: Database;
let home: string;
let drop: () => Promise<void>;
const file = () => join(home, "first-sign-in.json");

beforeEach(async () => {
  const server = await testServer();
  const admin = new SingleConnection(server);
  const database = `first_${randomUUID().replaceAll("-", "")}`;
  await admin.sql.unsafe(`create database ${database}`);
  await migrate({ ...server, database });
  db = connectDatabase({ ...server, database });
  home = mkdtempSync(join(tmpdir(), "tessera-first-"));
  drop = async () => {
    await db.close();
    await admin.sql.unsafe(`drop database ${database} with (force)`);
    await admin.end();
    rmSync(home, { recursive: true });
  };
});
afterEach(() => drop());

it("makes the team once, and says how to sign in each time", async () => {
  const first = await ensureFirstTeam(db, home);
  expect(await ensureFirstTeam(db, home)).toEqual(first);
  const user = await userForSignIn(db, first.email);
  expect(await verifyPassword(user!.passwordHash, first.password)).toBe(true);
  expect((await principalByApiToken(db, hashToken(first.token)))?.role).toBe("admin");
});

it("finishes what a start that was killed half-way had begun", async () => {
  const [email, password] = ["admin@tessera.local", "made up before"];
  writeFileSync(file(), JSON.stringify({ email, password }));
  await createFirstTeam(db, {
    teamName: "First team",
    email,
    name: "Admin",
    passwordHash: await hashPassword(password),
  });
  const signIn = await ensureFirstTeam(db, home);
  expect(signIn).toMatchObject({ email, password });
  expect((await principalByApiToken(db, hashToken(signIn.token)))?.teamId).toBe(signIn.teamId);
});

it("refuses another home than the database's, and leaves no file that looks like an answer", async () => {
  await createFirstTeam(db, { teamName: "T", email: "a@example.org", name: "A", passwordHash: "-" });
  await expect(ensureFirstTeam(db, home)).rejects.toThrow("Point TESSERA_HOME at the folder");
  expect(() => readFileSync(file())).toThrow("ENOENT");
});
