import { randomUUID } from "node:crypto";
import { connectDatabase } from "@tessera/store/database";
import { SingleConnection } from "@tessera/store/guardedTransaction";
import { createFirstTeam } from "@tessera/store/identity";
import { migrate, ownMigrations } from "@tessera/store/migrate";
import { ensureProject } from "@tessera/store/projects";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { testServer } from "../support/database.ts";

let server: Awaited<ReturnType<typeof testServer>>;
let admin: SingleConnection;
let empty: Awaited<ReturnType<typeof testServer>>;
const made: string[] = [];

beforeAll(async () => {
  server = await testServer();
  admin = new SingleConnection(server);
});

beforeEach(async () => {
  const database = `migrate_${randomUUID().replaceAll("-", "")}`;
  await admin.sql.unsafe(`create database ${database}`);
  made.push(database);
  empty = { ...server, database };
});

afterAll(async () => {
  for (const database of made) await admin.sql.unsafe(`drop database ${database} with (force)`);
  await admin.end();
});

const two = [
  { number: 1, sql: "create table a (x integer)" },
  { number: 2, sql: "create table b (x integer)" },
];

describe("migrate", () => {
  it("lets two processes start at once: one works, the other finds the work done", async () => {
    const results = await Promise.all([migrate(empty), migrate(empty), migrate(empty)]);
    const last = ownMigrations().length;
    expect(results.map(({ from }) => from).sort()).toEqual([0, last, last]);
    expect(results.map(({ to }) => to)).toEqual([last, last, last]);
  });

  it("waits while another process migrates", async () => {
    const holder = new SingleConnection(empty);
    await holder.sql`select pg_advisory_lock(hashtext('tessera migrate'))`;
    let done = false;
    const waiting = migrate(empty, two).then(() => {
      done = true;
    });
    const waits = async () =>
      (
        await holder.sql`select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`
      ).length > 0;
    while (!done && !(await waits()));
    expect(done).toBe(false);
    await holder.end();
    await waiting;
  });

  it("needs no superuser: an owner who may make roles is enough, and the application works for it", async () => {
    await migrate(server); // makes the application's role, which belongs to the whole server
    await admin.sql.unsafe(`
      do $$ begin
        create role plain_owner login createrole;
      exception when duplicate_object then null; end $$;
      grant tessera_app to plain_owner with admin option;
      alter database ${empty.database} owner to plain_owner;`);
    const connection = { ...empty, user: "plain_owner" };
    await migrate(connection);
    const db = connectDatabase(connection);
    const made = await createFirstTeam(db, { teamName: "T", email: "a@example.org", name: "A", passwordHash: "-" });
    const { teamId } = made!;
    const project = await db.asTeam(teamId, (sql) => ensureProject(sql, teamId, "P"));
    expect(project.name).toBe("P");
    expect(await db.asTeam(randomUUID(), (sql) => sql`select from projects`)).toHaveLength(0);
    await db.close();
  });

  it("goes on where it stopped", async () => {
    expect(await migrate(empty, two.slice(0, 1))).toEqual({ from: 0, to: 1 });
    expect(await migrate(empty, two)).toEqual({ from: 1, to: 2 });
    expect(await migrate(empty, two)).toEqual({ from: 2, to: 2 });
  });

  it("refuses a database that is ahead of the code", async () => {
    await migrate(empty, two);
    await expect(migrate(empty, two.slice(0, 1))).rejects.toMatchObject({
      code: "NEWER_SCHEMA",
      details: { database: 2, code: 1 },
    });
  });

  it("refuses a migration that was changed after it was applied", async () => {
    await migrate(empty, two);
    const changed = [{ number: 1, sql: "create table a (x bigint)" }, two[1]!];
    await expect(migrate(empty, changed)).rejects.toMatchObject({ code: "CONFLICT", details: { number: 1 } });
  });

  it("leaves nothing of a migration that fails", async () => {
    await migrate(empty, two.slice(0, 1));
    const bad = [two[0]!, { number: 2, sql: "create table b (x integer); select 1 / 0" }];
    await expect(migrate(empty, bad)).rejects.toThrow("division by zero");
    expect(await migrate(empty, two)).toEqual({ from: 1, to: 2 });
  });
});
