/** Duplicates in a dataset and across its folds, and chains of weights that have seen the test fold. */
import type { Fold } from "@tessera/domain/words";
import { insertItemHashes } from "@tessera/store/itemHashes";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { darker, hashed, smallPicture } from "../support/smallPictures.ts";
import { blindReader } from "./member.ts";
import { plantExperiment, startWorld, type World } from "./world.ts";

let world: World;
let target: Awaited<ReturnType<typeof planted>>;
const counts: Record<Fold, number> = { train: 12, validation: 4, test: 14 };

/** Items in the order of their names: train 00…11, validation 12…15, test 16…29; `copies`: place → picture's key. */
async function planted(name: string, copies: Record<number, string> = {}, areas: Record<number, number> = {}) {
  const folds = (["train", "validation", "test"] as const).flatMap((fold) => Array<Fold>(counts[fold]).fill(fold));
  const items = folds.map((fold, i) => ({
    name: `${name} ${String(i).padStart(2, "0")}`,
    subject: `${name} p${i}`,
    fold,
    regionPixels: [areas[i] ?? 400],
  }));
  const { teamId } = world.database;
  const arms = [{ name: "A", changes: {} }];
  const made = await plantExperiment(world, teamId, { name, seeds: [0], items, arms });
  const pictures = made.items.map((item, i) =>
    copies[i] === undefined ? smallPicture(item.name) : darker(smallPicture(copies[i])),
  );
  await world.database.db.asTeam(teamId, (sql) =>
    insertItemHashes(
      sql,
      teamId,
      made.items.map(({ id }, i) => ({ itemId: id, ...hashed(pictures[i]!) })),
    ),
  );
  const [run] = await world.database.owner<
    { id: string }[]
  >`select id from runs where experiment_id = ${made.experiment.id}`;
  return { ...made, runId: run!.id };
}
const startFrom = (runId: string, starting: string) =>
  world.database.owner`
    update runs set starting_run_id = ${starting}, configuration = configuration ||
      ${world.database.owner.json({ startingWeights: { kind: "run", runId: starting, part: "encoder" } })} where id = ${runId}`;

beforeAll(async () => {
  world = await startWorld();
  target = await planted("target", { 3: "target 01", 20: "target 05", 21: "target 13" }, { 3: 900 });
});
afterAll(() => world.close());

async function ask<Data>(query: string, variables: Record<string, unknown>, token = world.tokens.researcher) {
  const { data, errors } = await world.graphql<Data>(token, query, variables);
  expect(errors).toBeUndefined();
  return data!;
}
type Pair = { first: { name: string }; second: { name: string }; [field: string]: unknown };
const names = (pairs: readonly Pair[]) => pairs.map(({ first, second }) => `${first.name} = ${second.name}`).sort();
const fields = "kind bits correlation orientation firstFold secondFold labelsConflict first { name } second { name }";

