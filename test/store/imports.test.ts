import type { TeamSql } from "@tessera/store/database";
import {
  claimImport,
  createImport,
  finishImport,
  giveBackImport,
  importProblems,
  importsByIds,
  listImports,
  renewImport,
  reportImport,
  requestImportCancel,
} from "@tessera/store/imports";
import { registerWorker } from "@tessera/store/workers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { makeDataset, sha } from "../support/study.ts";

let database: TestDatabase;
let team: string;
let workerId: string;
let datasetId: string;
let id: string;

beforeAll(async () => {
  database = await testDatabase();
  team = database.teamId;
  datasetId = (await asTeam((sql) => makeDataset(sql, team))).dataset.id;
  workerId = (await asTeam((sql) => registerWorker(sql, team, { name: "w", device: "CPU", version: "0" }))).id;
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.owner`update imports set state = 'cancelled' where state in ('queued', 'running')`;
  const files = [{ path: "images/a.png", sha256: sha("a") }];
  id = (await asTeam((sql) => createImport(sql, team, { datasetId, layout: "kvasir-seg", reader: "r", files }))).id;
});

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);
const claim = () => claimImport(database.db, { teamId: team, workerId, leaseSeconds: 60 });
const lapse = () =>
  database.owner`update imports set lease_until = clock_timestamp() - interval '1 second' where id = ${id}`;
const current = async () => (await asTeam((sql) => importsByIds(sql, team, [id])))[0]!;
const report = (attempt: number, problems: { path: string; code: string; message: string }[] = []) => {
  const counts = { done: 2, total: 3, added: 1, duplicates: 0, refused: 1 };
  return reportImport(database.db, { teamId: team, id, attempt, ...counts, problems });
};

describe("an import", () => {
  it("is claimed once, reported, and finished", async () => {
    const claims = await Promise.all([claim(), claim()]);
    expect(claims.filter((each) => each !== null)).toMatchObject([
      {
        id,
        attempt: 1,
        datasetId,
        layout: "kvasir-seg",
        reader: "r",
        files: [{ path: "images/a.png", sha256: sha("a") }],
      },
    ]);
    const problem = { path: "b.png", code: "BAD_FILE", message: "not a picture" };
    await report(1, [problem, { ...problem, path: "a.png" }]);
    expect(await report(1, [{ ...problem, message: "cut short" }])).toEqual({ cancelRequested: false });
    expect(await current()).toMatchObject({ state: "running", done: 2, total: 3, added: 1, refused: 1 });
    const problems = await asTeam((sql) => importProblems(sql, team, id, { first: 1 }));
    expect(problems).toMatchObject({ rows: [{ path: "a.png" }], totalCount: 2, hasNextPage: true });
    const rest = await asTeam((sql) => importProblems(sql, team, id, { after: problems.endCursor }));
    expect(rest.rows).toEqual([{ ...problem, message: "cut short" }]);
    await finishImport(database.db, { teamId: team, id, attempt: 1, state: "succeeded" });
    await finishImport(database.db, { teamId: team, id, attempt: 1, state: "succeeded" }); // told twice
    expect(await current()).toMatchObject({ state: "succeeded", error: null, finishedAt: expect.any(Date) });
    expect((await asTeam((sql) => listImports(sql, team, datasetId)))[0]!.id).toBe(id);
  });

  it("goes to a new attempt when its worker is lost; the old one may not write", async () => {
    await claim();
    await lapse();
    expect(await claim()).toMatchObject({ id, attempt: 2 });
    await expect(report(1)).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const late = finishImport(database.db, { teamId: team, id, attempt: 1, state: "failed" });
    await expect(late).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const renew = (attempt: number) => renewImport(database.db, { teamId: team, id, attempt, leaseSeconds: 60 });
    expect([(await renew(1)).owned, (await renew(2)).owned]).toEqual([false, true]);
  });

  it("given back by workers that were stopped, however often, is queued again and no worker counts as lost", async () => {
    for (let attempt = 1; attempt <= 6; attempt++) {
      await claim();
      await giveBackImport(database.db, { teamId: team, id, attempt });
      expect(await current()).toMatchObject({ state: "queued", attempt });
    }
    await claim();
    await giveBackImport(database.db, { teamId: team, id, attempt: 6 }); // no longer its own
    expect(await current()).toMatchObject({ state: "running", attempt: 7 });
    await lapse();
    expect(await claim()).toMatchObject({ id, attempt: 8 });
  });

  it("fails with the reason after five lost workers", async () => {
    for (let i = 0; i < 5; i++) {
      await claim();
      await lapse();
    }
    expect(await claim()).toBeNull();
    expect(await current()).toMatchObject({ state: "failed", error: expect.stringContaining("Five workers") });
  });

  it("is cancelled at once while queued, by its worker while running, and not after", async () => {
    const cancel = () => asTeam((sql) => requestImportCancel(sql, team, id));
    await claim();
    expect(await cancel()).toMatchObject({ state: "running", cancelRequested: true });
    expect(await report(1)).toEqual({ cancelRequested: true });
    await finishImport(database.db, { teamId: team, id, attempt: 1, state: "cancelled" });
    await expect(cancel()).rejects.toMatchObject({ code: "CONFLICT" });
    id = (await asTeam((sql) => createImport(sql, team, { datasetId, layout: "kvasir-seg", reader: "r", files: [] })))
      .id;
    expect(await cancel()).toMatchObject({ state: "cancelled" });
    expect(await claim()).toBeNull();
  });
});
