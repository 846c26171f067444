import type { TeamSql } from "@tessera/store/database";
import { evaluationItems, evaluationsOf } from "@tessera/store/evaluations";
import { measurementsOf } from "@tessera/store/measurements";
import {
  createPredictionScoring,
  type NewPredictionScoring,
  predictionScoringsByIds,
  predictionScoringsOf,
} from "@tessera/store/predictionScorings";
import { createForeignRun } from "@tessera/store/runs";
import { claimScoring, failScoring, finishScoring, giveBackScoring, renewScoring } from "@tessera/store/scoringQueue";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { countsOf } from "../support/measures.ts";
import { makeStudy, sha } from "../support/study.ts";

let database: TestDatabase;
let team: string;
let study: Awaited<ReturnType<typeof makeStudy>>;
let other: Awaited<ReturnType<typeof makeStudy>>;
let wanted: NewPredictionScoring;

beforeAll(async () => {
  database = await testDatabase();
  team = database.teamId;
  study = await makeStudy(database);
  other = await makeStudy(database, { name: "others" });
});
afterAll(() => database.close());

beforeEach(async () => {
  await database.owner`update prediction_scorings set state = 'failed' where state in ('queued', 'running')`;
  const test = study.items.filter((_, i) => i % 3 === 2); // as makeStudy splits them
  wanted = {
    runId: await foreignRun(),
    labelVersionId: study.labelVersion.id,
    splitId: study.split.id,
    fold: "test",
    size: 16,
    predictions: test.map((item) => ({ itemId: item.id, sha256: sha(`${item.name} mask`) })),
  };
});

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);
const create = (changes: Partial<NewPredictionScoring> = {}) =>
  asTeam((sql) => createPredictionScoring(sql, team, { ...wanted, ...changes }));
const read = async (id: string) => (await asTeam((sql) => predictionScoringsByIds(sql, team, [id])))[0]!;
const foreignRun = async () => {
  const run = { projectName: "Elsewhere", name: "n", configuration: {}, createdBy: database.userId, codeCommit: "c" };
  return (await asTeam((sql) => createForeignRun(sql, team, run))).id;
};

const claim = () => claimScoring(database.db, { teamId: team, workerId: study.workerId, leaseSeconds: 60 });
const lapse = () =>
  database.owner`update prediction_scorings set lease_until = clock_timestamp() - interval '1 second' where state = 'running'`;
const counted = () =>
  wanted.predictions.map(({ itemId, sha256 }) => ({ ...countsOf(itemId), predictionSha256: sha256 }));
const finish = (id: string, attempt = 1) =>
  finishScoring(database.db, { teamId: team, id, attempt, threshold: 0.5, items: counted() });

