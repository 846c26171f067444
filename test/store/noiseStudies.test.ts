/** What a noise study queues, and when: once, whatever comes first or at the same time. */
import type { LabelRequest } from "@tessera/domain/labels/request";
import { claimRun, ingest } from "@tessera/store/claims";
import type { TeamSql } from "@tessera/store/database";
import { createExperiment } from "@tessera/store/experiments";
import { guardedTransaction, SingleConnection } from "@tessera/store/guardedTransaction";
import { claimLabelJob, finishLabelJob } from "@tessera/store/labelJobQueue";
import { cancelLabelJob, ensureLabelJob } from "@tessera/store/labelJobs";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { furtherScoringsOf, noiseVersionsOf, saveNoiseStudy, wantedRunsOf } from "@tessera/store/noiseStudies";
import { runsOfExperiments } from "@tessera/store/runs";
import { claimScoring, failScoring } from "@tessera/store/scoringQueue";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { countsOf } from "../support/measures.ts";
import { makeStudy, newRun } from "../support/study.ts";

let database: TestDatabase;
let team: string;
let study: Awaited<ReturnType<typeof makeStudy>>;
let experimentId: string;
let labelJobId: string;
let place = 0;
beforeAll(async () => {
  database = await testDatabase();
  team = database.teamId;
  study = await makeStudy(database, { runs: [] });
});
afterAll(() => database.close());

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);
const claim = () => ({ teamId: team, workerId: study.workerId, leaseSeconds: 60 });
const arms = [
  { name: "clean", changes: {} },
  { name: "noisy", changes: {} },
];
const design = { seed: 0, methods: [], noises: [] };

/** Labels for a study of its own: another seed is another version. */
const request = (seed: number) =>
  ({
    kind: "makeVersion",
    rule: { kind: "noise", seed, model: { kind: "dilation", pixels: 2, rate: 1 } },
    fromVersionId: study.labelVersion.id,
    note: "",
  }) as const satisfies LabelRequest;
const ensureJob = (sql: TeamSql, seed = place) => {
  const { datasetId, schemaId } = study.labelVersion;
  return ensureLabelJob(sql, team, { datasetId, schemaId, request: request(seed), createdBy: database.userId });
};
const save = (sql: TeamSql, seeds: readonly number[], jobId = labelJobId) =>
  saveNoiseStudy(sql, team, {
    ...{ experimentId, design, arms, seeds, codeCommit: "c", createdBy: database.userId },
    versions: [{ noise: "dilation", level: 2, trains: true, evaluates: true, labelJobId: jobId }],
    runs: seeds.flatMap((seed) => [
      { ...newRun("clean", seed), arm: "clean", noise: null, level: 0 },
      { ...newRun("noisy", seed), arm: "noisy", noise: "dilation", level: 2 },
    ]),
  });

beforeEach(async () => {
  place++;
  await database.owner`update runs set state = 'cancelled' where state in ('queued', 'running')`;
  await database.owner`update prediction_scorings set state = 'failed' where state in ('queued', 'running')`;
  await database.owner`update label_jobs set state = 'cancelled' where state in ('queued', 'running')`;
  await asTeam(async (sql) => {
    const { project, dataset, labelVersion, split } = study;
    const experiment = await createExperiment(sql, team, {
      ...{ projectId: project.id, name: `noise ${place}`, question: "?", datasetId: dataset.id },
      ...{ labelVersionId: labelVersion.id, splitId: split.id, base: {}, arms, seeds: [1], equivalenceMargin: null },
      ...{ createdBy: database.userId, codeCommit: "c", runs: [] },
    });
    experimentId = experiment.id;
    labelJobId = (await ensureJob(sql)).id;
    await save(sql, [1]);
  });
});

const stored = async () => (await asTeam((sql) => runsOfExperiments(sql, team, [experimentId]))).flat();
const runs = async () => (await stored()).map(({ arm }) => arm).sort();
const scorings = () => asTeam((sql) => furtherScoringsOf(sql, team, [experimentId]));
async function makeVersion(): Promise<string> {
  const { id, attempt } = (await claimLabelJob(database.db, claim()))!;
  const { datasetId, schemaId } = study.labelVersion;
  const pinned = { rule: request(place).rule, from: null };
  const frozen = { datasetId, schemaId, rule: "noise", pinned, note: "", labels: study.labels };
  const { id: labelVersionId } = await asTeam((sql) => freezeLabelVersion(sql, team, frozen));
  await finishLabelJob(database.db, { teamId: team, id, attempt, error: null, done: 6, labelVersionId });
  return labelVersionId;
}
async function scoreOne(): Promise<string> {
  const run = (await claimRun(database.db, claim()))!;
  const items = study.items.filter((_, i) => i % 3 === 2).map(({ id }) => countsOf(id));
  const test = { type: "evaluation", fold: "test", checkpointStep: 1, size: 8, threshold: 0.5, items } as const;
  await ingest(database.db, { teamId: team, runId: run.id, attempt: run.attempt, sequence: 1, events: [test] });
  return run.id;
}

