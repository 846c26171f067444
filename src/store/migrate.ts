/**
 * @file Brings a database to the schema of this code: numbered plain .sql files, each applied once, in order, under a lock.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { DomainError } from "@tessera/domain/errors";
import type { Connection } from "./connection.ts";
import { applicationRole } from "./database.ts";
import { toDomainError } from "./errors.ts";
import { guardedTransaction, SingleConnection, type TeamSql } from "./guardedTransaction.ts";

export interface Migration {
  readonly number: number;
  readonly sql: string;
}

const folder = new URL("./migrations/", import.meta.url);

/** The migrations beside this file, numbered 1, 2, 3… without a gap. */
export function ownMigrations(): Migration[] {
  const files = readdirSync(folder)
    .filter((name) => /^\d{6}\.sql$/.test(name))
    .sort();
  return files.map((name, index) => {
    const number = Number.parseInt(name, 10);
    if (number !== index + 1) throw new Error(`migrations: expected number ${index + 1}, got ${name}`);
    return { number, sql: readFileSync(new URL(name, folder), "utf8") };
  });
}

const checksum = (sql: string) => createHash("sha256").update(sql).digest("hex");

/**
 * Everything in one transaction under one lock: two processes may start at once, and a failed migration leaves nothing.
 * @returns the schema's number before and after.
 * @throws DomainError NEWER_SCHEMA when the database is ahead of this code; CONFLICT when an applied file was changed since.
 */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[] = ownMigrations(),
): Promise<{ from: number; to: number }> {
  const single = new SingleConnection(connection);
  try {
    return await guardedTransaction(single, async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtext('tessera migrate'))`;
      await ensureRole(sql);
      return await apply(sql, migrations);
    });
  } catch (error) {
    throw toDomainError(error);
  } finally {
    await single.end();
  }
}

async function apply(sql: TeamSql, migrations: readonly Migration[]): Promise<{ from: number; to: number }> {
  await sql`
    create table if not exists schema_migrations (
      number integer primary key,
      checksum text not null,
      applied_at timestamptz not null default clock_timestamp()
    )`;
  const applied = await sql<{ number: number; checksum: string }[]>`
    select number, checksum from schema_migrations order by number`;
  const from = applied.at(-1)?.number ?? 0;
  const to = migrations.length;
  if (from > to) {
    throw new DomainError(
      "NEWER_SCHEMA",
      `This database has schema ${from}, this Tessera knows ${to}. Update Tessera, or use another database.`,
      { database: from, code: to },
    );
  }
  for (const { number, sql: text } of migrations) {
    const before = applied[number - 1];
    if (before === undefined) {
      await sql.unsafe(text);
      await sql`insert into schema_migrations (number, checksum) values (${number}, ${checksum(text)})`;
    } else if (before.checksum !== checksum(text)) {
      throw new DomainError(
        "CONFLICT",
        `Migration ${number} was changed after this database applied it. Put the file back, and write a new migration instead.`,
        { number },
      );
    }
  }
  return { from, to };
}

/** Roles belong to the whole server, so another database's migration may be doing this too. */
async function ensureRole(sql: TeamSql): Promise<void> {
  await sql.unsafe(`
    do $$
    begin
      if not exists (select from pg_roles where rolname = '${applicationRole}') then
        create role ${applicationRole} nologin nosuperuser nobypassrls;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  await sql.unsafe(`
    do $$
    begin
      -- PostgreSQL 16 tells "may set role" from membership; before it they are one.
      if not pg_has_role(current_user, '${applicationRole}',
          case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) then
        execute format('grant ${applicationRole} to %I', current_user);
      end if;
    end $$`);
}
