/** The second lock. Tables are read from the catalogue, so a new table is covered the day it is made. */
import { randomUUID } from "node:crypto";
import type { TrainerEvent } from "@tessera/domain/events";
import type { SlideRequest } from "@tessera/domain/slides/request";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { createApiToken } from "@tessera/store/apiTokens";
import { claimRun, ingest } from "@tessera/store/claims";
import { extendExperiment } from "@tessera/store/experimentExtensions";
import { insertExperimentSplits } from "@tessera/store/experimentSplits";
import { createSession } from "@tessera/store/identity";
import { insertImportedBags } from "@tessera/store/importedBags";
import { claimImport, createImport, reportImport } from "@tessera/store/imports";
import { createInspection } from "@tessera/store/inspections";
import { claimHashing, insertItemHashes } from "@tessera/store/itemHashes";
import { insertLabelChain } from "@tessera/store/labelChains";
import { createLabelJob, ensureLabelJob } from "@tessera/store/labelJobs";
import { createMaskCheck } from "@tessera/store/maskChecks";
import { storeMaskPairs } from "@tessera/store/maskPairs";
import { claimMeasurement, storeMeasures } from "@tessera/store/measuringQueue";
import { createInvitation } from "@tessera/store/members";
import { saveNoiseStudy } from "@tessera/store/noiseStudies";
import { createPredictionScoring } from "@tessera/store/predictionScorings";
import { readerOf } from "@tessera/store/readers";
import { insertRegionSet } from "@tessera/store/regionSets";
import { insertReportSet } from "@tessera/store/reports";
import { createReviewTasks } from "@tessera/store/reviewTasks";
import { takeReviewTasks } from "@tessera/store/reviewTurns";
import { createForeignRun } from "@tessera/store/runs";
import { hashToken } from "@tessera/store/secrets";
import { createSlideJob, insertSlideResult } from "@tessera/store/slideJobs";
import { insertSlides } from "@tessera/store/slides";
import { insertTileLabels } from "@tessera/store/tileLabels";
import { insertWeights } from "@tessera/store/weights";
import { saveWitnessStudy } from "@tessera/store/witnessStudies";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { measuresOf, profileOf } from "../support/measures.ts";
import { makeStudy, newRun, sha } from "../support/study.ts";

let database: TestDatabase;
let tables: string[];

/** They come before a team is known; tessera_app has no right on them at all. */
const withoutTeam = ["users", "sessions", "schema_migrations"];