it("queues the runs of a version in the statement that ends its job, and scorings of what is scored", async () => {
  expect(await runs()).toEqual(["clean"]);
  const scored = await scoreOne();
  expect(await scorings()).toEqual([]);
  const version = await makeVersion();
  expect(await runs()).toEqual(["clean", "noisy"]);
  expect(await scorings()).toMatchObject([{ runId: scored, labelVersionId: version, state: "queued" }]);
  const noisy = (await stored()).find(({ arm }) => arm === "noisy")!;
  expect(noisy).toMatchObject({ labelVersionId: version, evaluationLabelVersionId: study.labelVersion.id });
  const second = await scoreOne();
  expect((await scorings()).map(({ runId }) => runId).sort()).toEqual([scored, second].sort());
  await asTeam((sql) => save(sql, [1]));
  expect([(await runs()).length, (await scorings()).length]).toEqual([2, 2]);
});

it("makes a score wait for a version that is about to be there, so that the two see each other", async () => {
  const { id, attempt } = (await claimLabelJob(database.db, claim()))!;
  const { datasetId, schemaId } = study.labelVersion;
  const pinned = { rule: request(place).rule, from: null };
  const frozen = { datasetId, schemaId, rule: "noise", pinned, note: "", labels: study.labels };
  const version = await asTeam((sql) => freezeLabelVersion(sql, team, frozen));
  const scored = { yet: false };
  let scoring: Promise<unknown> = Promise.resolve();
  const ending = new SingleConnection(database.connection);
  await guardedTransaction(ending, async (sql) => {
    await sql`select finish_label_job(${team}, ${id}, ${attempt}, null, 6, ${version.id})`;
    scoring = scoreOne().then(() => {
      scored.yet = true;
    });
    // until the score is stored, or waits for this transaction
    for (let waits = false; !waits && !scored.yet; ) {
      const rows = await sql`
        select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid))`;
      waits = rows.length > 0;
    }
  });
  await scoring;
  await ending.end();
  expect(await scorings()).toMatchObject([{ labelVersionId: version.id, state: "queued" }]);
});

it("loses nothing where a version and a score come at the same time, and a new seed meanwhile", async () => {
  for (let round = 0; round < 3; round++) {
    const before = (await runs()).length;
    const [version] = await Promise.all([
      round === 0 ? makeVersion() : Promise.resolve(null),
      scoreOne(),
      asTeam(async (sql) => {
        const { id } = await ensureJob(sql);
        await save(sql, Array.from({ length: round + 2 }, (_, i) => i + 1), id); // biome-ignore format: one line
      }),
    ]);
    if (version) expect(await runs()).toHaveLength(4);
    else expect((await runs()).length).toBe(before + 2);
    expect(await scorings()).toHaveLength(round + 1);
  }
  expect(await asTeam((sql) => wantedRunsOf(sql, team, [experimentId]))).toHaveLength(8);
});

it("tells of a version that failed, takes another job for it, and tries a failed scoring again", async () => {
  await asTeam((sql) => cancelLabelJob(sql, team, labelJobId));
  expect(await asTeam((sql) => noiseVersionsOf(sql, team, [experimentId]))).toMatchObject([{ state: "cancelled" }]);
  await asTeam(async (sql) => {
    const { id } = await ensureJob(sql);
    expect(id).not.toBe(labelJobId);
    await save(sql, [1], id);
  });
  await scoreOne();
  await makeVersion();
  const { id, attempt } = (await claimScoring(database.db, claim()))!;
  await failScoring(database.db, { teamId: team, id, attempt, error: "the disk is full" });
  expect(await scorings()).toMatchObject([{ state: "failed", error: "the disk is full" }]);
  const made = (await asTeam((sql) => noiseVersionsOf(sql, team, [experimentId])))[0]!;
  await asTeam((sql) => save(sql, [1], made.labelJobId));
  expect(await scorings()).toMatchObject([{ state: "queued", error: null }]);
  expect((await asTeam((sql) => ensureJob(sql))).id).toBe(made.labelJobId);
});

it("takes no arm away", async () => {
  const less = asTeam((sql) =>
    saveNoiseStudy(sql, team, {
      ...{ experimentId, design, arms: arms.slice(1), seeds: [1], versions: [], runs: [] },
      ...{ codeCommit: "c", createdBy: database.userId },
    }),
  );
  await expect(less).rejects.toMatchObject({ code: "CONFLICT" });
});
