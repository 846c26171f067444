/** @file A running api over a real database, with one small experiment in it, and a caller for every role. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentCache } from "@tessera/api/comparison/cache";
import { type Api, createApi, type ServerOptions } from "@tessera/api/server";
import { openSlideViews } from "@tessera/api/slides/slideViews";
import { Feeds } from "@tessera/api/updates/feeds";
import type { ClassValues } from "@tessera/domain/classValues";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { Fold, Role } from "@tessera/domain/words";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { createApiToken } from "@tessera/store/apiTokens";
import { putBlob } from "@tessera/store/blobs";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import type { Database } from "@tessera/store/database";
import { createDataset } from "@tessera/store/datasets";
import { type Arm, createExperiment } from "@tessera/store/experiments";
import { type ItemKind, insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { newToken } from "@tessera/store/secrets";
import { freezeSplit } from "@tessera/store/splits";
import { registerWorker } from "@tessera/store/workers";
import { type TestDatabase, testDatabase } from "../support/database.ts";

export const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

export interface Answer<Data = Record<string, unknown>> {
  readonly status: number;
  readonly data?: Data | null;
  readonly errors?: readonly { message: string; extensions: { code: string; [key: string]: unknown } }[];
}

export interface World {
  readonly database: TestDatabase;
  readonly api: Api;
  readonly feeds: Feeds;
  readonly url: string;
  readonly objectsDirectory: string;
  /** A token of one person of `teamId` for each role. */
  readonly tokens: Record<Role, string>;
  /** An admin's token of the other team. */
  readonly otherToken: string;
  token(role: Role, teamId?: string): Promise<string>;
  graphql<Data = Record<string, never>>(
    token: string | null,
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<Answer<Data>>;
  close(): Promise<void>;
}

