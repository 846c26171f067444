/** Out-of-fold predictions of cross-validated experiments, and the labels that they contradict: planted ones, so that the truth is known. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ErrorsWorld, plantLabelErrors, wrongPlaces } from "./labelErrorsWorld.ts";
import { blindReader } from "./member.ts";
import { sha, startWorld, type World } from "./world.ts";

let world: World;
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Json = any;

const wrong = wrongPlaces;
let films: string;
let polyps: string;
let noisyId: string;
let place: ErrorsWorld["place"];

beforeAll(async () => {
  world = await startWorld();
  ({ films, polyps, noisyId, place } = await plantLabelErrors(world));
});
afterAll(() => world.close());

const fields = `labelErrors(arm: $arm, score: $score) {
  arm repeats score labelVersion { id } planted { labels errors share averagePrecision precisionAt { k hits precision low high }
    issuePrecision { hits of share } issueRecall { hits of share } }
  questions { classIndex items given thresholds confidentJoint joint estimatedErrors issues }
  suspects(first: $first, after: $after, classIndex: $classIndex, given: $given, suggested: $suggested, onlyIssues: $onlyIssues, onlyConflicting: $onlyConflicting) {
    totalCount pageInfo { endCursor hasNextPage } edges { node { place classIndex given suggested quality givenProbability suggestedProbability
      isIssue isPlanted dice predictionUrl item { id name } label { classValues } original { classValues } conflictingCopies { name } } } } }`;
const ask = (id: string, variables: object = {}) =>
  world.graphql<Json>(
    world.tokens.viewer,
    `query ($id: UUID!, $arm: String, $score: LabelScore, $first: Int! = 50, $after: String, $classIndex: Int, $given: Int, $suggested: Int,
       $onlyIssues: Boolean! = false, $onlyConflicting: Boolean! = false) { experiment(id: $id) { ${fields} } }`,
    { id, ...variables },
  );
const board = async (id: string, variables: object = {}) => {
  const { data, errors } = await ask(id, variables);
  expect(errors).toBeUndefined();
  return data.experiment.labelErrors;
};
const rowsOf = ({ suspects }: Json) => suspects.edges.map(({ node }: Json) => node);
const placesOf = (rows: Json[]) => rows.map(({ item }) => place.get(item.id)!);

describe("label errors of classes", () => {
  it("are not told of an item that the caller is yet to read blind", async () => {
    const [worst] = rowsOf(await board(films));
    const [version] = await world.database.owner<{ schemaId: string }[]>`
      select schema_id as "schemaId" from label_versions where id = ${noisyId}`;
    const reader = await blindReader(world, { schemaId: version!.schemaId, itemId: worst.item.id });
    const query = `query ($id: UUID!) { experiment(id: $id) { labelErrors { suspects(first: 50) { totalCount edges { node { place item { id } label { classValues } } } } } } }`; // biome-ignore format: one line
    const { data, errors } = await world.graphql<Json>(reader.token, query, { id: films });
    expect(errors).toBeUndefined();
    const { suspects } = data.experiment.labelErrors;
    expect(suspects.totalCount).toBe(24);
    expect(suspects.edges[0].node.place).toBe(2);
    expect(suspects.edges.map(({ node }: Json) => node.item.id)).not.toContain(worst.item.id);
  });

  it("puts what noise changed first, and holds it alone to be wrong", async () => {
    const found = await board(films);
    expect(found).toMatchObject({ arm: "one", repeats: 2, score: "SELF_CONFIDENCE", labelVersion: { id: noisyId } });
    const rows = rowsOf(found);
    expect(rows).toHaveLength(25);
    expect(placesOf(rows.slice(0, 4)).sort((a, b) => a - b)).toEqual(wrong);
    expect(rows.map(({ isPlanted }: Json) => isPlanted)).toEqual(rows.map(({ place: at }: Json) => at <= 4));
    expect(rows.filter(({ isIssue }: Json) => isIssue)).toHaveLength(4);
    const [first] = rows;
    expect(first.suggested).toBe(1 - first.given);
    expect(first.label.classValues[first.given]).toBe(1);
    expect(first.original.classValues[first.suggested]).toBe(1);
    // the mean of the two repeats, of which the second is surer by 0.1
    const at = place.get(first.item.id)!;
    expect(first.suggestedProbability).toBeCloseTo(0.8 + (at % 10) / 100, 6);
    expect(first.quality).toBeCloseTo(1 - first.suggestedProbability, 6);
  });

  it("counts them, estimates their number, and says how right the ranking is", async () => {
    const { planted, questions } = await board(films);
    expect(planted).toMatchObject({ labels: 25, errors: 4, share: 4 / 25, averagePrecision: 1 });
    expect(planted.precisionAt.map(({ k, hits }: Json) => [k, hits])).toEqual([[1, 1], [2, 2], [5, 4], [10, 4], [20, 4], [25, 4]]); // biome-ignore format: one line
    expect(planted.issuePrecision).toEqual({ hits: 4, of: 4, share: 1 });
    expect(planted.issueRecall).toEqual({ hits: 4, of: 4, share: 1 });
    const [question] = questions;
    expect(question).toMatchObject({ classIndex: null, items: 25, given: [14, 11], issues: 4 });
    expect(question.estimatedErrors).toBeGreaterThan(2);
    expect(question.estimatedErrors).toBeLessThan(6);
    expect(question.joint.flat().reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 12);
  });

  it("is read in pages, by class, by what is held to be wrong, and by copies that contradict", async () => {
    const first = await board(films, { first: 3 });
    const rest = await board(films, { first: 50, after: first.suspects.pageInfo.endCursor });
    expect(first.suspects.pageInfo.hasNextPage).toBe(true);
    expect([...rowsOf(first), ...rowsOf(rest)].map((row: Json) => row.place)).toEqual(Array.from({ length: 25 }, (_, i) => i + 1)); // biome-ignore format: one line
    const issues = await board(films, { onlyIssues: true, given: 0, suggested: 1 });
    expect(placesOf(rowsOf(issues)).sort((a, b) => a - b)).toEqual([3, 17, 21]);
    expect((await board(films, { classIndex: 1 })).suspects.totalCount).toBe(14); // given 11, and three that are suggested
    const conflicting = rowsOf(await board(films, { onlyConflicting: true }));
    expect(placesOf(conflicting).sort((a, b) => a - b)).toEqual([3, 24]);
    expect(conflicting.find(({ item }: Json) => place.get(item.id) === 3).conflictingCopies).toEqual([{ name: "film 24" }]); // biome-ignore format: one line
  });

  it("takes another arm and score, and refuses what there is not", async () => {
    expect(await board(films, { arm: "two", score: "NORMALISED_MARGIN" })).toMatchObject({ arm: "two", score: "NORMALISED_MARGIN" }); // biome-ignore format: one line
    expect((await ask(films, { arm: "three" })).errors![0]!.message).toContain('expected one of one, two, got "three"');
    expect((await ask(films, { score: "DICE" })).errors![0]!.message).toContain("SELF_CONFIDENCE or NORMALISED_MARGIN");
  });
});

describe("a cross-validated segmentation", () => {
  it("ranks the mask that the models contradict first", async () => {
    const found = await board(polyps);
    expect(found).toMatchObject({ score: "MASK_QUALITY", questions: [], planted: null });
    const [first, ...rest] = rowsOf(found);
    expect(rest).toHaveLength(11);
    expect(placesOf([first])).toEqual([5]);
    expect(first).toMatchObject({ classIndex: 0, given: null, isIssue: null, isPlanted: null, dice: 0, predictionUrl: `/files/${sha("mask")}` }); // biome-ignore format: one line
    expect(rest[0].quality).toBeGreaterThan(first.quality + 0.02);
    expect((await board(polyps, { score: "DICE" })).suspects.edges[0].node.quality).toBe(0);
    expect((await ask(polyps, { score: "SELF_CONFIDENCE" })).errors![0]!.message).toContain("of masks");
  });

  it("is scored over whole repeats, and compared", async () => {
    const { data, errors } = await world.graphql<Json>(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) { scoredSet { size } crossValidatedScores { arm perRepeat mean n runsScored }
        comparison { armA { items seeds } difference { estimate items seeds } } } }`,
      { id: polyps },
    );
    expect(errors).toBeUndefined();
    const [one, two] = data.experiment.crossValidatedScores;
    const dice = (hits: number) => (2 * hits) / (hits + 2 + 100);
    const mean = (least: number) => [...place.values()].slice(25).reduce((sum, at) => sum + (at === 5 ? 0 : dice(least + (at % 4))), 0) / 12; // biome-ignore format: one line
    expect(one).toMatchObject({ arm: "one", n: 12, runsScored: 6 });
    expect(one.mean).toBeCloseTo(mean(90), 10);
    expect(two.mean).toBeCloseTo(mean(70), 10);
    expect(one.perRepeat).toHaveLength(2);
    expect(data.experiment.comparison).toMatchObject({ armA: { items: 12, seeds: 2 }, difference: { items: 12, seeds: 2 } }); // biome-ignore format: one line
    expect(data.experiment.comparison.difference.estimate).toBeCloseTo(mean(70) - mean(90), 10);
    expect(data.experiment.scoredSet).toBeNull();
  });
});

describe("an experiment on one split", () => {
  it("has no out-of-fold predictions, and so no label errors", async () => {
    const { data } = await world.graphql<Json>(world.tokens.viewer, "{ experiments(first: 10) { edges { node { name labelErrors { arm } } } } }"); // biome-ignore format: one line
    const of = (name: string) => data.experiments.edges.find(({ node }: Json) => node.name === name).node.labelErrors;
    expect(of("Films")).toBeNull();
    expect(of("Clean the films")).toEqual({ arm: "one" });
  });
});