beforeAll(async () => {
  database = await testDatabase();
  await fillEveryTable();
  const rows = await database.owner<{ name: string }[]>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`;
  tables = rows.map(({ name }) => name).filter((name) => !withoutTeam.includes(name));
});
afterAll(() => database.close());

async function fillEveryTable(): Promise<void> {
  const { db, teamId, userId } = database;
  const { workerId, items, dataset, labelVersion, split, experiment } = await makeStudy(database);
  const soon = new Date(Date.now() + 60_000);
  await createSession(db, { tokenHash: hashToken("session"), userId, teamId, expiresAt: soon });
  await db.asTeam(teamId, async (sql) => {
    const email = "new@example.org";
    await createInvitation(sql, teamId, {
      email,
      role: "viewer",
      tokenHash: hashToken("i"),
      invitedBy: userId,
      expiresAt: soon,
    });
    await createApiToken(sql, teamId, {
      userId,
      name: "t",
      role: "viewer",
      tokenHash: hashToken("t"),
      expiresAt: null,
    });
    await createImport(sql, teamId, { datasetId: dataset.id, layout: "kvasir-seg", reader: "r", files: [] });
  });
  const run = (await claimRun(db, { teamId, workerId, leaseSeconds: 60 }))!;
  const counts = {
    truePositives: 1,
    falsePositives: 0,
    falseNegatives: 0,
    trueNegatives: 0,
    truthComponents: 1,
    predictedComponents: 1,
  };
  const item = { itemId: items[0]!.id, classIndex: 0, ...counts, predictionSha256: sha("p") };
  const classified = {
    type: "evaluation",
    fold: "validation",
    checkpointStep: 1,
    size: 8,
    threshold: 0.5,
    items: [],
  } as const;
  const events: TrainerEvent[] = [
    { type: "points", series: "s", steps: [1], values: [1] },
    { type: "sample", epoch: 1, step: 1, itemId: items[0]!.id, sha256: sha("s"), dice: 1 },
    { type: "checkpoint", kind: "latest", step: 1, epoch: 1, sha256: sha("c"), validationScore: null },
    { type: "checkpoint", kind: "best", step: 1, epoch: 1, sha256: sha("c"), validationScore: 0.5 },
    { type: "log", level: "info", message: "m" },
    { type: "evaluation", fold: "test", checkpointStep: 1, size: 8, threshold: 0.5, items: [item] },
    { ...classified, predictions: [{ itemId: items[0]!.id, truth: [1], probabilities: [0.5] }] },
  ];
  await ingest(db, { teamId, runId: run.id, attempt: 1, sequence: 1, events });
  const claimed = (await claimImport(db, { teamId, workerId, leaseSeconds: 60 }))!;
  const problems = [{ path: "a.png", code: "BAD_FILE", message: "not a picture" }];
  const report = {
    teamId,
    id: claimed.id,
    attempt: 1,
    done: 1,
    total: 1,
    added: 0,
    duplicates: 0,
    refused: 1,
    problems,
  };
  await reportImport(db, report);
  const { evaluationId } = (await claimMeasurement(db, { teamId, workerId, leaseSeconds: 60 }))!;
  await storeMeasures(db, {
    teamId,
    evaluationId,
    attempt: 1,
    profiles: [{ itemId: items[0]!.id, classIndex: 0, profile: profileOf(4) }],
    measures: [{ itemId: items[0]!.id, classIndex: 0, measures: measuresOf(4) }],
  });
  await claimHashing(db, { teamId, workerId, leaseSeconds: 60, most: 1 });
  await db.asTeam(teamId, async (sql) => {
    await insertItemHashes(sql, teamId, [{ itemId: items[0]!.id, error: "damaged" }]);
    const foreign = { projectName: "Project", name: "n", configuration: {}, createdBy: userId, codeCommit: "c" };
    const { id: runId } = await createForeignRun(sql, teamId, foreign);
    const predictions = items
      .filter((_, i) => i % 3 === 2)
      .map(({ id, name }) => ({ itemId: id, sha256: sha(`${name} mask`) }));
    const of = { runId, labelVersionId: labelVersion.id, splitId: split.id };
    await createPredictionScoring(sql, teamId, { ...of, fold: "test", size: 16, predictions });
    const asked = { a: { runId: run.id, at: "start" }, b: { runId: run.id, at: "end" } };
    await createInspection(sql, teamId, { kind: "featureReuse", request: asked, createdBy: userId });
    const model = { family: "mobilenetV1", size: 128, alpha: 0.25, classes: 2, layers: [] } as const;
    const report = { loaded: [], adapted: [], skipped: [], deadFilters: [] };
    const { sha256 } = predictions[0]!;
    const files = { sha256, graphSha256: sha256 };
    const grown = { experimentId: experiment.id, arms: experiment.arms, seeds: [...experiment.seeds, 9] };
    const runs = [newRun("another", 9)];
    await extendExperiment(sql, teamId, { ...grown, runs, codeCommit: "c", createdBy: userId });
    const pair = {
      a: predictions[0]!.sha256,
      b: predictions[1]!.sha256,
      classIndex: 0,
      pixelsA: 4,
      pixelsB: 5,
      shared: 3,
      hd95: 1,
    };
    await storeMaskPairs(sql, teamId, { classes: 1, pairs: [pair] });
    const { datasetId, schemaId } = labelVersion;
    const request = { kind: "compareReaders", readers: null } as const;
    await createLabelJob(sql, teamId, { datasetId, schemaId, request, createdBy: userId });
    const sample = { set: "", counts: [[9, 1], [1, 9]], chosenBy: "before", shares: null, designEffects: null } as const; // biome-ignore format: one line
    const stages = [{ kind: "nlp", source: "s", origin: null, samples: [sample] }] as const;
    const chain = { name: "c", note: "", classes: ["absent", "present"], prevalence: null, prevalenceSource: "", stages, direct: null }; // biome-ignore format: one line
    await insertLabelChain(sql, teamId, { ...chain, projectId: experiment.projectId, createdBy: userId });
    await readerOf(sql, teamId, userId);
    const read = { schemaId, purpose: "firstRead" } as const;
    const wanted = [{ itemId: items[0]!.id, priority: 0, note: "" }];
    const [taskId] = await createReviewTasks(sql, teamId, { ...read, items: wanted, assignTo: [], createdBy: userId });
    await takeReviewTasks(sql, teamId, { ...read, userId, count: 1 });
    await createMaskCheck(sql, teamId, { userId, schemaId, itemId: items[0]!.id, taskId: taskId!, sha256 });
    const design = { seed: 0, methods: [], noises: [] };
    const rule = { kind: "noise", seed: 0, model: { kind: "dilation", pixels: 2, rate: 1 } } as const;
    const noisy = { kind: "makeVersion", rule, fromVersionId: labelVersion.id, note: "" } as const;
    const { id: labelJobId } = await ensureLabelJob(sql, teamId, {
      datasetId,
      schemaId,
      request: noisy,
      createdBy: userId,
    });
    const arms = { arms: experiment.arms, seeds: [...experiment.seeds, 9], codeCommit: "c", createdBy: userId };
    const version = { noise: "dilation", level: 2, trains: true, evaluates: true, labelJobId };
    const waiting = { ...newRun("noisy", 9), noise: "dilation", level: 2 };
    const study = { experimentId: experiment.id, design, versions: [version], runs: [waiting], ...arms };
    await saveNoiseStudy(sql, teamId, study);
    const rules = { uncertain: "unknown", notMentioned: "unknown" } as const;
    const readReports = {
      datasetId,
      schemaId,
      reader: "r",
      fileSha256: predictions[0]!.sha256,
      rules,
      labeller: 1,
      labelled: 0,
    };
    const reports = [{ itemId: items[0]!.id, report: "No effusion.", findings: [] }];
    await insertReportSet(sql, teamId, { ...readReports, createdBy: userId, reports });
    const first = { seed: 1, repeat: 1, fold: 1, splitId: split.id };
    await insertExperimentSplits(sql, teamId, experiment.id, [first]);
    const itemId = items[0]!.id;
    const scale = { levels: [], magnification: null, micronsX: null, micronsY: null, scaleOf: null };
    await insertRegionSet(sql, teamId, {
      ...{ id: randomUUID(), itemId: items[0]!.id, userId, reader: null, complete: false, regions: [] },
    });
    await insertSlides(sql, teamId, [{ itemId, format: "picture", ...scale }]);
    const cut: SlideRequest = { kind: "tiles", rule: usualTileRule };
    const slideJob = await createSlideJob(sql, teamId, { datasetId, request: cut, createdBy: userId });
    const nothing = { sha256: null, overlaySha256: null, bagItemId: null, facts: null };
    const refused = { jobId: slideJob.id, itemId, tiles: 0, seconds: 1, error: "no scale" };
    await insertSlideResult(sql, teamId, { ...nothing, ...refused });
    await insertTileLabels(sql, teamId, [{ itemId, sha256, tiles: 2, positives: 1 }]);
    const bags = { tiles: 2, train: 4, validation: 4, test: 4, seed: 0 };
    const rates = {
      experimentId: experiment.id,
      bagDatasetId: datasetId,
      design: { poolings: [], rates: [0.5], bags },
    };
    const from = { datasetId, splitId: split.id, labelVersionId: labelVersion.id };
    await saveWitnessStudy(sql, teamId, { ...rates, ...from, ...arms, runs: [{ ...newRun("rare", 9), rate: 0.5 }] });
    const cameIn = { itemId, path: "a.h5", sha256: predictions[0]!.sha256, writer: null, encoder: null };
    const places = [{ itemId, slideItemId: itemId, sha256: predictions[0]!.sha256 }];
    await insertImportedBags(sql, teamId, { sources: [cameIn], places });
    await insertWeights(sql, teamId, { name: "w", source: "s", model, report, createdBy: userId, ...files });
  });
}

const count = (text: string) => (sql: { unsafe: TestDatabase["owner"]["unsafe"] }) =>
  sql.unsafe<[{ count: number }]>(`select count(*) from ${text}`).then(([row]) => row.count);

describe("row-level security", () => {
  it("is on for every table that has a team, or says here why not", async () => {
    const open = await database.owner<{ name: string }[]>`
      select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relrowsecurity`;
    expect(open.map(({ name }) => name)).toEqual(["schema_migrations"]);
  });

  it("shows every table's rows to their team, and to nobody else", async () => {
    const { db, owner, teamId, otherTeamId } = database;
    const members = { [teamId]: ["members", "teams"], [otherTeamId]: ["members", "teams"] }; // both teams have these
    for (const table of tables) {
      const all = await count(table)(owner);
      expect(all, `no row in ${table}: fill it above, or this test says nothing about it`).toBeGreaterThan(0);
      const shared = members[teamId]!.includes(table);
      expect(await db.asTeam(teamId, count(table)), `${table} as its team`).toBe(shared ? all / 2 : all);
      expect(await db.asTeam(otherTeamId, count(table)), `${table} as another team`).toBe(shared ? all / 2 : 0);
      expect(await db.once(count(table)), `${table} with no team`).toBe(0);
    }
  });

  it("hides views' rows too", async () => {
    for (const view of ["attempt_limits", "seen_checkpoints"]) {
      expect(await database.db.asTeam(database.teamId, count(view))).toBeGreaterThan(0);
      expect(await database.db.asTeam(database.otherTeamId, count(view))).toBe(0);
      expect(await database.db.once(count(view))).toBe(0);
    }
  });

  it("gives no team by an empty setting, which a pooled connection may keep", async () => {
    const rows = await database.db.asTeam(database.teamId, async (sql) => {
      await sql`select set_config('app.team', '', true)`;
      return count("runs")(sql);
    });
    expect(rows).toBe(0);
  });

  it("refuses a row of another team", async () => {
    const insert = database.db.asTeam(
      database.teamId,
      (sql) => sql`insert into projects (team_id, name) values (${database.otherTeamId}, 'planted')`,
    );
    await expect(insert).rejects.toThrow("row-level security");
  });

  it.each(withoutTeam)("keeps the application away from %s", async (table) => {
    await expect(database.db.asTeam(database.teamId, count(table))).rejects.toThrow("permission denied");
  });

  it("acts as a role that is neither superuser nor owner nor past the policies", async () => {
    const [role] = await database.db.once(
      (sql) => sql<{ name: string; super: boolean; bypass: boolean; owns: number }[]>`
        select current_user as name, rolsuper as super, rolbypassrls as bypass,
          (select count(*) from pg_class where relowner = r.oid) as owns
        from pg_roles r where rolname = current_user`,
    );
    expect(role).toEqual({ name: "tessera_app", super: false, bypass: false, owns: 0 });
  });
});

describe("what is frozen", () => {
  const frozen = [
    "label_versions",
    "labels",
    "label_schemas",
    "items",
    "blobs",
    "annotations",
    "splits",
    "split_items",
    "experiments",
    "evaluations",
    "evaluation_items",
    "evaluation_predictions",
    "truth_profiles",
    "mask_pairs",
    "prediction_measures",
    "metric_chunks",
    "checkpoints",
    "run_logs",
    "run_samples",
    "ingest_batches",
    "weights",
    "slides",
    "region_sets",
    "slide_results",
    "tile_labels",
    "bag_sources",
    "bag_places",
  ];

  it.each(frozen)("%s: the database refuses update and delete", async (table) => {
    const attempt = (text: string) => database.db.asTeam(database.teamId, (sql) => sql.unsafe(text));
    await expect(attempt(`update ${table} set team_id = team_id`)).rejects.toThrow("permission denied");
    await expect(attempt(`delete from ${table}`)).rejects.toThrow("permission denied");
    await expect(attempt(`truncate ${table}`)).rejects.toThrow("permission denied");
  });

  it("functions that run as the owner say where they look names up", async () => {
    const loose = await database.owner<{ name: string }[]>`
      select proname as name from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef
        and not coalesce(array_to_string(proconfig, ',') like '%search_path=public, pg_temp%', false)`;
    expect(loose.map(({ name }) => name)).toEqual([]);
  });
});