export async function startWorld(
  options: ServerOptions = {},
  wrap: (db: Database) => Database = (db) => db,
): Promise<World> {
  const database = await testDatabase();
  const objectsDirectory = await mkdtemp(join(tmpdir(), "tessera-api-"));
  const db = wrap(database.db);
  const services = { db, objects: openObjects({ directory: objectsDirectory }), codeCommit: "test" };
  const feeds = new Feeds(db);
  const slideViews = openSlideViews({ processes: 1 }); // starts none before a tile is asked for
  const caches = {
    aucs: new ContentCache<never>(10),
    classifications: new ContentCache<never>(10),
    classificationComparisons: new ContentCache<never>(10),
    comparisons: new ContentCache<never>(10),
    labelChains: new ContentCache<never>(10),
    runScores: new ContentCache<never>(10),
    scoredSets: new ContentCache<never>(3),
    postProcessing: new ContentCache<never>(3),
    duplicates: new ContentCache<never>(3),
    labelErrors: new ContentCache<never>(3),
  };
  const api = await createApi({ ...services, ...caches, slideViews, feeds }, options);
  await new Promise<void>((resolve) => api.server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`;

  const token = async (role: Role, teamId = database.teamId): Promise<string> => {
    const { token: secret, tokenHash } = newToken();
    const row = { userId: database.userId, name: role, role, tokenHash, expiresAt: null };
    await database.db.asTeam(teamId, (sql) => createApiToken(sql, teamId, row));
    return secret;
  };
  const tokens = {
    viewer: await token("viewer"),
    annotator: await token("annotator"),
    researcher: await token("researcher"),
    admin: await token("admin"),
  };
  return {
    database,
    api,
    feeds,
    url,
    objectsDirectory,
    tokens,
    otherToken: await token("admin", database.otherTeamId),
    token,
    async graphql(bearer, query, variables = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as object) } as Answer<never>;
    },
    async close() {
      await api.close();
      await slideViews.close();
      await database.close();
      await rm(objectsDirectory, { recursive: true, force: true });
    },
  };
}

export interface Planted {
  readonly projectId: string;
  readonly datasetId: string;
  readonly itemIds: readonly string[];
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly experimentId: string;
  readonly workerId: string;
  readonly runIds: readonly string[];
}

export interface PlantedItem {
  readonly name: string;
  readonly subject: string;
  readonly fold: Fold;
  /** Of each class, of an image of 100 x 80; empty of classification. */
  readonly regionPixels: readonly number[];
  /** Of classification. */
  readonly classValues?: ClassValues;
  /** A stored picture; absent: a name without a file. */
  readonly imageSha256?: string;
  /** Absent: an image. */
  readonly kind?: ItemKind;
}

/** A dataset, its labels and split, and an experiment with its runs queued; nothing is trained. */
export async function plantExperiment(
  { database: { db, userId } }: Pick<World, "database">,
  teamId: string,
  {
    name,
    seeds,
    items: wanted,
    arms,
    classes = ["polyp"],
    exclusive = null,
    base: given,
  }: {
    name: string;
    seeds: readonly number[];
    items: readonly PlantedItem[];
    arms: readonly Arm[];
    classes?: readonly string[];
    /** Null: segmentation. */
    exclusive?: boolean | null;
    /** The defaults of the task where it is not given. */
    base?: RunConfiguration;
  },
) {
  return db.asTeam(teamId, async (sql) => {
    const blob = async (text: string) => {
      await putBlob(sql, teamId, { sha256: sha(text), size: text.length, mediaType: "image/png" });
      return sha(text);
    };
    const project = await ensureProject(sql, teamId, `Project of ${name}`);
    const dataset = await createDataset(sql, teamId, { projectId: project.id, name, modality: "endoscopy" });
    const rows = [];
    for (const [i, item] of wanted.entries()) {
      const sha256 = item.imageSha256 ?? (await blob(`${name} image ${i}`));
      const thumbnailSha256 = item.imageSha256 ?? (await blob(`${name} thumbnail ${i}`));
      const { kind = "image", name: itemName, subject } = item;
      rows.push({ datasetId: dataset.id, kind, name: itemName, sha256, thumbnailSha256, subject });
    }
    const sized = rows.map((row) => ({
      ...row,
      width: 100,
      height: 80,
      subjectKnown: true,
      site: null,
      spacingMm: null,
    }));
    const { inserted } = await insertItems(sql, teamId, sized);
    const items = inserted.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const task = exclusive === null ? "segmentation" : "classification";
    const base = given ?? (exclusive === null ? segmentationDefaults : classificationDefaults);
    const schema = await ensureSchema(sql, teamId, { datasetId: dataset.id, task, classes, exclusive });
    const drawn = [];
    for (const [i, item] of items.entries()) {
      const maskSha256 = exclusive === null ? await blob(`${name} mask ${i}`) : null;
      const { regionPixels, classValues = null } = wanted.find((each) => each.name === item.name)!;
      const components = regionPixels.map(() => 1);
      drawn.push({
        itemId: item.id,
        schemaId: schema.id,
        reader: "Ada",
        maskSha256,
        classValues,
        regionPixels,
        components,
        boxes: null,
      });
    }
    const annotations = await insertAnnotations(sql, teamId, drawn);
    const labels = annotations.map((annotation) => ({ itemId: annotation.itemId, annotationId: annotation.id }));
    const version = { datasetId: dataset.id, schemaId: schema.id, rule: "one reader", note: "", labels };
    const labelVersion = await freezeLabelVersion(sql, teamId, version);
    const foldOf = new Map(wanted.map((item) => [item.name, item.fold]));
    const assignments = items.map((item) => ({ itemId: item.id, subject: item.subject, fold: foldOf.get(item.name)! }));
    const frozen = { datasetId: dataset.id, name: "by subject", rule: "planted", subjectsKnown: true, assignments };
    const split = await freezeSplit(sql, teamId, frozen);
    const experiment = await createExperiment(sql, teamId, {
      projectId: project.id,
      name,
      question: name,
      datasetId: dataset.id,
      labelVersionId: labelVersion.id,
      splitId: split.id,
      base: { ...base },
      arms,
      seeds,
      equivalenceMargin: 0.02,
      createdBy: userId,
      codeCommit: "planted",
      runs: arms.flatMap((arm) =>
        seeds.map((seed) => ({
          arm: arm.name,
          seed,
          configuration: { ...base, ...arm.changes },
          startingRunId: null,
          name: `${arm.name} ${seed}`,
        })),
      ),
    });
    const prediction = await blob(`${name} prediction`);
    const worker = await registerWorker(sql, teamId, { name: "w1", device: "CPU", version: "test" });
    return { project, dataset, items, labelVersion, split, experiment, prediction, worker };
  });
}

/**
 * One dataset of 12 items, one experiment "Does B help?" of two arms. Every run is trained: 40 points of loss, 4 of
 * validation Dice, one sample, a checkpoint, a log line, and a test evaluation in which arm B is better by about 0.1.
 */
export async function plant(
  world: Pick<World, "database">,
  teamId: string,
  { name = "Does B help?", seeds = [0, 1] }: { name?: string; seeds?: readonly number[] } = {},
): Promise<Planted> {
  const { db } = world.database;
  const folds = ["train", "train", "validation", "test", "test", "test"] as const;
  const items = Array.from({ length: 12 }, (_, i) => ({
    name: `item ${String(i).padStart(2, "0")}`,
    subject: `p${i >> 1}`,
    fold: folds[i >> 1]!,
    regionPixels: [80 * 2 ** (i % 6)], // 1 % to 32 % of the image
  }));
  const arms = [
    { name: "A", changes: {} },
    { name: "B", changes: { loss: "softDice" } },
  ];
  const made = await plantExperiment(world, teamId, { name, seeds, items, arms });

  const testItems = made.items.slice(6);
  const runIds: string[] = [];
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
    if (!run) break;
    runIds.push(run.id);
    const gain = (run.arm === "B" ? 10 : 0) + (run.seed % 10);
    await ingest(db, {
      teamId,
      runId: run.id,
      attempt: run.attempt,
      sequence: 1,
      events: [
        { type: "progress", phase: "training", step: 40, totalSteps: 40 },
        { type: "points", series: "train/loss", steps: count(40), values: count(40).map((step) => 1 / step) },
        {
          type: "points",
          series: "validation/dice",
          steps: [10, 20, 30, 40],
          values: [0.2, 0.4, 0.5, 0.6 + gain / 100],
        },
        { type: "sample", epoch: 1, step: 10, itemId: made.items[4]!.id, sha256: made.prediction, dice: 0.5 },
        { type: "checkpoint", kind: "best", step: 40, epoch: 4, sha256: made.prediction, validationScore: 0.6 },
        { type: "log", level: "info", message: `trained ${run.arm} ${run.seed}` },
        {
          type: "evaluation",
          fold: "test",
          checkpointStep: 40,
          size: 128,
          threshold: 0.5,
          items: testItems.map((item, i) => ({
            itemId: item.id,
            classIndex: 0,
            truePositives: 50 + gain + i,
            falsePositives: 30 - gain,
            falseNegatives: 20,
            trueNegatives: 128 * 128 - 100 - i,
            truthComponents: 1,
            predictedComponents: 2,
            predictionSha256: made.prediction,
          })),
        },
      ],
    });
    await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  }
  return {
    projectId: made.project.id,
    datasetId: made.dataset.id,
    itemIds: made.items.map((item) => item.id),
    labelVersionId: made.labelVersion.id,
    splitId: made.split.id,
    experimentId: made.experiment.id,
    workerId: made.worker.id,
    runIds,
  };
}

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
