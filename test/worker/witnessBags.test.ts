/** @file Bags composed at a witness rate by a worker: of which tiles, in which folds, once, and what they let start. */
import { randomUUID } from "node:crypto";
import { decodeBag } from "@tessera/domain/bags/npy";
import { decodeTileLabels } from "@tessera/domain/bags/tileLabels";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import { type WitnessDesign, witnessArms } from "@tessera/domain/study/witnessStudy";
import { createDataset } from "@tessera/store/datasets";
import { createExperiment } from "@tessera/store/experiments";
import { listItems } from "@tessera/store/items";
import { labelsForItems } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { runsOfExperiments } from "@tessera/store/runs";
import { claimSlideJob } from "@tessera/store/slideJobQueue";
import { splitItems } from "@tessera/store/splits";
import { tileLabelsOf, tilesOfFolds } from "@tessera/store/tileLabels";
import { saveWitnessStudy, wantedWitnessRunsOf, witnessRatesOf } from "@tessera/store/witnessStudies";
import { runSlideJob } from "@tessera/worker/slides/runSlideJob";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ImportWorld, importWorld } from "./support/importWorld.ts";

const rates = [0.05, 0.5];
const plan = { tiles: 20, train: 40, validation: 6, test: 10, seed: 4 };
const design: WitnessDesign = {
  poolings: [
    { name: "mean", changes: { model: { family: "embeddingMil", pooling: "mean" } } },
    { name: "max", changes: { model: { family: "embeddingMil", pooling: "max" } } },
  ],
  rates,
  bags: plan,
};
const arms = witnessArms(design);
const foldNames = ["train", "val", "test"] as const;

/** Each tile is a number of its own, so that a composed row says where it came from: tens of thousands are its fold. */
function table(): Buffer {
  const lines = ["bag,fold,label,tile_label,number,own"];
  for (const [fold, name] of foldNames.entries()) {
    for (let bag = 0; bag < 4; bag++) {
      for (let tile = 0; tile < 15; tile++) {
        const own = Number(bag % 2 === 1 && tile < 12);
        lines.push(`${name} ${bag},${name},${bag % 2},${own},${10_000 * fold + 100 * bag + tile},${tile % 2}`);
      }
    }
  }
  return Buffer.from(lines.join("\n"));
}

let world: ImportWorld;
let source: Awaited<ReturnType<ImportWorld["take"]>>;
let experimentId: string;
let bagDatasetId: string;
vi.setConfig({ testTimeout: 180_000 }); // decoder children for the pictures of bags
beforeAll(async () => {
  world = await importWorld();
  source = await world.take("bag-csv", new Map([["bags.csv", table()]]));
  const { teamId, userId } = world.database;
  await world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    bagDatasetId = (await createDataset(sql, teamId, { projectId, name: "Composed", modality: "other" })).id;
    const of = { datasetId: source.datasetId, labelVersionId: source.version.id, splitId: source.splitId! };
    const what = {
      name: "Rates",
      question: "?",
      base: { ...milDefaults },
      arms,
      seeds: [1, 2],
      equivalenceMargin: null,
    };
    const experiment = await createExperiment(sql, teamId, { ...{ projectId, createdBy: userId, codeCommit: "c", runs: [] }, ...of, ...what }); // biome-ignore format: one line
    experimentId = experiment.id;
  });
});
afterAll(() => world.close());

const save = (of: Pick<WitnessDesign, "rates"> = design) => {
  const { teamId, userId } = world.database;
  const runs = [1, 2].flatMap((seed) =>
    arms
      .filter(({ rate }) => of.rates.includes(rate))
      .map(({ name, rate }) => ({
        arm: name,
        seed,
        rate,
        configuration: {},
        startingRunId: null,
        name: `${name} ${seed}`,
      })),
  );
  const from = { datasetId: source.datasetId, labelVersionId: source.version.id, splitId: source.splitId! };
  return world.ask((sql) =>
    saveWitnessStudy(sql, teamId, {
      ...{ experimentId, bagDatasetId, arms, seeds: [1, 2], runs, codeCommit: "c", createdBy: userId, ...from },
      design: { ...design, rates: of.rates },
    }),
  );
};