describe("Dataset.duplicates", () => {
  const query = `query ($id: UUID!, $split: UUID, $labels: UUID, $other: UUID, $across: Boolean! = false, $conflicting: Boolean! = false, $first: Int! = 50, $after: String) {
    dataset(id: $id) { hashing { items hashed failed } duplicates(splitId: $split, labelVersionId: $labels, withDatasetId: $other,
      acrossFolds: $across, conflicting: $conflicting, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { ${fields} } } } } }`;
  type Answer = {
    dataset: {
      hashing: object;
      duplicates: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        edges: { node: Pair }[];
      };
    };
  };
  const duplicates = async (variables: Record<string, unknown> = {}) =>
    (
      await ask<Answer>(query, {
        id: target.dataset.id,
        split: target.split.id,
        labels: target.labelVersion.id,
        ...variables,
      })
    ).dataset;
  const nodes = ({ duplicates: { edges } }: Answer["dataset"]) => edges.map(({ node }) => node);

  it("lists the pairs with their folds and labels, page by page", async () => {
    const all = await duplicates();
    expect(all.hashing).toEqual({ items: 30, hashed: 30, failed: 0 });
    expect(names(nodes(all))).toEqual(["target 01 = target 03", "target 05 = target 20", "target 13 = target 21"]);
    const within = nodes(all).find(({ first }) => first.name === "target 01")!;
    expect(within).toMatchObject({
      kind: "NEAR",
      firstFold: "TRAIN",
      secondFold: "TRAIN",
      labelsConflict: true,
      orientation: "as it is",
    });
    expect(within.correlation).toBeGreaterThan(0.95);
    const paged = await duplicates({ first: 2 });
    expect(paged.duplicates).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    const rest = await duplicates({ first: 2, after: paged.duplicates.pageInfo.endCursor });
    expect(names([...nodes(paged), ...nodes(rest)])).toEqual(names(nodes(all)));
  });

  it("does not tell of a label that the caller is yet to read blind", async () => {
    const { schemaId } = target.labelVersion;
    const reader = await blindReader(world, { schemaId, itemId: target.items[3]!.id });
    const { dataset } = await ask<Answer>(query, { id: target.dataset.id, labels: target.labelVersion.id }, reader.token); // biome-ignore format: one line
    const within = nodes(dataset).find(({ first }) => first.name === "target 01")!;
    expect(within.labelsConflict).toBeNull();
  });

  it("keeps those across folds, and those whose labels contradict", async () => {
    expect(names(nodes(await duplicates({ across: true })))).toEqual([
      "target 05 = target 20",
      "target 13 = target 21",
    ]);
    expect(names(nodes(await duplicates({ conflicting: true })))).toEqual(["target 01 = target 03"]);
  });

  it("finds pairs with another dataset, and refuses one of another team", async () => {
    const other = await planted("other", { 0: "target 16", 14: "target 02" });
    const across = await duplicates({ other: other.dataset.id });
    expect(names(nodes(across))).toEqual(["target 02 = other 14", "target 16 = other 00"]);
    const { errors } = await world.graphql(world.tokens.viewer, query, {
      id: target.dataset.id,
      other: crypto.randomUUID(),
    });
    expect(errors![0]!.extensions.code).toBe("NOT_FOUND");
  });
});

it("Split.leakage counts what reaches into test, and tells contradicting labels", async () => {
  const { split } = await ask<{ split: { leakage: Record<string, unknown> & { pairs: Pair[]; conflicting: Pair[] } } }>(
    `query ($id: UUID!, $labels: UUID) { split(id: $id) { leakage(labelVersionId: $labels) {
      pairCount intoTest unhashed subjects { subject folds } pairs { ${fields} } conflicting { ${fields} } } } }`,
    { id: target.split.id, labels: target.labelVersion.id },
  );
  expect(split.leakage).toMatchObject({ pairCount: 2, intoTest: 2, unhashed: 0, subjects: [] });
  expect(names(split.leakage.pairs)).toEqual(["target 05 = target 20", "target 13 = target 21"]);
  expect(names(split.leakage.conflicting)).toEqual(["target 01 = target 03"]);
});

describe("createSplit with keepDuplicatesTogether", () => {
  const create = (keepDuplicatesTogether: boolean, seed: number) =>
    world.graphql<{ createSplit: { id: string; rule: string; leakage: { pairCount: number } } }>(
      world.tokens.researcher,
      `mutation ($input: CreateSplitInput!) { createSplit(input: $input) { id rule leakage { pairCount } } }`,
      {
        input: {
          datasetId: target.dataset.id,
          name: `${keepDuplicatesTogether} ${seed}`,
          rule: "BY_SUBJECT",
          trainShare: 0.4,
          validationShare: 0.3,
          seed,
          keepDuplicatesTogether,
        },
      },
    );

  it("leaves no pair across folds, which without it there is", async () => {
    let without = 0;
    for (let seed = 0; seed < 4; seed++) {
      without += (await create(false, seed)).data!.createSplit.leakage.pairCount;
      const { rule, leakage } = (await create(true, seed)).data!.createSplit;
      expect(leakage.pairCount).toBe(0);
      expect(rule).toContain("3 duplicate pairs");
    }
    expect(without).toBeGreaterThan(0);
  });

  it("waits for every hash", async () => {
    const { owner, db, teamId } = world.database;
    const { id: itemId, name } = target.items[0]!;
    await owner`delete from item_hashes where item_id = ${itemId}`;
    const { errors } = await create(true, 99);
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", unhashed: 1 } });
    await db.asTeam(teamId, (sql) => insertItemHashes(sql, teamId, [{ itemId, ...hashed(smallPicture(name)) }]));
  });
});

