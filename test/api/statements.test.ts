import type { Database, TeamSql } from "@tessera/store/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantClassification } from "./classifiedWorld.ts";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let statements = 0;

/** The same database; every tagged statement of a team's transaction is counted. */
const counting = (db: Database): Database => ({
  ...db,
  asTeam: (teamId, work, reader) =>
    db.asTeam(
      teamId,
      (sql) => {
        const counted = new Proxy(sql, {
          apply(target, self, args) {
            if (Array.isArray(args[0]) && "raw" in args[0]) statements++;
            return Reflect.apply(target, self, args);
          },
        });
        return work(counted as TeamSql);
      },
      reader,
    ),
});

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld({}, counting);
  // five of everything, so that no loader is saved by its cache
  for (const name of ["one", "two", "three", "four", "five"]) {
    planted = await plant(world, world.database.teamId, { name, seeds: [0, 1, 2, 3, 4] });
  }
});
afterAll(() => world.close());

const fields = `id name arm seed state experiment { name project { name } } dataset { name itemCount subjectCount project { name } }
  labelVersion { number classes dataset { name } } split { name trainItems testItems } worker { name currentRuns { id } }
  series { name lastStep lastValue } points(series: ["validation/dice"]) { steps values } checkpoints { step }
  attempts { attempt worker { name } } samples { item { name } } evaluation { meanDice labelVersion { number } }`;

/** How many statements the query took; it must answer `rows` edges. */
async function cost(query: string, rows: number): Promise<number> {
  statements = 0;
  const { data, errors } = await world.graphql<Record<string, Edges>>(world.tokens.viewer, query);
  expect(errors).toBeUndefined();
  const [answer] = Object.values(data!);
  expect((answer!.edges ?? answer!.items!.edges).length).toBe(rows);
  return statements;
}

interface Edges {
  readonly edges: unknown[];
  readonly items?: { readonly edges: unknown[] };
}

describe("SQL statements of a page", () => {
  it("do not grow with the page: 50 runs with everything about them cost what 5 do", async () => {
    const page = (first: number) => `{ runs(first: ${first}) { edges { node { ${fields} } } } }`;
    const [five, fifty] = [await cost(page(5), 5), await cost(page(50), 50)];
    expect(fifty).toBe(five);
    expect(fifty).toBeLessThan(40);
  });

  it("nor with the names of series that are asked for", async () => {
    const named = (names: string[]) =>
      `{ runs(first: 5) { edges { node { points(series: ${JSON.stringify(names)}) { series } } } } }`;
    const one = await cost(named(["train/loss"]), 5);
    expect(await cost(named(["validation/dice", "train/loss", "none"]), 5)).toBe(one);
  });

  it("nor with the items, or with the datasets", async () => {
    const items = (
      first: number,
    ) => `query { dataset(id: "${planted.datasetId}") { items(first: ${first}) { edges { node {
      name imageUrl label(labelVersionId: "${planted.labelVersionId}") { regionShare } annotations { reader } } } } } }`;
    const [one, ten] = [await cost(items(1), 1), await cost(items(10), 10)];
    expect(ten).toBe(one);
    const datasets = (first: number) => `{ datasets(first: ${first}) { edges { node {
      project { name } itemCount labelVersions { number classes } splits { name trainItems } imports { state } } } } }`;
    expect(await cost(datasets(5), 5)).toBe(await cost(datasets(1), 1));
  });
});

describe("SQL statements of classification runs", () => {
  it("do not grow with the runs", async () => {
    const { experimentId } = await plantClassification(world, world.database.teamId, { seeds: [0, 1, 2] });
    const page = (first: number) => `{ runs(first: ${first}) { edges { node { evaluation { auc classification { n }
      predictions(first: 3) { edges { node { item { name } } } } } } } } }`;
    expect(await cost(page(6), 6)).toBe(await cost(page(2), 2));
    const list = (field: string) => `{ runs(first: 6) { edges { node { evaluation { ${field} } } } } }`;
    expect(await cost(list("auc"), 6)).toBe(await cost(list("id"), 6)); // kept since the first page
    statements = 0;
    const query = "query ($id: UUID!) { experiment(id: $id) { classificationComparison { perSeed { a } } } }";
    const { data } = await world.graphql<{ experiment: object }>(world.tokens.viewer, query, { id: experimentId });
    expect(data!.experiment).toMatchObject({ classificationComparison: { perSeed: [{}, {}, {}] } });
    // the experiment, its runs, their evaluations, its folds, their predictions, the label version, its schema
    expect(statements).toBe(7);
  });
});

describe("SQL statements of a scored set", () => {
  const boards = `fold items classes labelVersion { number } arms { arm } measuring { done } ledger { rows { key } }
    metrics { rows { arm } } regionSizes { points { itemName } } contiguity { gallery { item { name } } } droppedPixels { share }`;
  const setOf = async (runIds: readonly string[], fields = boards) => {
    statements = 0;
    const query = "query ($ids: [UUID!]!) { scoredSet(runIds: $ids) { FIELDS } }".replace("FIELDS", fields);
    const { errors } = await world.graphql(world.tokens.viewer, query, { ids: runIds });
    expect(errors).toBeUndefined();
    return statements;
  };

  it("do not grow with the runs, and all boards together read the rows once", async () => {
    const { runIds } = planted;
    const two = await setOf(runIds.slice(0, 2));
    expect(await setOf(runIds)).toBe(two);
    const itemsAlone = await setOf(runIds.slice(0, 3), "items");
    const itemsAndBoards = await setOf(
      runIds.slice(0, 4),
      "items ledger { rows { key } } metrics { rows { arm } } regionSizes { points { itemName } }",
    );
    // the label version and its schema, for classIndex
    expect(itemsAndBoards).toBe(itemsAlone + 2);
  });

  it("are fewer the second time: what was read is kept", async () => {
    const runIds = planted.runIds.slice(2, 7);
    const first = await setOf(runIds);
    // at least four that read the facts, and two that read for post-processing
    expect(await setOf(runIds)).toBeLessThanOrEqual(first - 6);
  });
});
