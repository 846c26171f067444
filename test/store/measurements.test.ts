import { randomUUID } from "node:crypto";
import { measuresVersion, type ThresholdCounts } from "@tessera/domain/measures";
import { claimRun, ingest } from "@tessera/store/claims";
import type { TeamSql } from "@tessera/store/database";
import { evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { SingleConnection } from "@tessera/store/guardedTransaction";
import { measurementsOf, predictionMeasures, truthProfiles } from "@tessera/store/measurements";
import {
  claimMeasurement,
  finishMeasurement,
  giveBackMeasurement,
  renewMeasurement,
  storeMeasures,
  unmeasuredItems,
} from "@tessera/store/measuringQueue";
import { migrate, ownMigrations } from "@tessera/store/migrate";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase, testServer } from "../support/database.ts";
import { countsOf, measuresOf, profileOf } from "../support/measures.ts";
import { makeStudy, sha } from "../support/study.ts";

let database: TestDatabase;
const opened: TestDatabase[] = [];
let team: string;
let study: Awaited<ReturnType<typeof makeStudy>>;
let itemIds: string[];
let evaluationId: string;

const thresholdCounts: ThresholdCounts = { thresholds: [0.25, 0.5], truePositives: [4, 4], falsePositives: [2, 0] };

beforeEach(async () => {
  database = await testDatabase();
  opened.push(database);
  team = database.teamId;
  study = await makeStudy(database);
  itemIds = study.items.map(({ id }) => id);
  evaluationId = await evaluate();
});
afterAll(async () => {
  for (const each of opened) await each.close();
});

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);

/** The next run scores all items; the first with its counts at other thresholds. */
async function evaluate(): Promise<string> {
  const { db } = database;
  const run = (await claimRun(db, { teamId: team, workerId: study.workerId, leaseSeconds: 60 }))!;
  const items = itemIds.map((id, i) => ({ ...countsOf(id), ...(i === 0 && { thresholdCounts }) }));
  const event = { type: "evaluation", fold: "test", checkpointStep: 1, size: 8, threshold: 0.5, items } as const;
  await ingest(db, { teamId: team, runId: run.id, attempt: 1, sequence: 1, events: [event] });
  const [evaluation] = await asTeam((sql) => evaluationsOf(sql, team, { runIds: [run.id], fold: "test" }));
  return evaluation!.id;
}

const claim = () => claimMeasurement(database.db, { teamId: team, workerId: study.workerId, leaseSeconds: 60 });
const lapse = () =>
  database.owner`update measurements set lease_until = clock_timestamp() - interval '1 second' where state = 'running'`;
const state = async (id = evaluationId) => (await asTeam((sql) => measurementsOf(sql, team, [id])))[0];
const storing = (attempt: number, items: readonly string[], pixels = 4) =>
  storeMeasures(database.db, {
    teamId: team,
    evaluationId,
    attempt,
    profiles: items.map((itemId) => ({ itemId, classIndex: 0, profile: profileOf(pixels) })),
    measures: items.map((itemId) => ({ itemId, classIndex: 0, measures: measuresOf(pixels) })),
  });
const unmeasured = async () => {
  const { size, labelVersionId } = { size: 8, labelVersionId: study.labelVersion.id };
  const claimed = { evaluationId, attempt: 1, size, labelVersionId, schemaId: study.schema.id, classes: 1 };
  return asTeam((sql) => unmeasuredItems(sql, team, claimed));
};

describe("an evaluation", () => {
  it("keeps its items' counts at other thresholds, and null where there are none", async () => {
    const items = await asTeam((sql) => evaluationItems(sql, team, [evaluationId]));
    expect(items.map((item) => item.thresholdCounts)).toEqual([thresholdCounts, ...itemIds.slice(1).map(() => null)]);
  });

  it("is queued to be measured as soon as it is stored", async () => {
    expect(await state()).toEqual({ evaluationId, state: "queued", total: 6, done: 0, error: null });
  });

  it("stored before there was a queue is queued by the migration", async () => {
    const server = await testServer();
    const admin = new SingleConnection(server);
    const old = { ...server, database: `migrate_${randomUUID().replaceAll("-", "")}` };
    await admin.sql.unsafe(`create database ${old.database}`);
    await migrate(old, ownMigrations().slice(0, 10));
    const owner = new SingleConnection(old);
    await owner.sql.unsafe(`
      set session_replication_role = replica; -- no foreign keys: what the rows name does not matter here
      insert into evaluations (team_id, run_id, attempt, fold, scoring, label_version_id, split_id, checkpoint_step, size,
        threshold, items)
      values (gen_random_uuid(), gen_random_uuid(), 1, 'test', 1, gen_random_uuid(), gen_random_uuid(), 1, 8, 0.5, 17)`);
    await owner.end();
    await migrate(old);
    const after = new SingleConnection(old);
    expect(await after.sql`select state, total, done from measurements`).toMatchObject([
      { state: "queued", total: 17, done: 0 },
    ]);
    await after.end();
    await admin.sql.unsafe(`drop database ${old.database} with (force)`);
    await admin.end();
  });
});