describe("a scoring is refused", () => {
  const item = (i: number) => wanted.predictions[i]!;

  it.each<[string, () => Partial<NewPredictionScoring>, string, RegExp]>([
    ["for a run of ours", () => ({ runId: study.runs[0]!.id }), "CONFLICT", /trained by Tessera/],
    ["for an unknown run", () => ({ runId: study.split.id }), "NOT_FOUND", /No run/],
    ["for an unknown split", () => ({ splitId: wanted.runId }), "NOT_FOUND", /No split/],
    ["for unknown labels", () => ({ labelVersionId: wanted.runId }), "NOT_FOUND", /No label version/],
    ["with a split of other data", () => ({ splitId: other.split.id }), "BAD_INPUT", /another dataset/],
    ["on what it trained on", () => ({ fold: "train" as const }), "BAD_INPUT", /expected VALIDATION or TEST/],
    ["at no size", () => ({ size: 15 }), "BAD_INPUT", /from 16 to 1024, got 15/],
    ["at no whole size", () => ({ size: 16.5 }), "BAD_INPUT", /whole number/],
    [
      "with one item twice",
      () => ({ predictions: [...wanted.predictions, item(0)] }),
      "BAD_INPUT",
      /given twice: polyps-02$/,
    ],
    [
      "with an item of another fold",
      () => ({ predictions: [...wanted.predictions, { itemId: study.items[0]!.id, sha256: sha("polyps-00 mask") }] }),
      "BAD_INPUT",
      /not in the test fold of this split: polyps-00$/,
    ],
    [
      "without an item of the fold",
      () => ({ predictions: [item(0)] }),
      "BAD_INPUT",
      /every item of the test fold \(2\); missing: polyps-05$/,
    ],
    [
      "with a mask that was not sent",
      () => ({ predictions: [item(0), { ...item(1), sha256: sha("never sent") }] }),
      "BAD_INPUT",
      /not there: polyps-05$/,
    ],
  ])("%s", async (_, changes, code, message) => {
    await expect(create(changes())).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(await claim()).toBeNull();
  });

  it("where a label is missing, and by another team", async () => {
    const { labels } = study;
    await database.owner`delete from labels where annotation_id = ${labels[2]!.annotationId}`;
    await expect(create()).rejects.toMatchObject({ message: expect.stringMatching(/no label for polyps-02$/) });
    await database.owner`
      insert into labels (team_id, label_version_id, item_id, annotation_id)
      values (${team}, ${study.labelVersion.id}, ${labels[2]!.itemId}, ${labels[2]!.annotationId})`;
    const { otherTeamId } = database;
    const elsewhere = database.db.asTeam(otherTeamId, (sql) => createPredictionScoring(sql, otherTeamId, wanted));
    await expect(elsewhere).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a scoring", () => {
  it("is claimed once, tells its progress, and ends as an evaluation that is queued to be measured", async () => {
    const { id } = await create();
    const claims = await Promise.all([claim(), claim()]);
    expect(claims.filter((each) => each !== null)).toEqual([
      {
        ...{
          id,
          attempt: 1,
          labelVersionId: wanted.labelVersionId,
          size: 16,
          classes: 1,
          predictions: wanted.predictions,
        },
        ...{ task: "segmentation", scoredFrom: null },
      },
    ]);
    const renew = { teamId: team, id, attempt: 1, leaseSeconds: 60, done: 1 };
    expect(await renewScoring(database.db, renew)).toBe(true);
    expect(await read(id)).toMatchObject({ state: "running", total: 2, done: 1, evaluationId: null });
    const revision = async () =>
      (await database.owner<[{ revision: number }]>`select revision from runs where id = ${wanted.runId}`)[0].revision;
    const before = await revision();
    await finish(id);
    await finish(id); // told twice
    expect(await revision()).toBeGreaterThan(before);
    const done = await read(id);
    expect(done).toMatchObject({ state: "succeeded", total: 2, done: 2, error: null });
    const evaluations = await asTeam((sql) => evaluationsOf(sql, team, { runIds: [wanted.runId], fold: "test" }));
    expect(evaluations).toMatchObject([
      {
        id: done.evaluationId,
        attempt: 1,
        scoring: 1,
        labelVersionId: wanted.labelVersionId,
        splitId: wanted.splitId,
        checkpointStep: 0,
        size: 16,
        threshold: 0.5,
        items: 2,
      },
    ]);
    const items = await asTeam((sql) => evaluationItems(sql, team, [done.evaluationId!]));
    expect(items).toMatchObject(counted().map((each) => ({ ...each, thresholdCounts: null })));
    expect(await asTeam((sql) => measurementsOf(sql, team, [done.evaluationId!]))).toMatchObject([
      { state: "queued", total: 2 },
    ]);
  });

  it("of a fold that was scored before is recorded as the second", async () => {
    for (const { id } of [await create(), await create()]) {
      await claim();
      await finish(id);
    }
    const evaluations = await asTeam((sql) => evaluationsOf(sql, team, { runIds: [wanted.runId], fold: "test" }));
    expect(evaluations.map(({ scoring }) => scoring)).toEqual([1, 2]);
    expect(await asTeam((sql) => predictionScoringsOf(sql, team, [wanted.runId]))).toMatchObject([
      { evaluationId: evaluations[1]!.id },
      { evaluationId: evaluations[0]!.id },
    ]);
  });

  it("goes to a new attempt when its worker is lost or stopped; the old one may not write", async () => {
    const { id } = await create();
    await claim();
    await lapse();
    expect(await claim()).toMatchObject({ id, attempt: 2 });
    await expect(finish(id, 1)).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const late = failScoring(database.db, { teamId: team, id, attempt: 1, error: "late" });
    await expect(late).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const renew = { teamId: team, id, attempt: 1, leaseSeconds: 60, done: 1 };
    expect(await renewScoring(database.db, renew)).toBe(false);
    await giveBackScoring(database.db, { teamId: team, id, attempt: 2 });
    expect(await read(id)).toMatchObject({ state: "queued" });
    expect(await claim()).toMatchObject({ attempt: 3 });
    await finish(id, 3);
    expect(await asTeam((sql) => evaluationsOf(sql, team, { runIds: [wanted.runId], fold: "test" }))).toHaveLength(1);
  });

  it("fails with the reason: its own, or five lost workers", async () => {
    const { id } = await create();
    await claim();
    await failScoring(database.db, { teamId: team, id, attempt: 1, error: "polyps-02: no picture" });
    expect(await read(id)).toMatchObject({ state: "failed", error: "polyps-02: no picture", evaluationId: null });
    const { id: second } = await create();
    for (let i = 0; i < 5; i++) {
      expect(await claim()).toMatchObject({ id: second });
      await lapse();
    }
    expect(await claim()).toBeNull();
    expect(await read(second)).toMatchObject({ state: "failed", error: expect.stringContaining("Five workers") });
  });
});