/** The oldest job, as a supervisor takes it. @param stopAt given back once so many bags are done. @returns whether there was one */
async function compose(stopAt = Number.POSITIVE_INFINITY): Promise<boolean> {
  const { db, teamId } = world.database;
  const claimed = await claimSlideJob(db, { teamId, workerId: randomUUID(), leaseSeconds: 60 });
  if (claimed === null) return false;
  const stopping = new AbortController();
  const worker = {
    ...{ database: db, teamId, objects: world.objects, objectsDirectory: world.directory, name: "worker" },
    ...{ spoolDirectory: world.directory, device: "cpu", version: "test", maxThreads: 1, checkpointEverySteps: 5 },
    observe: (event: { readonly type: string; readonly slides?: number }) => {
      if (event.type === "slides" && event.slides! >= stopAt) stopping.abort();
    },
  };
  await runSlideJob({
    worker: worker as Parameters<typeof runSlideJob>[0]["worker"],
    claimed,
    stopping: stopping.signal,
  });
  return true;
}

const ratesNow = () => world.ask((sql) => witnessRatesOf(sql, world.database.teamId, [experimentId]));
const runsNow = async () =>
  (await world.ask((sql) => runsOfExperiments(sql, world.database.teamId, [experimentId])))[0]!;
const bagsNow = async () =>
  (await world.ask((sql) => listItems(sql, world.database.teamId, { datasetId: bagDatasetId, page: { first: 500 } })))
    .rows;

it("keeps what the table says of each tile, and counts it by fold", async () => {
  const { teamId } = world.database;
  expect(source.problems).toEqual([]);
  expect(source.items[0]).toMatchObject({ width: 2, height: 15 }); // the column is no feature
  const rows = await world.ask((sql) => tileLabelsOf(sql, teamId, source.items.map(({ id }) => id))); // biome-ignore format: one line
  const positive = source.items.findIndex(({ name }) => name === "test 1");
  expect(rows[positive]).toMatchObject({ tiles: 15, positives: 12 });
  const own = decodeTileLabels(await world.objects.read(teamId, rows[positive]!.sha256));
  expect([...own]).toEqual(Array.from({ length: 15 }, (_, tile) => Number(tile < 12)));
  const folds = await world.ask((sql) => tilesOfFolds(sql, teamId, [source.splitId!]));
  expect(folds.find(({ fold }) => fold === "train")).toMatchObject({
    fold: "train",
    bags: 4,
    known: 4,
    positive: 24,
    negative: 36,
  });
});

