import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { freezeLabelVersion, labelVersionsByIds } from "@tessera/store/labelVersions";
import { runsOfExperiments } from "@tessera/store/runs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
});
afterAll(() => world.close());

const random = { name: "random", startingWeights: { kind: "random" } };
const from = (runId: string, part = "encoder") => ({ kind: "run", runId, part });
const domain = () => ({ name: "domain", startingWeights: from(planted.runIds[0]!) });

const input = (more: object = {}) => ({
  projectName: "Polyps",
  name: "Does pretraining help?",
  question: "Does it?",
  labelVersionId: planted.labelVersionId,
  splitId: planted.splitId,
  base: { ...segmentationDefaults, stepsPerEpoch: 5 },
  arms: [random, domain()],
  fractions: [1, 0.25],
  seeds: [1, 2],
  equivalenceMargin: 0.02,
  ...more,
});
interface Created {
  readonly id: string;
  readonly isTransferStudy: boolean;
  readonly arms: readonly { name: string }[];
  readonly seeds: readonly number[];
  readonly runs: readonly { id: string; name: string; arm: string; seed: number; configuration: object }[];
}
const create = (more: object = {}, token = world.tokens.researcher) =>
  world.graphql<{ createTransferStudy: Created }>(
    token,
    `mutation ($input: CreateTransferStudyInput!) { createTransferStudy(input: $input) {
      id isTransferStudy arms { name } seeds runs { id name arm seed configuration } } }`,
    { input: input(more) },
  );
const created = async (more: object = {}) => {
  const { data, errors } = await create(more);
  expect(errors).toBeUndefined();
  return data!.createTransferStudy;
};

/** Of the same schema, with a label fewer. */
async function otherVersion(): Promise<string> {
  const { db, teamId } = world.database;
  return db.asTeam(teamId, async (sql) => {
    const [known] = await labelVersionsByIds(sql, teamId, [planted.labelVersionId]);
    const labels = await sql<{ itemId: string; annotationId: string }[]>`
      select item_id, annotation_id from labels where label_version_id = ${planted.labelVersionId} order by item_id offset 1`;
    const { datasetId, schemaId } = known!;
    return (await freezeLabelVersion(sql, teamId, { datasetId, schemaId, rule: "fewer", note: "", labels })).id;
  });
}

