/** What a page asks about one run or one person must not read the rows of every other: counted by PostgreSQL itself. */
import { checkpointsOf } from "@tessera/store/checkpoints";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import type { TeamSql } from "@tessera/store/database";
import { measurementsOf, predictionMeasures, truthProfiles } from "@tessera/store/measurements";
import { claimMeasurement, storeMeasures } from "@tessera/store/measuringQueue";
import { peopleByIds } from "@tessera/store/members";
import { samplesOf } from "@tessera/store/samples";
import { points } from "@tessera/store/series";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { countsOf, measuresOf, profileOf } from "../support/measures.ts";
import { makeStudy, newRun, sha } from "../support/study.ts";

const runs = 40;
let database: TestDatabase;
let runIds: string[];
let labelVersionId: string;
let itemIds: string[];
let evaluationIds: string[];

beforeAll(async () => {
  database = await testDatabase();
  const { db, teamId } = database;
  const planned = Array.from({ length: runs }, (_, i) => newRun(`r${i}`, i));
  const { workerId, labelVersion, items } = await makeStudy(database, { runs: planned });
  labelVersionId = labelVersion.id;
  itemIds = items.map(({ id }) => id);
  evaluationIds = [];
  runIds = [];
  for (let i = 0; i < runs; i++) {
    const { id: runId } = (await claimRun(db, { teamId, workerId, leaseSeconds: 60 }))!;
    const checkpoint = { step: 1, epoch: 1, sha256: sha(runId), validationScore: null };
    const scored = { checkpointStep: 1, size: 8 * (1 + (i % 4)), threshold: 0.5, items: itemIds.map(countsOf) };
    await ingest(db, {
      teamId,
      runId,
      attempt: 1,
      sequence: 1,
      events: [
        { type: "checkpoint", kind: "latest", ...checkpoint },
        { type: "evaluation", fold: "test", ...scored },
      ],
    });
    await endAttempt(db, { teamId, runId, attempt: 1, outcome: "succeeded" });
    runIds.push(runId);
    const { evaluationId } = (await claimMeasurement(db, { teamId, workerId, leaseSeconds: 60 }))!;
    const profiles = itemIds.map((itemId) => ({ itemId, classIndex: 0, profile: profileOf(4) }));
    const measures = itemIds.map((itemId) => ({ itemId, classIndex: 0, measures: measuresOf(4) }));
    await storeMeasures(db, { teamId, evaluationId, attempt: 1, profiles, measures });
    evaluationIds.push(evaluationId);
  }
  await database.owner`analyze`;
});
afterAll(() => database.close());

/** Rows of `table` that `query` reads. A table this small is read whole unless that is ruled out. */
function rowsRead(table: string, query: (sql: TeamSql, teamId: string) => Promise<unknown>): Promise<number> {
  const { db, teamId } = database;
  return db.asTeam(teamId, async (sql) => {
    const soFar = async () => {
      const [row] = await sql<[{ rows: number }]>`
        select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::integer as rows
        from pg_stat_xact_user_tables where relname = ${table}`;
      return row.rows;
    };
    await sql`set local enable_seqscan = off`;
    const before = await soFar();
    await query(sql, teamId);
    return (await soFar()) - before;
  });
}

it("one run's checkpoints, samples and points read that run's attempts alone", async () => {
  const one = runIds.slice(0, 1);
  expect(await rowsRead("attempts", (sql, team) => checkpointsOf(sql, team, one))).toBe(1);
  expect(await rowsRead("attempts", (sql, team) => samplesOf(sql, team, one))).toBeLessThanOrEqual(1);
  expect(await rowsRead("attempts", (sql, team) => points(sql, team, { runIds: one }))).toBeLessThanOrEqual(1);
});

it("one evaluation's measures read that evaluation's rows alone, and profiles those of their size and items", async () => {
  const one = evaluationIds.slice(0, 1);
  expect(await rowsRead("measurements", (sql, team) => measurementsOf(sql, team, one))).toBe(1);
  expect(await rowsRead("prediction_measures", (sql, team) => predictionMeasures(sql, team, one))).toBe(itemIds.length);
  const asked = { labelVersionId, size: 8 };
  expect(await rowsRead("truth_profiles", (sql, team) => truthProfiles(sql, team, asked))).toBe(itemIds.length);
  const two = { ...asked, itemIds: itemIds.slice(0, 2) };
  expect(await rowsRead("truth_profiles", (sql, team) => truthProfiles(sql, team, two))).toBe(2);
});

it("one person's name reads at most one run", async () => {
  const { teamId, userId, owner } = database;
  const ask = (sql: TeamSql) => peopleByIds(sql, teamId, [userId]);
  // as one who left the team, and whose experiments another made: only one run speaks for them
  await owner`delete from members where team_id = ${teamId} and user_id = ${userId}`;
  const [{ id }] = await owner<[{ id: string }]>`
    insert into users (email, name, password_hash) values ('other@example.org', 'Other', 'x') returning id`;
  await owner`update experiments set created_by = ${id}`;
  await owner`update runs set created_by = ${id} where id <> ${runIds.at(-1)!}`;
  await owner`analyze`;
  expect(await database.db.asTeam(teamId, ask)).toMatchObject([{ userId }]);
  expect(await rowsRead("runs", ask)).toBeLessThanOrEqual(1);
});
