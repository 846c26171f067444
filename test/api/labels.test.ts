/** Label versions by rule, their diff, and the agreement of readers, through the api and a real worker. */
import { diceOf } from "@tessera/domain/maskPairs";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { labelVersionsByIds } from "@tessera/store/labelVersions";
import { storeMaskPairs } from "@tessera/store/maskPairs";
import { type Supervisor, startSupervisor } from "@tessera/worker/supervisor";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, sha, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let supervisor: Supervisor;
let classes: string;
let masks: string;

/** What Ada, Bea and Cem call each of the 12 items. */
const said = { Ada: "000011112222", Bea: "000111112222", Cem: "001211110222" };

beforeAll(async () => {
  world = await startWorld();
  const { db, teamId } = world.database;
  planted = await plant(world, teamId);
  const { datasetId, itemIds, labelVersionId } = planted;
  await db.asTeam(teamId, async (sql) => {
    const kind = { task: "classification", classes: ["none", "mild", "severe"], exclusive: true } as const;
    classes = (await ensureSchema(sql, teamId, { datasetId, ...kind })).id;
    const plain = { maskSha256: null, regionPixels: [], components: [], boxes: null };
    const rows = Object.entries(said).flatMap(([reader, text]) =>
      [...text].map((digit, i) => ({
        ...plain,
        itemId: itemIds[i]!,
        schemaId: classes,
        reader,
        readerKind: reader === "Cem" ? ("report" as const) : ("person" as const),
        classValues: [0, 1, 2].map((index) => (index === Number(digit) ? 1 : 0)) as (0 | 1)[],
      })),
    );
    await insertAnnotations(sql, teamId, rows);
    const [version] = await labelVersionsByIds(sql, teamId, [labelVersionId]);
    masks = version!.schemaId;
  });
  const directory = world.objectsDirectory;
  supervisor = await startSupervisor({
    database: db,
    teamId,
    objects: openObjects({ directory }),
    objectsDirectory: directory,
    spoolDirectory: `${directory}/spool`,
    name: "labels",
    device: "cpu",
    version: "test",
    maxThreads: null,
    checkpointEverySteps: null,
    observe: () => undefined,
  });
});
afterAll(async () => {
  await supervisor.stop();
  await world.close();
});

type Data = Record<string, never>;
const send = (query: string, variables: object, token = world.tokens.researcher) =>
  world.graphql<Data>(token, query, variables as Record<string, unknown>);
async function ask<T>(query: string, variables: object): Promise<T> {
  const { data, errors } = await send(query, variables);
  expect(errors).toBeUndefined();
  return data as T;
}

const create = `mutation ($input: CreateLabelVersionInput!) { createLabelVersion(input: $input) { id kind state } }`;
const input = (rule: object, more: object = {}) => ({ input: { datasetId: planted.datasetId, rule, ...more } });

interface Made {
  labelJob: {
    state: string;
    error: string | null;
    done: number;
    total: number;
    labelVersion: {
      id: string;
      number: number;
      rule: string;
      pinned: object;
      madeFrom: { id: string } | null;
      result: Record<string, never>;
    };
  };
}