describe("a chain of weights", () => {
  let [first, clean, spoilt]: Awaited<ReturnType<typeof planted>>[] = [];
  const spoiltPlaces = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12]; // nine of train, one of validation
  beforeAll(async () => {
    first = await planted("hop 1");
    clean = await planted("hop 2 clean");
    spoilt = await planted(
      "hop 2",
      Object.fromEntries(spoiltPlaces.map((place, i) => [place, `target ${16 + i + (i > 3 ? 2 : 0)}`])),
    );
    for (const hop of [clean!, spoilt!]) await startFrom(hop.runId, first!.runId);
  });

  const spoiltPairs = () =>
    spoiltPlaces
      .map((place, i) => `hop 2 ${String(place).padStart(2, "0")} = target ${16 + i + (i > 3 ? 2 : 0)}`)
      .sort();
  const create = (startingRunId: string, more: object = {}) =>
    world.graphql<{ createExperiment: { id: string; runs: { id: string }[] } }>(
      world.tokens.researcher,
      `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id runs { id } } }`,
      {
        input: {
          ...{ projectName: "P", name: `from ${startingRunId} ${JSON.stringify(more)}`, question: "?", seeds: [1] },
          ...{ labelVersionId: target.labelVersion.id, splitId: target.split.id, base: target.experiment.base },
          arms: [
            { name: "random", changes: {} },
            { name: "funnel", changes: { startingWeights: { kind: "run", runId: startingRunId, part: "encoder" } } },
          ],
          ...more,
        },
      },
    );
  const lineage = async (id: string) =>
    (
      await ask<{
        run: {
          lineage: {
            blocked: boolean;
            edges: object[];
            nodes: {
              id: string;
              kind: string;
              run: { id: string } | null;
              gain: unknown;
              overlap: { count: number; pairs: Pair[] } | null;
            }[];
          };
        };
      }>(
        `query ($id: UUID!) { run(id: $id) { lineage { blocked edges { from to part statisticsOnly report }
          nodes { id kind run { id } gain { metric } forgetting { id } overlap { count unhashed pairs { ${fields} } } } } } }`,
        { id },
      )
    ).run.lineage;
  const overlapOf = async (id: string) =>
    (
      await ask<{
        experiment: { testOverlap: { withinSplit: number; hops: { run: { id: string }; count: number }[] } };
      }>(
        `query ($id: UUID!) { experiment(id: $id) { testOverlap { withinSplit unhashed hops { run { id } count pairs { ${fields} } } } } }`,
        { id },
      )
    ).experiment.testOverlap;

  it("that has seen nothing of the test fold is free to start from", async () => {
    const { data, errors } = await create(clean!.runId);
    expect(errors).toBeUndefined();
    const chain = await lineage(data!.createExperiment.runs[1]!.id);
    expect(chain.blocked).toBe(false);
    expect(chain.nodes.map(({ kind, run }) => [kind, run?.id])).toEqual([
      ["RANDOM", undefined],
      ["RUN", first!.runId],
      ["RUN", clean!.runId],
      ["RUN", data!.createExperiment.runs[1]!.id],
    ]);
    expect(new Set(chain.nodes.map(({ id }) => id)).size).toBe(4);
    expect(chain.edges[1]).toMatchObject({
      from: first!.runId,
      to: clean!.runId,
      part: "encoder",
      statisticsOnly: false,
    });
    expect(chain.nodes.map(({ overlap }) => overlap?.count ?? null)).toEqual([null, 0, 0, null]);
    expect(await overlapOf(data!.createExperiment.id)).toMatchObject({ withinSplit: 2, hops: [] });
  });

  it("with ten test pictures planted in hop 2 is refused, unless the overlap is accepted, and then stamped", async () => {
    const { errors } = await create(spoilt!.runId);
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", runId: spoilt!.runId, pairs: 10 } });
    expect(errors![0]!.message).toMatch(/: hop 2 \d\d is target \d\d;/);
    // What a form shows before it offers to accept: every pair, and its kind.
    const [overlap] = errors![0]!.extensions.overlaps as { pairs: { seen: string; test: string; kind: string }[] }[];
    expect(overlap).toMatchObject({ runId: spoilt!.runId, runName: "A 0", count: 10 });
    expect(overlap!.pairs.map(({ seen, test }) => `${seen} = ${test}`).sort()).toEqual(spoiltPairs());
    expect(new Set(overlap!.pairs.map(({ kind }) => kind))).toEqual(new Set(["near"]));

    const accepted = await create(spoilt!.runId, { acceptOverlap: true });
    expect(accepted.errors).toBeUndefined();
    const { id, runs } = accepted.data!.createExperiment;
    const chain = await lineage(runs[1]!.id);
    expect(chain.blocked).toBe(true);
    expect(chain.nodes.map(({ overlap }) => overlap?.count ?? null)).toEqual([null, 0, 10, null]);
    expect(names(chain.nodes[2]!.overlap!.pairs)).toEqual(spoiltPairs());
    expect((await overlapOf(id)).hops).toMatchObject([{ run: { id: spoilt!.runId }, count: 10 }]);
  });

  it.each([
    ["createTransferStudy", { fractions: [1] }],
    ["createLayerCutStudy", { blocks: [1] }],
    ["createUNetStudy", { depths: [5], skips: ["all"], losses: [] }],
  ])("is refused by %s too, and accepted there", async (mutation, own) => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const weights = { kind: "run", runId: spoilt!.runId, part: "encoder" };
    const arms = [
      { name: "random", startingWeights: { kind: "random" } },
      { name: "funnel", startingWeights: weights },
    ];
    const ofMutation: Record<string, object> = {
      createTransferStudy: { arms },
      createLayerCutStudy: { runId: spoilt!.runId },
      createUNetStudy: { base: { ...target.experiment.base, startingWeights: weights } },
    };
    const start = (more: object) =>
      world.graphql<Record<string, { runs: object[]; testOverlap: { hops: { count: number }[] } }>>(
        world.tokens.researcher,
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { runs { id } testOverlap { hops { count } } } }`,
        {
          input: {
            ...{ projectName: "P", name: mutation, question: "?", seeds: [1], base: target.experiment.base },
            ...{ labelVersionId: target.labelVersion.id, splitId: target.split.id },
            ...ofMutation[mutation],
            ...own,
            ...more,
          },
        },
      );
    const { errors } = await start({});
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", field: "startingWeights", pairs: 10 } });
    const accepted = await start({ acceptOverlap: true });
    expect(accepted.errors).toBeUndefined();
    expect(accepted.data![mutation]!.testOverlap.hops).toEqual([{ count: 10 }]);
  });

  it("is refused by createCrossValidation whichever fold has the picture, and accepted there", async () => {
    const { runId } = await planted("one copy", { 2: "target 18" });
    const start = (more: object) =>
      world.graphql<object>(
        world.tokens.researcher,
        `mutation ($input: CreateCrossValidationInput!) { createCrossValidation(input: $input) { id } }`,
        {
          input: {
            ...{ projectName: "P", name: `folds ${JSON.stringify(more)}`, question: "?", folds: 3, repeats: 1 },
            ...{ labelVersionId: target.labelVersion.id, base: target.experiment.base },
            arms: [{ name: "A", changes: { startingWeights: { kind: "run", runId, part: "encoder" } } }],
            ...more,
          },
        },
      );
    // Of each partition the picture is in another fold.
    for (const seed of [0, 1, 2, 3]) {
      const { errors } = await start({ seed });
      expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", field: "startingWeights", pairs: 1 } });
    }
    expect((await start({ acceptOverlap: true })).errors).toBeUndefined();
  });

  it("is looked at to its beginning: a clean last hop does not hide a spoilt first", async () => {
    const last = await planted("hop 3");
    await startFrom(last.runId, spoilt!.runId);
    const { errors } = await create(last.runId);
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", runId: spoilt!.runId } });
  });
});