describe("measuring", () => {
  it("is claimed by one worker, with what it needs, and ends with what was measured", async () => {
    const claims = await Promise.all([claim(), claim()]);
    expect(claims.filter((each) => each !== null)).toEqual([
      {
        evaluationId,
        attempt: 1,
        size: 8,
        labelVersionId: study.labelVersion.id,
        schemaId: study.schema.id,
        classes: 1,
      },
    ]);
    const first = (await unmeasured())[0]!;
    expect(first).toEqual({
      itemId: itemIds[0],
      itemName: "polyps-00",
      itemSha256: sha("polyps-00"),
      classIndex: 0,
      width: 40,
      height: 30,
      spacingMm: null,
      spacingYMm: null,
      maskSha256: sha("polyps-00 mask"),
      predictionSha256: sha("prediction"),
      profiled: false,
    });
    await storing(1, itemIds.slice(0, 2));
    expect(await state()).toMatchObject({ state: "running", done: 2 });
    expect((await unmeasured()).map(({ itemId }) => itemId)).toEqual(itemIds.slice(2));
    await storing(1, itemIds.slice(1)); // the second again
    await finishMeasurement(database.db, { teamId: team, evaluationId, attempt: 1, error: null });
    await finishMeasurement(database.db, { teamId: team, evaluationId, attempt: 1, error: null }); // told twice
    expect(await state()).toMatchObject({ state: "succeeded", total: 6, done: 6, error: null });
    const stored = await asTeam((sql) => predictionMeasures(sql, team, [evaluationId]));
    expect(stored.map(({ itemId }) => itemId).sort()).toEqual([...itemIds].sort());
    expect(stored[0]).toMatchObject({ evaluationId, classIndex: 0, measures: measuresOf(4) });
    expect(await claim()).toBeNull();
  });

  it("keeps what was stored first; profiles serve every evaluation of the labels at that size", async () => {
    await claim();
    await storing(1, itemIds);
    await storing(1, itemIds, 5);
    await finishMeasurement(database.db, { teamId: team, evaluationId, attempt: 1, error: null });
    evaluationId = await evaluate();
    await claim();
    expect((await unmeasured()).map(({ profiled }) => profiled)).toEqual(itemIds.map(() => true));
    await storing(1, itemIds.slice(0, 1), 5);
    const asked = { labelVersionId: study.labelVersion.id, size: 8 };
    const profiles = await asTeam((sql) => truthProfiles(sql, team, asked));
    expect(profiles.map(({ profile }) => profile.pixels)).toEqual(itemIds.map(() => 4));
    const [id] = itemIds;
    expect(await asTeam((sql) => truthProfiles(sql, team, { ...asked, itemIds: [id!] }))).toEqual([
      { itemId: id, classIndex: 0, profile: profileOf(4) },
    ]);
    expect(await asTeam((sql) => truthProfiles(sql, team, { ...asked, size: 16 }))).toEqual([]);
  });

  it("of another version is not read, and is measured again", async () => {
    await claim();
    await storing(1, itemIds);
    await database.owner`update prediction_measures set version = ${measuresVersion + 1}`;
    await database.owner`update truth_profiles set version = ${measuresVersion + 1}`;
    expect(await asTeam((sql) => predictionMeasures(sql, team, [evaluationId]))).toEqual([]);
    const asked = { labelVersionId: study.labelVersion.id, size: 8 };
    expect(await asTeam((sql) => truthProfiles(sql, team, asked))).toEqual([]);
    expect((await unmeasured()).map(({ profiled }) => profiled)).toEqual(itemIds.map(() => false));
  });

  it("goes to a new attempt when its worker is lost; the old one may not write", async () => {
    await claim();
    await storing(1, itemIds.slice(0, 2));
    await lapse();
    expect(await claim()).toMatchObject({ evaluationId, attempt: 2 });
    expect(await unmeasured()).toHaveLength(4);
    await expect(storing(1, itemIds)).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const late = finishMeasurement(database.db, { teamId: team, evaluationId, attempt: 1, error: "late" });
    await expect(late).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const renew = (attempt: number) =>
      renewMeasurement(database.db, { teamId: team, evaluationId, attempt, leaseSeconds: 60 });
    expect([await renew(1), await renew(2)]).toEqual([false, true]);
    expect(await state()).toMatchObject({ state: "running", done: 2 });
  });

  it("given back by workers that were stopped, however often, is queued again and no worker counts as lost", async () => {
    for (let attempt = 1; attempt <= 6; attempt++) {
      await claim();
      await giveBackMeasurement(database.db, { teamId: team, evaluationId, attempt });
      expect(await state()).toMatchObject({ state: "queued" });
    }
    await claim();
    await giveBackMeasurement(database.db, { teamId: team, evaluationId, attempt: 6 }); // no longer its own
    expect(await state()).toMatchObject({ state: "running" });
  });

  it("fails with the reason: its own, or five lost workers", async () => {
    await claim();
    await finishMeasurement(database.db, { teamId: team, evaluationId, attempt: 1, error: "polyps-03: no mask\0" });
    expect(await state()).toMatchObject({ state: "failed", error: "polyps-03: no mask\uFFFD" });
    evaluationId = await evaluate();
    for (let i = 0; i < 5; i++) {
      expect(await claim()).toMatchObject({ evaluationId, attempt: i + 1 });
      await lapse();
    }
    expect(await claim()).toBeNull();
    expect(await state()).toMatchObject({ state: "failed", error: expect.stringContaining("Five workers") });
  });
});