it("composes bags within the folds, goes on after a stop, and queues what waited for them, once", async () => {
  const { teamId } = world.database;
  await save({ rates: [rates[0]!] });
  expect(await runsNow()).toEqual([]);
  expect(await world.ask((sql) => wantedWitnessRunsOf(sql, teamId, [experimentId]))).toHaveLength(4);

  expect(await compose(16)).toBe(true);
  expect((await ratesNow())[0]).toMatchObject({ rate: 0.05, state: "queued", labelVersionId: null });
  const before = await bagsNow();
  expect(before.length).toBeGreaterThan(0);
  expect(before.length).toBeLessThan(56);
  expect(await runsNow()).toEqual([]);

  expect(await compose()).toBe(true);
  const [made] = await ratesNow();
  expect(made).toMatchObject({ state: "succeeded", total: 56, done: 56, error: null });
  const bags = await bagsNow();
  expect(bags).toHaveLength(56);
  expect(bags.filter(({ id }) => before.some((each) => each.id === id))).toEqual(before);

  const folds = new Map((await world.ask((sql) => splitItems(sql, teamId, made!.splitId!))).map((each) => [each.itemId, each.fold])); // biome-ignore format: one line
  const ids = bags.map(({ id }) => id);
  const labels = await world.ask((sql) => labelsForItems(sql, teamId, made!.labelVersionId!, ids));
  const own = await world.ask((sql) => tileLabelsOf(sql, teamId, ids));
  for (const [at, { id, sha256, subject, name }] of bags.entries()) {
    const { tiles, features, values } = decodeBag(await world.objects.read(teamId, sha256));
    const numbers = Array.from({ length: tiles }, (_, tile) => values[tile * features]!);
    const fold = folds.get(id)!;
    expect([tiles, new Set(numbers).size, fold]).toEqual([20, 20, subject.split(" ")[0]]);
    expect(numbers.map((number) => Math.floor(number / 10_000))).toEqual(Array(20).fill(["train", "validation", "test"].indexOf(fold))); // biome-ignore format: one line
    const isWitness = numbers.map((number) => Math.floor((number % 10_000) / 100) % 2 === 1 && number % 100 < 12);
    const positive = name.endsWith(", 5 %");
    expect(isWitness.filter(Boolean)).toHaveLength(positive ? 1 : 0);
    expect(labels[at]!.classValues).toEqual(positive ? [0, 1] : [1, 0]);
    expect([...decodeTileLabels(await world.objects.read(teamId, own[at]!.sha256))]).toEqual(isWitness.map(Number));
  }
  const runs = await runsNow();
  expect(runs.map(({ arm, seed }) => `${arm} ${seed}`).sort()).toEqual(["max · 5 % 1", "max · 5 % 2", "mean · 5 % 1", "mean · 5 % 2"]); // biome-ignore format: one line
  for (const run of runs) {
    expect(run).toMatchObject({
      datasetId: bagDatasetId,
      labelVersionId: made!.labelVersionId,
      splitId: made!.splitId,
    });
  }

  await save(); // a rate more
  expect(await compose()).toBe(true);
  expect(await compose()).toBe(false);
  const all = await bagsNow();
  expect(all).toHaveLength(56 + 28); // negative bags are the same ones
  expect((await ratesNow()).map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
  expect(await runsNow()).toHaveLength(8);
  await save();
  expect(await compose()).toBe(false);
  expect(await runsNow()).toHaveLength(8);
});

it("composes two rates at once though they share their negative bags", async () => {
  const { teamId, userId } = world.database;
  const other = await world.ask(async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Layouts");
    const { id } = await createDataset(sql, teamId, { projectId, name: "At once", modality: "other" });
    const of = { datasetId: source.datasetId, labelVersionId: source.version.id, splitId: source.splitId! };
    const what = {
      name: "At once",
      question: "?",
      base: { ...milDefaults },
      arms,
      seeds: [1],
      equivalenceMargin: null,
    };
    const experiment = await createExperiment(sql, teamId, { ...{ projectId, createdBy: userId, codeCommit: "c", runs: [] }, ...of, ...what }); // biome-ignore format: one line
    const study = { experimentId: experiment.id, bagDatasetId: id, arms, seeds: [1], runs: [], codeCommit: "c", createdBy: userId }; // biome-ignore format: one line
    await saveWitnessStudy(sql, teamId, { ...study, ...of, design });
    return experiment.id;
  });
  expect(await Promise.all([compose(), compose()])).toEqual([true, true]);
  const made = await world.ask((sql) => witnessRatesOf(sql, teamId, [other]));
  expect(made.map(({ state, error }) => [state, error])).toEqual([
    ["succeeded", null],
    ["succeeded", null],
  ]);
});

it("freezes nothing twice where an attempt was lost between the bags and its end", async () => {
  const { owner } = world.database;
  const [first] = await ratesNow();
  await owner`update slide_jobs set state = 'queued', finished_at = null where id = ${first!.slideJobId}`;
  expect(await compose()).toBe(true);
  expect((await ratesNow())[0]).toEqual(first);
  expect(await runsNow()).toHaveLength(8);
});