async function made(rule: object, more: object = {}) {
  const { createLabelVersion } = await ask<{ createLabelVersion: { id: string } }>(create, input(rule, more));
  const query = `query ($id: UUID!) { labelJob(id: $id) { state error done total labelVersion { id number rule pinned madeFrom { id }
    result { withoutLabel ties noise { labels drawn changed effectiveRate expectedRate dice }
      models { className prevalence converged readers { reader opinions rates items } } } } } }`;
  for (;;) {
    const { labelJob } = await ask<Made>(query, { id: createLabelVersion.id });
    if (labelJob.state !== "QUEUED" && labelJob.state !== "RUNNING") {
      expect([labelJob.state, labelJob.error]).toEqual(["SUCCEEDED", null]);
      return labelJob.labelVersion;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe("a version by a rule", () => {
  it("is queued, made, pinned with its parameters, and says what it found of the readers", async () => {
    const version = await made({ kind: "dawidSkene" }, { schemaId: classes });
    expect(version.pinned).toEqual({
      rule: { kind: "dawidSkene", readers: null, iterations: 200, tolerance: 1e-6, pseudoCount: 0.01 },
      from: null,
    });
    const [model] = version.result.models as unknown as {
      readers: { reader: string; opinions: number; rates: number[][] }[];
    }[];
    expect(model!.readers.map(({ reader, opinions }) => [reader, opinions])).toEqual([["Ada", 12], ["Bea", 12], ["Cem", 12]]); // biome-ignore format: short
    for (const { rates } of model!.readers) for (const row of rates) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1);
  });

  it("keeps the ledger of its noise, and the diff says from what to what", async () => {
    const single = await made({ kind: "singleReader", reader: "Ada" }, { schemaId: classes });
    const noisy = await made(
      { kind: "noise", seed: 3, model: { kind: "symmetric", rate: 0.9 } },
      { fromVersionId: single.id },
    );
    expect(noisy.madeFrom).toEqual({ id: single.id });
    const noise = noisy.result.noise as unknown as Record<string, number>;
    expect(noise).toMatchObject({ labels: 12, dice: null });
    expect(noise.expectedRate).toBeCloseTo(0.6, 10);
    expect(noise.effectiveRate).toBeCloseTo(noise.changed! / 12, 10);

    const query = `query ($a: UUID!, $b: UUID!) { labelVersionDiff(a: $a, b: $b) { added removed changed same a { id } maskChanges { total }
      classChanges { classIndex before after items }
      items(first: 50) { totalCount edges { node { change item { name } before { classValues reader } after { classValues reader } masks { dice } } } } } }`;
    interface Diff {
      added: number;
      changed: number;
      same: number;
      maskChanges: null;
      classChanges: { before: number; after: number; items: number }[];
      items: {
        totalCount: number;
        edges: { node: { before: { classValues: number[] }; after: { classValues: number[] } } }[];
      };
    }
    const { labelVersionDiff: diff } = await ask<{ labelVersionDiff: Diff }>(query, { a: single.id, b: noisy.id });
    expect(diff).toMatchObject({
      added: 0,
      removed: 0,
      changed: noise.changed,
      same: 12 - noise.changed!,
      maskChanges: null,
    });
    const off = diff.classChanges.filter(({ before, after }) => before !== after);
    expect(off.reduce((sum, { items }) => sum + items, 0)).toBe(noise.changed);
    expect(diff.classChanges.reduce((sum, { items }) => sum + items, 0)).toBe(12);
    expect(diff.items.totalCount).toBe(noise.changed);
    const counted = (before: number, after: number) =>
      diff.items.edges.filter(
        ({ node }) => node.before.classValues[before] === 1 && node.after.classValues[after] === 1,
      ).length;
    for (const { before, after, items } of off) expect(counted(before, after)).toBe(items);
  });

  it.each([
    [{ kind: "vote" }, {}, "rule.kind: expected one of singleReader, majority, adjudicated, noise, dawidSkene"],
    [
      { kind: "singleReader", reader: "Eve" },
      {},
      "rule: no reader Eve has an opinion of these classes; there are Ada, Bea, Cem",
    ],
    [{ kind: "staple" }, {}, "rule.kind: expected one of"],
    [{ kind: "majority", ties: "foreground" }, {}, "rule.ties: expected one of unknown, firstReader"],
    [{ kind: "majority", tie: "unknown" }, {}, "rule.tie: expected one of the fields kind, readers, ties"],
    [
      { kind: "noise", seed: 1, model: { kind: "symmetric", rate: 2 } },
      {},
      "rule.model.rate: expected a number from 0 to 1",
    ],
    [
      {
        kind: "noise",
        seed: 1,
        model: {
          kind: "asymmetric",
          matrices: [
            [
              [1, 0],
              [0, 1],
            ],
          ],
        },
      },
      {},
      "one matrix of 3 rows of 3 chances",
    ],
    [
      { kind: "noise", seed: 1, model: { kind: "symmetric", rate: 0.2 } },
      {},
      "fromVersionId: expected the version that the rule begins with",
    ],
    [{ kind: "majority" }, { fromVersionId: "planted" }, "schemaId: the labels must be of the dataset"],
  ])("refuses %j", async (rule, more, message) => {
    const from = "fromVersionId" in more ? { fromVersionId: planted.labelVersionId } : {};
    const { errors } = await send(create, input(rule, { schemaId: classes, ...from }));
    expect(errors?.[0]?.extensions.code).toBe("BAD_INPUT");
    expect(errors?.[0]?.message).toContain(message);
  });

  it("is for researchers, and of one's own team", async () => {
    const rule = input({ kind: "majority" }, { schemaId: classes });
    expect((await send(create, rule, world.tokens.annotator)).errors?.[0]?.extensions.code).toBe("FORBIDDEN");
    expect((await send(create, rule, world.otherToken)).errors?.[0]?.extensions.code).toBe("NOT_FOUND");
  });
});

describe("an experiment", () => {
  it("may be scored on another version of the same classes than it learns from, and on no other", async () => {
    const { labelVersionId, splitId } = planted;
    const query = `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) {
      labelVersion { id } evaluationLabelVersion { id } runs { labelVersion { id } } } }`;
    const { defaultConfiguration: base } = await ask<{ defaultConfiguration: object }>(`{ defaultConfiguration }`, {});
    const noisy = await made(
      { kind: "singleReader", reader: "Ada" },
      { fromVersionId: null, schemaId: masks, note: "again" },
    );
    const experiment = (evaluationLabelVersionId: string, name: string) => ({
      input: {
        projectName: "Labels",
        name,
        question: "Is it the labels?",
        labelVersionId,
        evaluationLabelVersionId,
        splitId,
        base,
        arms: [{ name: "a", changes: {} }],
        seeds: [1],
      },
    });
    const { createExperiment } = await ask<{ createExperiment: object }>(
      query,
      experiment(noisy.id, "scored on others"),
    );
    expect(createExperiment).toMatchObject({
      labelVersion: { id: labelVersionId },
      evaluationLabelVersion: { id: noisy.id },
    });
    const other = await made({ kind: "singleReader", reader: "Ada" }, { schemaId: classes });
    const { errors } = await send(query, experiment(other.id, "refused"));
    expect(errors?.[0]?.message).toContain(
      "evaluationLabelVersionId: this label version is of another dataset or of other classes",
    );
  });
});

describe("agreement", () => {
  it("on classes: all readers, each pair, each class, and the most disputed items first", async () => {
    const query = `query ($id: UUID!, $schemaId: UUID!) { dataset(id: $id) {
      readers { name kind items schemaId }
      agreement(schemaId: $schemaId, ordered: true) {
        readers { reader opinions mean }
        overall { className fleiss { value low high items } alpha { value } ordinalAlpha { value }
          pairs { a b kappa { value low high } quadratic { value } table } }
        classes { className alpha { value } pairs { a b kappa { value } } } masks { dice } maskPairs }
      disagreements(schemaId: $schemaId, first: 2) { totalCount pageInfo { hasNextPage endCursor }
        edges { node { share item { name } opinions { reader classValues } } } } } }`;
    interface Found {
      dataset: {
        readers: object[];
        agreement: {
          overall: { pairs: object[]; fleiss: { value: number; low: number; high: number } };
          classes: { className: string }[];
          readers: object[];
        };
        disagreements: {
          totalCount: number;
          pageInfo: { endCursor: string };
          edges: { node: { share: number; item: { name: string }; opinions: object[] } }[];
        };
      };
    }
    const { dataset } = await ask<Found>(query, { id: planted.datasetId, schemaId: classes });
    expect(dataset.readers).toContainEqual({ name: "Cem", kind: "REPORT", items: 12, schemaId: classes });
    const { overall, classes: each } = dataset.agreement;
    // Ada and Bea: 11 of 12 alike, chance (4·3 + 4·5 + 4·4) / 144.
    expect(overall.pairs[0]).toMatchObject({ a: "Ada", b: "Bea", kappa: { value: expect.closeTo((11 / 12 - 48 / 144) / (1 - 48 / 144), 10) }, table: [[3, 1, 0], [0, 4, 0], [0, 0, 4]] }); // biome-ignore format: one row
    expect(overall.fleiss.low).toBeLessThan(overall.fleiss.value);
    expect(each.map(({ className }) => className)).toEqual(["none", "mild", "severe"]);
    const { edges, totalCount, pageInfo } = dataset.disagreements;
    expect(totalCount).toBe(3);
    expect(edges.map(({ node }) => [node.item.name, Number(node.share.toFixed(3))])).toEqual([["item 03", 1], ["item 02", 0.667]]); // biome-ignore format: pairs
    expect(edges[0]!.node.opinions).toEqual([
      { reader: "Ada", classValues: [1, 0, 0] },
      { reader: "Bea", classValues: [0, 1, 0] },
      { reader: "Cem", classValues: [0, 0, 1] },
    ]);
    const rest = `query ($id: UUID!, $schemaId: UUID!, $after: String) { dataset(id: $id) { disagreements(schemaId: $schemaId, first: 2, after: $after) { edges { node { item { name } } } } } }`;
    const next = await ask<Found>(rest, { id: planted.datasetId, schemaId: classes, after: pageInfo.endCursor });
    expect(next.dataset.disagreements.edges.map(({ node }) => node.item.name)).toEqual(["item 08"]);
  });

  it("on masks: from stored facts, with what is not measured said", async () => {
    const { db, teamId } = world.database;
    const { itemIds, datasetId } = planted;
    const mine = (i: number) => sha(`Bea's mask ${i}`);
    const facts = (i: number) => ({ pixelsA: 80 * 2 ** (i % 6), pixelsB: 100, shared: 60, hd95: 1 + i });
    await db.asTeam(teamId, async (sql) => {
      const rows = [];
      for (const [i, itemId] of itemIds.slice(0, 6).entries()) {
        await putBlob(sql, teamId, { sha256: mine(i), size: 1, mediaType: "image/png" });
        rows.push({
          itemId,
          schemaId: masks,
          reader: "Bea",
          maskSha256: mine(i),
          regionPixels: [100],
          components: [1],
          boxes: null,
        });
      }
      await insertAnnotations(sql, teamId, rows);
    });
    const query = `query ($id: UUID!, $schemaId: UUID!) { dataset(id: $id) {
      items(first: 6) { edges { node { annotations { reader readerKind byRule maskUrl } } } }
      agreement(schemaId: $schemaId) { maskPairs measuredPairs masks { a b items dice low high hd95 } readers { reader opinions mean } }
      disagreements(schemaId: $schemaId) { totalCount edges { node { share item { name } } } } } }`;
    interface Found {
      dataset: {
        items: { edges: { node: { annotations: { reader: string; maskUrl: string | null }[] } }[] };
        agreement: { masks: { dice: number; low: number; high: number }[] };
        disagreements: { totalCount: number; edges: { node: { share: number } }[] };
      };
    }
    const before = await ask<Found>(query, { id: datasetId, schemaId: masks });
    expect(before.dataset.agreement).toMatchObject({ maskPairs: 6, measuredPairs: 0, masks: [] });
    expect(before.dataset.disagreements.totalCount).toBe(0);
    const theirs = before.dataset.items.edges.map(({ node }) => node.annotations.find(({ reader, maskUrl }) => reader === "Ada" && maskUrl)!.maskUrl!.split("/").pop()!.slice(0, 64)); // biome-ignore format: one line
    const pairs = theirs.slice(0, 5).map((a, i) => ({ a, b: mine(i), classIndex: 0, ...facts(i) }));
    await db.asTeam(teamId, (sql) => storeMaskPairs(sql, teamId, { classes: 1, pairs }));
    const { dataset } = await ask<Found>(query, { id: datasetId, schemaId: masks });
    const dices = pairs.map((pair) => diceOf(pair)!);
    const mean = dices.reduce((a, b) => a + b) / 5;
    expect(dataset.agreement).toMatchObject({
      maskPairs: 6,
      measuredPairs: 5,
      masks: [{ a: "Ada", b: "Bea", items: 5, dice: expect.closeTo(mean, 10), hd95: 3 }],
      readers: [
        { reader: "Ada", opinions: 12, mean: expect.closeTo(mean, 10) },
        { reader: "Bea", opinions: 6 },
      ],
    });
    expect(dataset.disagreements.edges[0]!.node.share).toBeCloseTo(1 - Math.min(...dices), 10);
  });

  it("is measured by a worker where it is of masks, and refused of classes", async () => {
    const query = `mutation ($id: UUID!) { compareReaders(schemaId: $id) { id kind } }`;
    expect((await send(query, { id: classes })).errors?.[0]?.message).toContain("only masks are compared");
    const { data } = await send(query, { id: masks }, world.tokens.annotator);
    expect(data).toMatchObject({ compareReaders: { kind: "COMPARE_READERS" } });
  });
});