describe("createTransferStudy", () => {
  it("queues a run per start, fraction and seed", async () => {
    const study = await created();
    expect(study.isTransferStudy).toBe(true);
    expect(study.arms.map(({ name }) => name)).toEqual([
      "random · 25 %",
      "random · 100 %",
      "domain · 25 %",
      "domain · 100 %",
    ]);
    expect(study.runs).toHaveLength(8);
    expect(study.runs.at(-1)).toMatchObject({
      name: "Does pretraining help? · domain · 100 % · seed 2",
      configuration: { startingWeights: domain().startingWeights, trainingFraction: 1, stepsPerEpoch: 5 },
    });
    expect(study.runs[0]!.configuration).toMatchObject({ startingWeights: { kind: "random" }, trainingFraction: 0.25 });
  });

  it("called again with more adds the runs that are missing alone, and called with less or the same none", async () => {
    const before = await created({ name: "Grows" });
    expect(await created({ name: "Grows" })).toEqual(before);
    const blocks = { name: "stem", startingWeights: { ...from(planted.runIds[0]!, "firstBlocks"), blocks: 1 } };
    const after = await created({
      name: "Grows",
      arms: [random, domain(), blocks],
      fractions: [1, 0.5],
      seeds: [2, 3],
    });
    expect(after.id).toBe(before.id);
    expect(after.seeds).toEqual([1, 2, 3]);
    expect(after.arms.map(({ name }) => name)).toEqual([
      ...before.arms.map(({ name }) => name),
      ...["random · 50 %", "domain · 50 %", "stem · 25 %", "stem · 50 %", "stem · 100 %"],
    ]);
    expect(after.runs).toHaveLength(9 * 3);
    expect(new Set(after.runs.map(({ arm, seed }) => `${arm} ${seed}`)).size).toBe(9 * 3);
    const ids = after.runs.map(({ id }) => id);
    expect(before.runs.every(({ id }) => ids.includes(id))).toBe(true);
    expect(await created({ name: "Grows" })).toEqual(after);
  });

  it("grows a study that began before configurations had a fraction", async () => {
    const { trainingFraction: _fraction, stepsPerEpoch: _steps, ...older } = segmentationDefaults;
    const { fractions: _fractions, ...rest } = input({ name: "Older", base: older });
    const arms = [
      { name: "random", changes: {} },
      { name: "domain", changes: { startingWeights: domain().startingWeights } },
    ];
    const { errors } = await world.graphql(
      world.tokens.researcher,
      "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }",
      { input: { ...rest, arms } },
    );
    expect(errors).toBeUndefined();
    const study = await created({ name: "Older", base: segmentationDefaults });
    expect(study.arms.map(({ name }) => name)).toEqual(["random", "domain", "random · 25 %", "domain · 25 %"]);
    expect(study.runs).toHaveLength(8);
  });

  it("grows an experiment that is scored on other labels by runs that are scored on them too", async () => {
    const { fractions: _fractions, ...rest } = input({ name: "Scored elsewhere" });
    const arms = [
      { name: "random", changes: {} },
      { name: "domain", changes: { startingWeights: domain().startingWeights } },
    ];
    const make = (name: string, more: object) =>
      world.graphql(
        world.tokens.researcher,
        "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id } }",
        { input: { ...rest, name, evaluationLabelVersionId: cleaner, ...more } },
      );
    const cleaner = await otherVersion();
    expect((await make("Scored elsewhere", { arms })).errors).toBeUndefined();
    const { id } = await created({ name: "Scored elsewhere", seeds: [9] });
    const { teamId } = world.database;
    const runs = await world.database.db.asTeam(teamId, (sql) => runsOfExperiments(sql, teamId, [id]));
    expect(runs[0]!.filter(({ seed }) => seed === 9)).toHaveLength(4);
    for (const run of runs[0]!) expect(run.evaluationLabelVersionId).toBe(cleaner);

    // An arm that learns from labels of its own says nothing of what a new arm would learn from; new seeds are clear.
    const own = [arms[0], { ...arms[1], labelVersionId: cleaner }];
    expect((await make("Of its own", { arms: own })).errors).toBeUndefined();
    const { errors } = await create({ name: "Of its own" });
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", differs: "arms" } });
    expect(errors![0]!.message).toContain("arms that learn from different labels");
    const more = await created({ name: "Of its own", fractions: [1], seeds: [9] });
    const grown = await world.database.db.asTeam(teamId, (sql) => runsOfExperiments(sql, teamId, [more.id]));
    const labels = grown[0]!.filter(({ seed }) => seed === 9).map(({ arm, labelVersionId }) => [arm, labelVersionId]);
    expect(labels.sort()).toEqual([
      ["domain", cleaner],
      ["random", planted.labelVersionId],
    ]);
  });

  it.each([
    [() => ({ question: "Another" }), "question"],
    [() => ({ equivalenceMargin: null }), "equivalenceMargin"],
    [() => ({ base: { ...segmentationDefaults, stepsPerEpoch: 6 } }), "base"],
    [() => ({ arms: [random, { name: "domain", startingWeights: from(planted.runIds[1]!) }] }), "arms"],
  ])("refuses another study of the same name (%#)", async (more, differs) => {
    const before = await created();
    const { errors } = await create(more());
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", differs } });
    expect(await created()).toEqual(before);
  });

  it("refuses the name of an experiment that is no transfer study", async () => {
    const { errors } = await create({ projectName: "Project of Does B help?", name: "Does B help?" });
    expect(errors![0]).toMatchObject({ extensions: { code: "CONFLICT", differs: "arms" } });
  });

  it.each([
    [() => ({ arms: [domain(), random] }), "arms"],
    [() => ({ fractions: [0] }), "fractions"],
    [() => ({ seeds: Array.from({ length: 60 }, (_, i) => i) }), "seeds"],
    [() => ({ seeds: [1, 1] }), "seeds"],
    [() => ({ arms: [random, { name: "x", startingWeights: from(planted.datasetId) }] }), "startingWeights.runId"],
  ])("refuses what cannot be trained (%#), and starts nothing", async (more, field) => {
    const { errors } = await create({ name: "Refused", ...more() });
    expect(errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field });
  });

  it("needs a researcher", async () => {
    expect((await create({}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("shows beforehand what it would train", async () => {
    const { data, errors } = await world.graphql<{ transferStudyGrid: object[] }>(
      world.tokens.viewer,
      `query ($base: JSONObject!, $arms: [TransferArmInput!]!) {
        transferStudyGrid(base: $base, arms: $arms, fractions: [1, 0.05]) { name fraction configuration } }`,
      { base: segmentationDefaults, arms: [random, domain()] },
    );
    expect(errors).toBeUndefined();
    expect(data!.transferStudyGrid).toHaveLength(4);
    expect(data!.transferStudyGrid[2]).toMatchObject({
      name: "domain · 5 %",
      fraction: 0.05,
      configuration: { trainingFraction: 0.05, startingWeights: domain().startingWeights, stepsPerEpoch: null },
    });
  });
});
