/** The true-noise ledger of a version, and what runs on it learn by heart: versions and curves are planted. */
import type { ClassValues } from "@tessera/domain/classValues";
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { plainResult } from "@tessera/domain/labels/result";
import { type MemorisationSeries, memorisationSeries } from "@tessera/domain/memorisation";
import { insertAnnotations } from "@tessera/store/annotations";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { createExperiment } from "@tessera/store/experiments";
import { freezeLabelVersion, type LabelVersion, labelsForItems } from "@tessera/store/labelVersions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantExperiment, startWorld, type World } from "./world.ts";

const items = Array.from({ length: 12 }, (_, at) => ({
  name: `film ${String(at).padStart(2, "0")}`,
  subject: `p${at}`,
  fold: at < 8 ? ("train" as const) : at < 10 ? ("validation" as const) : ("test" as const),
  regionPixels: [],
  classValues: (at % 3 === 0 ? [1, 0] : [0, 1]) as ClassValues, // 4 normal, 8 pneumonia
}));
const arms = [
  { name: "plain", changes: {} },
  { name: "again", changes: {} },
  { name: "robust", changes: { loss: { name: "generalizedCrossEntropy", q: 0.7 } } },
];

let world: World;
let made: Awaited<ReturnType<typeof plantExperiment>>;
const noisy: LabelVersion[] = [];

/** The labels of these items turned round. */
async function corrupted(source: LabelVersion, rate: number, places: readonly number[]): Promise<LabelVersion> {
  const { db, teamId } = world.database;
  return db.asTeam(teamId, async (sql) => {
    const ids = made.items.map(({ id }) => id);
    const before = await labelsForItems(sql, teamId, source.id, ids);
    const annotations = await insertAnnotations(
      sql,
      teamId,
      places.map((at) => ({
        itemId: ids[at]!,
        schemaId: source.schemaId,
        reader: "rule: noise",
        maskSha256: null,
        classValues: before[at]!.classValues!.toReversed() as ClassValues,
        regionPixels: [],
        components: [],
        boxes: null,
      })),
    );
    const turned = new Map(annotations.map(({ itemId, id }) => [itemId, id]));
    return freezeLabelVersion(sql, teamId, {
      datasetId: made.dataset.id,
      schemaId: source.schemaId,
      rule: "noise",
      note: "",
      pinned: {
        rule: { kind: "noise", seed: 1, model: { kind: "symmetric", rate } },
        from: { number: source.number, contentHash: source.contentHash, chainHash: source.chainHash },
      },
      sourceId: source.id,
      result: {
        ...plainResult,
        noise: { labels: 12, drawn: 2 * places.length, changed: places.length, expectedRate: rate / 2, dice: null },
      },
      labels: ids.map((itemId, at) => ({ itemId, annotationId: turned.get(itemId) ?? before[at]!.annotationId })),
    });
  });
}

const points = (name: MemorisationSeries, values: number[]) => ({
  type: "points" as const,
  series: memorisationSeries[name],
  steps: values.map((_, at) => 10 * (at + 1)),
  values,
});

beforeAll(async () => {
  world = await startWorld();
  const { db, teamId, userId } = world.database;
  const planted = { items, arms, seeds: [1, 2], classes: ["normal", "pneumonia"], exclusive: true };
  made = await plantExperiment(world, teamId, { name: "Clean", ...planted });
  noisy.push(await corrupted(made.labelVersion, 0.5, [0, 1, 2]), await corrupted(made.labelVersion, 0.2, [4]));
  for (const version of noisy) {
    await db.asTeam(teamId, (sql) =>
      createExperiment(sql, teamId, {
        projectId: made.project.id,
        name: `On version ${version.number}`,
        question: "",
        datasetId: made.dataset.id,
        labelVersionId: version.id,
        splitId: made.split.id,
        base: { ...classificationDefaults },
        arms: arms.slice(0, 1),
        seeds: [1, 2],
        equivalenceMargin: null,
        createdBy: userId,
        codeCommit: "c",
        runs: [1, 2].map((seed) => ({
          arm: "plain",
          seed,
          configuration: { ...classificationDefaults },
          startingRunId: null,
          name: `plain ${seed}`,
        })),
      }),
    );
  }
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: made.worker.id, leaseSeconds: 60 });
    if (!run) break;
    const at = { teamId, runId: run.id, attempt: run.attempt };
    const fitted = run.seed === 1 ? [0.2, 0.6, 0.8] : [0.2, 0.3, 0.6];
    const told = noisy.some(({ id }) => id === run.labelVersionId);
    const events = [
      points("cleanLoss", [0.5, 0.3, 0.1]),
      points("corruptedLoss", [0.9, 0.8, run.seed / 10]),
      points("corruptedFitted", fitted),
      points("corruptedChance", [0.5, 0.5, 0.5]),
    ];
    await ingest(db, { ...at, sequence: 1, events: told ? events : [] });
    await endAttempt(db, { ...at, outcome: "succeeded" });
  }
});
afterAll(() => world.close());

async function ask<T>(query: string, variables: Record<string, unknown>): Promise<T> {
  const { data, errors } = await world.graphql<Record<string, never>>(world.tokens.viewer, query, variables);
  expect(errors).toBeUndefined();
  return data as T;
}

