import { thinnedRoc } from "@tessera/api/classification/thinnedRoc";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantClassification } from "./classifiedWorld.ts";
import { plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Awaited<ReturnType<typeof plantClassification>>;
let segmentedRunId: string;
let segmentedExperimentId: string;
beforeAll(async () => {
  world = await startWorld();
  planted = await plantClassification(world, world.database.teamId, { seeds: [0, 1, 2, 3, 4] });
  const segmented = await plant(world, world.database.teamId);
  [segmentedRunId, segmentedExperimentId] = [segmented.runIds[0]!, segmented.experimentId];
});
afterAll(() => world.close());

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Json = any;

const ask = (query: string, variables: Record<string, unknown>, token = world.tokens.viewer) =>
  world.graphql<Json>(token, query, variables);

async function evaluation(id: string, fields: string): Promise<Json> {
  const { data, errors } = await ask(`query ($id: UUID!) { run(id: $id) { evaluation { ${fields} } } }`, { id });
  expect(errors).toBeUndefined();
  return data.run.evaluation;
}

async function compared(args: string, fields: string) {
  const query = `query ($id: UUID!) { experiment(id: $id) { classificationComparison${args && `(${args})`} { ${fields} } } }`;
  const { data, errors } = await ask(query, { id: planted.experimentId });
  return { comparison: data?.experiment?.classificationComparison, errors };
}

/** A, seed 0 */
const first = () => planted.runIds[0]!;

describe("scores of a classification run", () => {
  it("are what counting gives", async () => {
    const found = await evaluation(
      first(),
      `task items auc convention classification { n unknownItems specificity classNames confusion calibration { n error bins { n } }
         metrics { metric { name } value }
         classes { name n positives auc aucLow aucHigh averagePrecision atSpecificity { threshold sensitivity specificity }
           roc { falsePositiveRate sensitivity } confusion } }`,
    );
    expect(found).toMatchObject({ task: "CLASSIFICATION", items: 7 });
    expect(found.auc).toBeCloseTo(7 / 9, 12);
    expect(found.convention).toContain("AUC: two exclusive classes: of the second");
    const { classification } = found;
    expect(classification).toMatchObject({ n: 6, unknownItems: 1, specificity: 0.95, calibration: { n: 6 } });
    expect(classification.classNames).toEqual(["normal", "pneumonia"]);
    expect(classification.confusion).toEqual([
      [2, 1],
      [1, 2],
    ]);
    expect(classification.calibration.bins).toHaveLength(15);
    const value = new Map(classification.metrics.map((each: Json) => [each.metric.name, each.value]));
    expect(value.get("auc")).toBeCloseTo(7 / 9, 12);
    expect(value.get("averagePrecision")).toBeCloseTo((1 + 1 + 3 / 5) / 3, 12);
    expect(value.get("sensitivityAtSpecificity")).toBeCloseTo(2 / 3, 12);
    expect(value.get("accuracy")).toBeCloseTo(4 / 6, 12);
    expect(value.get("balancedAccuracy")).toBeCloseTo(2 / 3, 12);
    expect(value.get("brier")).toBeCloseTo((0.01 + 0.39 ** 2 + 0.36 + 0.65 ** 2 + 0.04 + 0.01) / 6, 6);
    const log = [0.9, 0.61, 0.4, 0.35, 0.8, 0.9].reduce((sum, p) => sum - Math.log(p) / 6, 0);
    expect(value.get("logLoss")).toBeCloseTo(log, 6);
    // 0.39 of a negative and 0.35 of a positive item share a bin
    const ece = (0.1 + Math.abs(0.39 + 0.35 - 1) + 0.6 + 0.2 + 0.1) / 6;
    expect(value.get("expectedCalibrationError")).toBeCloseTo(ece, 6);
    expect(classification.classes).toHaveLength(1);
    const [pneumonia] = classification.classes;
    expect(pneumonia).toMatchObject({ name: "pneumonia", n: 6, positives: 3 });
    expect(pneumonia.aucLow).toBeLessThan(7 / 9);
    expect(pneumonia.aucHigh).toBeGreaterThan(7 / 9);
    expect(pneumonia.atSpecificity.sensitivity).toBeCloseTo(2 / 3, 12);
    expect(pneumonia.atSpecificity.specificity).toBe(1);
    expect(pneumonia.roc).toEqual(
      [
        [0, 0],
        [0, 2 / 3],
        [2 / 3, 2 / 3],
        [2 / 3, 1],
        [1, 1],
      ].map(([falsePositiveRate, sensitivity]) => ({ falsePositiveRate, sensitivity })),
    );
  });

  it("are at the specificity that is asked for, and refuse one outside 0 to 1", async () => {
    const fields = "classes { atSpecificity { sensitivity specificity } }";
    const { classification } = await evaluation(first(), `classification(specificity: 0.3) { ${fields} }`);
    expect(classification.classes[0].atSpecificity.sensitivity).toBe(1);
    expect(classification.classes[0].atSpecificity.specificity).toBeCloseTo(1 / 3, 12);
    const query = "query ($id: UUID!) { run(id: $id) { evaluation { classification(specificity: 2) { n } } } }";
    const { errors } = await ask(query, { id: first() });
    expect(errors![0]!.extensions.code).toBe("BAD_INPUT");
  });

  it("have no Dice, no counts and no masks; those of segmentation have no classes", async () => {
    const fields =
      "task auc meanDice medianDice classification { n } itemScores { totalCount } predictions { totalCount edges { node { logLoss } } }";
    expect(await evaluation(first(), `${fields.replace("classification { n }", "")}`)).toMatchObject({
      meanDice: null,
      medianDice: null,
      itemScores: { totalCount: 0 },
    });
    expect(await evaluation(segmentedRunId, fields)).toMatchObject({
      task: "SEGMENTATION",
      auc: null,
      classification: null,
      predictions: { totalCount: 0, edges: [] },
    });
    const { errors } = await ask("query ($ids: [UUID!]!) { scoredSet(runIds: $ids) { items } }", { ids: [first()] });
    expect(errors![0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });
    expect(errors![0]!.message).toContain("expected runs of segmentation");
  });

  it("list the items from the most wrong one, page by page, those of no known class last", async () => {
    const page = (args: string) =>
      evaluation(
        first(),
        `predictions(${args}) { totalCount pageInfo { hasNextPage endCursor }
           edges { node { truth probabilities logLoss item { name } } } }`,
      );
    const { predictions: one } = await page("first: 2");
    expect(one.totalCount).toBe(7);
    expect(one.edges.map(({ node }: Json) => node.item.name)).toEqual(["film 3", "film 2"]);
    expect(one.edges[0].node.truth).toEqual([0, 1]);
    expect(one.edges[0].node.probabilities[1]).toBeCloseTo(0.35, 6);
    expect(one.edges[0].node.logLoss).toBeCloseTo(-Math.log(0.35), 6);
    const { predictions: two } = await page(`first: 5, after: "${one.pageInfo.endCursor}"`);
    const names = two.edges.map(({ node }: Json) => node.item.name);
    expect(names.slice(0, 2)).toEqual(["film 1", "film 4"]);
    expect(names.slice(2, 4).sort()).toEqual(["film 0", "film 5"]); // equally right
    expect(two.edges[4].node).toMatchObject({ truth: [null, null], logLoss: null, item: { name: "film 6" } });
    expect(two.pageInfo.hasNextPage).toBe(false);
    const { predictions: best } = await page("order: BEST_FIRST");
    expect(best.edges.at(-2).node.item.name).toBe("film 3");
    expect(best.edges.at(-1).node.item.name).toBe("film 6");
  });

  it("are nothing to another team", async () => {
    const query = "query ($id: UUID!) { run(id: $id) { evaluation { auc predictions { totalCount } } } }";
    const { data } = await ask(query, { id: first() }, world.otherToken);
    expect(data.run).toBeNull();
  });
});

describe("arms of classification runs", () => {
  const fields = `metric { name label higherIsBetter } fold unpairedSeeds itemsLeftOut theseRunsOnly { level }
    armA { arm mean sd seeds items perSeed { seed mean runId } } armB { mean } perSeed { seed a b }
    difference { estimate low high seeds items verdict reason }
    aucTests { seed className a b difference low high p positives negatives }`;

  it("differ in AUC by what counting gives", async () => {
    const { comparison } = await compared("", fields);
    expect(comparison).toMatchObject({ fold: "TEST", metric: { name: "auc", higherIsBetter: true } });
    expect(comparison.armA).toMatchObject({ arm: "A", seeds: 5, items: 6 });
    expect(comparison.armA.mean).toBeCloseTo((3 * 7 + 2 * 6) / 45, 12);
    expect(comparison.armA.sd).toBeCloseTo(Math.sqrt(0.3) / 9, 12);
    expect(comparison.armB.mean).toBeCloseTo((3 * 9 + 2 * 8) / 45, 12);
    expect(comparison.difference).toMatchObject({ seeds: 5, items: 6, verdict: "BETTER" });
    expect(comparison.difference.estimate).toBeCloseTo(2 / 9, 12);
    expect(comparison.perSeed[1].a).toBeCloseTo(6 / 9, 12);
    expect(comparison.theseRunsOnly).toBeNull();
    expect(comparison.aucTests).toMatchObject([{ seed: 0, className: "pneumonia", positives: 3, negatives: 3, b: 1 }]);
    expect(comparison.aucTests[0].difference).toBeCloseTo(2 / 9, 12);
  });

  it("differ in a score of items over the items, with lower as better where it is", async () => {
    const { comparison } = await compared('metric: "brier", armA: "B", armB: "A", seed: 3', fields);
    expect(comparison.difference).toMatchObject({ verdict: "WORSE", items: 6 });
    expect(comparison.difference.estimate).toBeGreaterThan(0);
    expect(comparison.theseRunsOnly).toEqual({ level: 0.95 });
    expect(comparison.aucTests[0]).toMatchObject({ seed: 3 });
  });

  it("are equivalent by the declared margin in AUC alone", async () => {
    const same = (metric: string) => compared(`armA: "A", armB: "A", metric: "${metric}"`, "difference { verdict }");
    expect((await same("auc")).comparison.difference.verdict).toBe("EQUIVALENT");
    expect((await same("averagePrecision")).comparison.difference.verdict).toBe("UNDECIDED");
  });

  it("say what they expect of a metric and a seed", async () => {
    for (const [args, text] of [
      ['metric: "dice"', "expected one of auc"],
      ["seed: 9", "expected one of 0, 1, 2, 3, 4, got 9"],
      ["specificity: -1", "expected a number from 0 to 1"],
    ] as const) {
      const { errors } = await compared(args, "fold");
      expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });
      expect(errors![0]!.message).toContain(text);
    }
  });

  it("have no comparison in Dice, and arms of segmentation none in AUC; arms are summed up by the task's own series", async () => {
    const query = `query ($id: UUID!) { experiment(id: $id) { comparison { fold } classificationComparison { fold }
      armSummaries { mean } } }`;
    const classified = (await ask(query, { id: planted.experimentId })).data.experiment;
    expect(classified).toMatchObject({ comparison: null, classificationComparison: { fold: "TEST" } });
    expect(classified.armSummaries[0].mean).toBeCloseTo(0.7, 6);
    const segmented = (await ask(query, { id: segmentedExperimentId })).data.experiment;
    expect(segmented).toMatchObject({ comparison: { fold: "TEST" }, classificationComparison: null });
  });
});

describe("a thinned ROC curve", () => {
  const stairs = (steps: number) =>
    Array.from({ length: 2 * steps + 1 }, (_, i) => ({
      threshold: i === 0 ? null : 1 - i / (2 * steps),
      falsePositiveRate: Math.floor(i / 2) / steps,
      sensitivity: Math.ceil(i / 2) / steps,
    }));

  it("keeps every corner and both ends", () => {
    const points = [
      [0, 0],
      [0, 0.25],
      [0, 0.5],
      [0.5, 1],
      [0.75, 1],
      [1, 1],
    ].map(([x, y]) => ({
      threshold: null,
      falsePositiveRate: x!,
      sensitivity: y!,
    }));
    expect(thinnedRoc(points)).toEqual([points[0], points[2], points[3], points[5]]);
  });

  it("of many corners keeps some", () => {
    const thin = thinnedRoc(stairs(5000));
    expect(thin.length).toBeLessThanOrEqual(200);
    expect(thin.length).toBeGreaterThan(150);
    expect(thin[0]).toMatchObject({ falsePositiveRate: 0, sensitivity: 0 });
    expect(thin.at(-1)).toMatchObject({ falsePositiveRate: 1, sensitivity: 1 });
  });
});
