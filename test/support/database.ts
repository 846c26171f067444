/** @file A migrated database for one test file, cloned from a template in about 50 ms. */
import { randomUUID } from "node:crypto";
import type { Connection } from "@tessera/store/connection";
import { connectDatabase, type Database } from "@tessera/store/database";
import { startEmbeddedPostgres } from "@tessera/store/embedded/server";
import { type PlainSql, SingleConnection } from "@tessera/store/guardedTransaction";
import { migrate } from "@tessera/store/migrate";
import { testServerVariable } from "./postgres.ts";

export interface TestDatabase {
  readonly connection: Connection;
  readonly db: Database;
  /** Two teams of one server; `userId` is an admin of both. */
  readonly teamId: string;
  readonly otherTeamId: string;
  readonly userId: string;
  /** The superuser, past row-level security: for set-up, and to tamper. */
  readonly owner: PlainSql;
  close(): Promise<void>;
}

const template = "tessera_template";

/** Call in beforeAll; `await database.close()` in afterAll. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = new SingleConnection(server);
  try {
    // One at a time: the template must be complete, and nobody may be connected to it while it is copied.
    await admin.sql`select pg_advisory_lock(1)`;
    const [made] = await admin.sql`select from pg_database where datname = ${template}`;
    if (!made) {
      await admin.sql.unsafe(`create database ${template}_draft`);
      await migrate({ ...server, database: `${template}_draft` });
      await admin.sql.unsafe(`alter database ${template}_draft rename to ${template}`);
    }
    await admin.sql.unsafe(`create database ${name} template ${template}`);
  } finally {
    await admin.end();
  }
  const connection = { ...server, database: name };
  const owner = new SingleConnection(connection);
  const db = connectDatabase(connection);
  const [people] = await owner.sql<{ teamId: string; otherTeamId: string; userId: string }[]>`
    with u as (
      insert into users (email, name, password_hash) values ('ada@example.org', 'Ada', 'not a hash') returning id),
    a as (insert into teams (name) values ('First team') returning id),
    b as (insert into teams (name) values ('Other team') returning id),
    m as (
      insert into members (team_id, user_id, role)
      select a.id, u.id, 'admin' from a, u union all select b.id, u.id, 'admin' from b, u)
    select a.id as team_id, b.id as other_team_id, u.id as user_id from a, b, u`;
  return {
    connection,
    db,
    ...people!,
    owner: owner.sql,
    async close() {
      await db.close();
      await owner.end();
      const last = new SingleConnection(server);
      await last.sql.unsafe(`drop database ${name} with (force)`);
      await last.end();
    },
  };
}

/** The run's server; for tests that need an empty database, or one that they may break. */
export async function testServer(): Promise<Extract<Connection, { socketDirectory: string }>> {
  const directory = process.env[testServerVariable];
  if (!directory)
    throw new Error(`test/support/postgres.ts must be vitest's globalSetup: ${testServerVariable} is not set`);
  const { connection } = await startEmbeddedPostgres({ directory });
  if ("url" in connection) throw new Error("the embedded server is reached by its socket");
  return { ...connection, database: "postgres" };
}
