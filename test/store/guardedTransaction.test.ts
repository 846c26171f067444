/**
 * The ghost (docs: reliability, finding 1): a backend dies inside team A's transaction, the driver reconnects, team B opens
 * a transaction on the new connection, and then A goes on.
 */
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { connectionOptions, openClient } from "@tessera/store/connection";
import { connectDatabase, type Database, type TeamSql } from "@tessera/store/database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";

let database: TestDatabase;
let single: Database; // one connection, so that B gets what A lost

beforeAll(async () => {
  database = await testDatabase();
  await database.owner.unsafe("create table ghost (who text); grant all on ghost to tessera_app");
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.owner`delete from ghost`;
  single = connectDatabase(database.connection, { max: 1 });
  return () => single.close();
});

const gate = () => Promise.withResolvers<void>();
const backendOf = async (sql: TeamSql) => (await sql<[{ pid: number }]>`select pg_backend_pid() as pid`)[0].pid;
const kill = async (pid: number) => {
  await database.owner`select pg_terminate_backend(${pid}, 5000)`;
  await sleep(20); // the socket's close must reach this process
};
const names = async () =>
  (await database.owner<{ who: string }[]>`select who from ghost order by who`).map(({ who }) => who);

type Begin = (team: string, work: (sql: TeamSql) => Promise<unknown>) => Promise<unknown>;