describe("the true-noise ledger", () => {
  const ledgerOf = async (id: string) =>
    (
      await ask<{ labelVersion: { trueNoiseLedger: object | null } }>(
        `query ($id: UUID!) { labelVersion(id: $id) { trueNoiseLedger { clean { number } models askedRate expectedRate items corrupted
          effectiveRate classes { name labels changed effectiveRate } masks { total } } } }`,
        { id },
      )
    ).labelVersion.trueNoiseLedger;

  it("says what was asked and what became of it, class by class", async () => {
    expect(await ledgerOf(noisy[0]!.id)).toEqual({
      clean: { number: 1 },
      models: ["symmetric, 50 % drawn anew"],
      askedRate: 0.5,
      expectedRate: 0.25,
      items: 12,
      corrupted: 3,
      effectiveRate: 3 / 12,
      classes: [
        { name: "normal", labels: 4, changed: 1, effectiveRate: 1 / 4 },
        { name: "pneumonia", labels: 8, changed: 2, effectiveRate: 2 / 8 },
      ],
      masks: null,
    });
  });

  it("of noise on noise is against the labels before both", async () => {
    const twice = await corrupted(noisy[0]!, 0.1, [0, 5]); // the first item is turned back
    expect(await ledgerOf(twice.id)).toMatchObject({
      clean: { number: 1 },
      models: ["symmetric, 50 % drawn anew", "symmetric, 10 % drawn anew"],
      askedRate: null,
      corrupted: 3,
    });
  });

  it("is none of a version that no noise made", async () => {
    expect(await ledgerOf(made.labelVersion.id)).toBeNull();
  });
});

interface Board {
  readonly arm: string;
  readonly arms: readonly string[];
  readonly clean: { readonly number: number };
  readonly curves: readonly Record<string, unknown>[];
}
const fields = `arm arms rule clean { number } curves { noise askedRate effectiveRate labelVersions { number } onset onsetSd share
  runs { seed onset share } cleanLoss { epochs mean low high seeds } corruptedLoss { mean low high } cleanFitted { mean } }`;
const boardOf = async (id: string, arm: string | null = null) =>
  (
    await ask<{ experiment: { memorisation: Board | null } }>(
      `query ($id: UUID!, $arm: String) { experiment(id: $id) { memorisation(arm: $arm) { ${fields} } } }`,
      { id, arm },
    )
  ).experiment.memorisation;

describe("memorisation", () => {
  it("has a curve for every noise of the same labels, whichever experiment its runs are of", async () => {
    const board = (await boardOf(made.experiment.id))!;
    expect([board.arm, board.arms, board.clean]).toEqual(["plain", ["plain", "robust"], { number: 1 }]);
    expect(board.curves.map(({ askedRate, effectiveRate }) => [askedRate, effectiveRate])).toEqual([
      [0.2, 1 / 12],
      [0.5, 3 / 12],
    ]);
    const [, half] = board.curves;
    expect(half).toMatchObject({
      labelVersions: [{ number: 2 }],
      runs: [
        { seed: 1, onset: 2 },
        { seed: 2, onset: 3 },
      ],
      onset: 2.5,
      cleanLoss: { epochs: [1, 2, 3], mean: [0.5, 0.3, 0.1], seeds: [2, 2, 2] },
      corruptedLoss: { low: [0.9, 0.8, 0.1], high: [0.9, 0.8, 0.2] },
      cleanFitted: { mean: [null, null, null] },
    });
    expect(half!.share).toBeCloseTo((0.3 / 0.5 + 0.1 / 0.5) / 2, 9);
  });

  it("of an arm without such runs is none, and of an arm that is not there is refused", async () => {
    expect(await boardOf(made.experiment.id, "robust")).toBeNull();
    const query = `query ($id: UUID!) { experiment(id: $id) { memorisation(arm: "nobody") { arm } } }`;
    const { errors } = await world.graphql(world.tokens.viewer, query, { id: made.experiment.id });
    expect(errors![0]!.message).toContain("arm: expected one of plain, robust, got nobody");
  });

  it("of a run is its own curve; none where its labels are clean", async () => {
    type Runs = { experiment: { runs: { memorisation: Board | null }[] } };
    const of = async (name: string) => {
      const query = `query { experiments(first: 50) { edges { node { id name } } } }`;
      type Page = { experiments: { edges: { node: { id: string; name: string } }[] } };
      const { experiments } = await ask<Page>(query, {});
      const { id } = experiments.edges.find(({ node }) => node.name === name)!.node;
      const runs = `query ($id: UUID!) { experiment(id: $id) { runs { memorisation { ${fields} } } } }`;
      return (await ask<Runs>(runs, { id })).experiment.runs;
    };
    const [first] = await of(`On version ${noisy[0]!.number}`);
    expect(first!.memorisation!.curves).toHaveLength(1);
    expect(first!.memorisation!.curves[0]).toMatchObject({ runs: [{ seed: 1, onset: 2 }], onsetSd: null });
    expect((await of("Clean")).map(({ memorisation }) => memorisation)).toEqual(Array(6).fill(null));
  });

  it("is nothing of another team's", async () => {
    const query = `query ($id: UUID!) { experiment(id: $id) { memorisation { arm } } }`;
    const { data } = await world.graphql<{ experiment: null }>(world.otherToken, query, { id: made.experiment.id });
    expect(data!.experiment).toBeNull();
  });
});