/** @returns what A and B were told, and whether A's late statement was taken. */
async function haunt(begin: Begin, late: (sql: TeamSql) => PromiseLike<unknown>) {
  const [started, aMayGoOn, bIsIn, bMayEnd, aTried] = [gate(), gate(), gate(), gate(), gate()];
  let pid = 0;
  let taken = "not tried";
  const a = begin(database.teamId, async (sql) => {
    pid = await backendOf(sql);
    started.resolve();
    await aMayGoOn.promise;
    taken = await Promise.resolve()
      .then(() => late(sql))
      .then(
        () => "accepted",
        () => "refused",
      );
    aTried.resolve();
    throw new Error("A wants its rollback");
  }).then(
    () => "committed",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
  await started.promise;
  await kill(pid);
  const b = begin(database.otherTeamId, async (sql) => {
    await sql`insert into ghost values ('B')`;
    bIsIn.resolve();
    await bMayEnd.promise;
  }).then(
    () => "committed",
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
  await bIsIn.promise;
  aMayGoOn.resolve();
  await aTried.promise;
  await sleep(50); // a late rollback would be on its way now
  bMayEnd.resolve();
  return { a: await a, b: await b, taken, rows: await names() };
}

describe("the ghost", () => {
  it("is real: the driver's own transactions lose B's committed row", async () => {
    const raw = openClient(database.connection, {
      ...connectionOptions(database.connection),
      max: 1,
      backoff: () => 0.01,
    });
    const begin: Begin = (_team, work) => raw.begin(work);
    const result = await haunt(begin, (sql) => sql`insert into ghost values ('A')`);
    await raw.end({ timeout: 1 });
    expect(result).toMatchObject({ b: "committed", taken: "accepted", rows: [] });
  });

  it.each<{ name: string; late: (sql: TeamSql) => PromiseLike<unknown> }>([
    { name: "a late statement", late: (sql) => sql`insert into ghost values ('A')` },
    { name: "a late unsafe statement", late: (sql) => sql.unsafe("insert into ghost values ('A')") },
    { name: "a late savepoint", late: (sql) => sql.savepoint((inner) => inner`insert into ghost values ('A')`) },
  ])("does not get through asTeam with $name", async ({ late }) => {
    const result = await haunt((team, work) => single.asTeam(team, work), late);
    expect(result).toEqual({ a: "UNAVAILABLE", b: "committed", taken: "refused", rows: ["B"] });
  });

  it("does not get through a statement that was written before the loss and sent after it", async () => {
    let written: PromiseLike<unknown> | undefined;
    const begin: Begin = (team, work) =>
      single.asTeam(team, (sql) => {
        if (team === database.teamId) written = sql`insert into ghost values ('A')`;
        return work(sql);
      });
    const result = await haunt(begin, () => written!);
    expect(result).toEqual({ a: "UNAVAILABLE", b: "committed", taken: "refused", rows: ["B"] });
  });

  it("does not get through the handle of a savepoint", async () => {
    let inside: TeamSql | undefined;
    const begin: Begin = (team, work) =>
      team === database.teamId
        ? single.asTeam(team, (sql) =>
            sql.savepoint((inner) => {
              inside = inner as TeamSql;
              return work(inside);
            }),
          )
        : single.asTeam(team, work);
    const result = await haunt(begin, () => inside!`insert into ghost values ('A')`);
    expect(result).toEqual({ a: "UNAVAILABLE", b: "committed", taken: "refused", rows: ["B"] });
  });
});

describe("asTeam", () => {
  it("fails at once, typed, when the backend dies in the middle of a statement, and works again afterwards", async () => {
    let pid = 0;
    const asleep = single.asTeam(database.teamId, async (sql) => {
      await sql`insert into ghost values ('A')`;
      pid = await backendOf(sql);
      await sql`select pg_sleep(30)`;
    });
    const told = asleep.catch((error: unknown) => error);
    while (pid === 0) await sleep(5);
    await kill(pid);
    expect(await told).toMatchObject({ code: "UNAVAILABLE" });
    await single.asTeam(database.teamId, (sql) => sql`insert into ghost values ('again')`);
    expect(await names()).toEqual(["again"]);
  });

  it("survives the loss of idle connections", async () => {
    const pid = await single.asTeam(database.teamId, backendOf);
    await kill(pid);
    expect(await single.asTeam(database.teamId, backendOf)).not.toBe(pid);
  });

  it("rolls back what failed, and refuses the handle after the end", async () => {
    let kept: TeamSql | undefined;
    const failed = single.asTeam(database.teamId, async (sql) => {
      kept = sql;
      await sql`insert into ghost values ('A')`;
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    expect(await names()).toEqual([]);
    expect(() => kept!`insert into ghost values ('late')`).toThrow("over");
  });

  it("rolls back to a savepoint only", async () => {
    await single.asTeam(database.teamId, async (sql) => {
      await sql`insert into ghost values ('outer')`;
      const inner = sql.savepoint(async (nested) => {
        await nested`insert into ghost values ('inner')`;
        throw new Error("inner only");
      });
      await expect(inner).rejects.toThrow("inner only");
    });
    expect(await names()).toEqual(["outer"]);
  });

  it("makes callers wait for a free connection, and serves them all", async () => {
    const two = connectDatabase(database.connection, { max: 2 });
    const seen = await Promise.all(Array.from({ length: 12 }, () => two.asTeam(database.teamId, backendOf)));
    await two.close();
    expect(new Set(seen).size).toBe(2);
    await expect(two.asTeam(database.teamId, backendOf)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("says what is missing when nothing listens", async () => {
    const nowhere = connectDatabase({ socketDirectory: "/nonexistent", port: 1, user: "u", database: "d" });
    await expect(nowhere.asTeam(database.teamId, backendOf)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await nowhere.close();
  });
});

it("no other file opens a transaction or reserves a connection by the driver", () => {
  const allowed = new Set(["src/store/guardedTransaction.ts", "test/store/guardedTransaction.test.ts"]);
  const found = ["src", "apps", "test", "bench", "tools", "clients"].flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|tsx|mjs|js)$/.test(name) && !/(^|\/)(node_modules|\.next)\//.test(name))
      .map((name) => `${root}/${name}`)
      .filter((path) => /\.(begin|reserve)\s*\(/.test(readFileSync(path, "utf8"))),
  );
  expect(found).toContain("src/store/guardedTransaction.ts");
  expect(found.filter((path) => !allowed.has(path))).toEqual([]);
});
