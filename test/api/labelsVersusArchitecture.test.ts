/** Arms that learn from different label versions, and the board of labels against architecture, through the api. */
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { createExperiment } from "@tessera/store/experiments";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanLabels, scoreGrid } from "./factorialWorld.ts";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let cleaner: string;
const seeds = [1, 2, 3, 4, 5];

beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId, { seeds: [0] });
  cleaner = await cleanLabels(world, planted);
});
afterAll(() => world.close());

const small = {};
const large = { model: { depth: 2, skips: [true, true] } };
const arms = (more: object = {}) => [
  { name: "noisy, small", changes: small },
  { name: "noisy, large", changes: large },
  { name: "clean, small", changes: small, labelVersionId: cleaner },
  { name: "clean, large", changes: large, labelVersionId: cleaner, ...more },
];
const input = (more: object = {}) => ({
  projectName: "Polyps",
  name: "Labels or architecture",
  question: "Which pays?",
  labelVersionId: planted.labelVersionId,
  evaluationLabelVersionId: cleaner,
  splitId: planted.splitId,
  base: segmentationDefaults,
  arms: arms(),
  seeds,
  ...more,
});
const create = (more: object = {}) =>
  world.graphql<{ createExperiment: { id: string; isLabelsVersusArchitecture: boolean; arms: { name: string; labelVersionId: string | null }[]; runs: { arm: string; labelVersion: { id: string } }[] } }>(
    world.tokens.researcher,
    `mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { id isLabelsVersusArchitecture arms { name labelVersionId }
      runs { arm labelVersion { id } } } }`,
    { input: input(more) },
  ); // biome-ignore format: one line

const difference = "difference { estimate low high seeds items verdict }";
const board = `query ($id: UUID!, $fold: Fold! = TEST) { experiment(id: $id) { labelsVersusArchitecture(fold: $fold) { items sentence metric { name } scoredOn { id }
  cells { arm labels architecture mean seeds } labels { level reference arms ${difference} } architecture { level ${difference} } interaction { level ${difference} }
  seed { sd low high seeds arms } } } }`;
interface Effect {
  level: string;
  reference: string;
  arms: number;
  difference: {
    estimate: number | null;
    low: number;
    high: number;
    seeds: number;
    items: number;
    verdict: string | null;
  };
}
interface Board {
  experiment: { labelsVersusArchitecture: { items: number; sentence: string; metric: { name: string }; scoredOn: { id: string } | null; cells: { labels: string; architecture: string; mean: number | null; seeds: number }[]; labels: Effect[]; architecture: Effect[]; interaction: Effect[]; seed: { sd: number; seeds: number; arms: number } | null } | null }; // biome-ignore format: one line
}
const ask = (id: string, fold = "TEST") => world.graphql<Board>(world.tokens.viewer, board, { id, fold });

describe("arms with labels of their own", () => {
  it("pin them, are scored on one version, and make a grid with their architectures", async () => {
    const { data, errors } = await create();
    expect(errors).toBeUndefined();
    const { id, runs, arms: made, isLabelsVersusArchitecture } = data!.createExperiment;
    expect(made.map(({ labelVersionId }) => labelVersionId)).toEqual([null, null, cleaner, cleaner]);
    for (const { arm, labelVersion } of runs) expect(labelVersion.id).toBe(/clean/.test(arm) ? cleaner : planted.labelVersionId); // biome-ignore format: one line
    expect(isLabelsVersusArchitecture).toBe(true);

    const before = (await ask(id)).data!.experiment.labelsVersusArchitecture!;
    expect(before).toMatchObject({ items: 0, scoredOn: null, seed: null });
    expect(before.sentence).toContain("relabelling (version 2 against version 1) is not known yet");

    await scoreGrid(world, planted);
    const after = (await ask(id)).data!.experiment.labelsVersusArchitecture!;
    expect(after).toMatchObject({ items: 6, metric: { name: "dice" }, scoredOn: { id: cleaner } });
    // Dice of `right` pixels of 100, both sides: right / 100
    expect(after.labels).toMatchObject([{ level: "version 2", reference: "version 1", arms: 2, difference: { seeds: 5, items: 6, verdict: "BETTER" } }]); // biome-ignore format: one line
    expect(after.labels[0]!.difference.estimate).toBeCloseTo(0.2 + (0.01 * 3) / 5 / 2, 10);
    expect(after.architecture[0]!.level).toMatch(/depth 2/);
    expect(after.architecture[0]!.difference.estimate).toBeCloseTo(0.05 + (0.01 * 3) / 5 / 2, 10);
    expect(after.interaction[0]!.difference.estimate).toBeCloseTo((0.01 * 3) / 5, 10);
    expect(after.seed).toMatchObject({ seeds: 5, arms: 4 });
    expect(after.sentence).toMatch(/^In Dice: relabelling \(version 2 against version 1\) = \+0\.203 \(\+0\.\d{3} to \+0\.\d{3}\), new architecture .* another seed alone = ±0\.0\d\d/); // biome-ignore format: one line
    expect(after.cells.map(({ labels, seeds: n }) => [labels, n])).toEqual([["version 1", 5], ["version 1", 5], ["version 2", 5], ["version 2", 5]]); // biome-ignore format: one line
  });

  it("are refused without a version that all are scored on, and with labels of other classes", async () => {
    const alone = await create({ name: "alone", evaluationLabelVersionId: null });
    expect(alone.errors![0]!.message).toContain(
      "evaluationLabelVersionId: arms learn from different labels; say which one version",
    );
    const other = await plant(world, world.database.teamId, { name: "other", seeds: [0] });
    const foreign = await create({ name: "foreign", arms: arms({ labelVersionId: other.labelVersionId }) });
    expect(foreign.errors![0]!.message).toContain("arms.labelVersionId: this label version is of another dataset");
  });

  it("are no grid where something else differs too", async () => {
    const { data } = await create({ name: "loss too", arms: arms({ changes: { ...large, epochs: 7 } }), seeds: [1] });
    const { id, isLabelsVersusArchitecture } = data!.createExperiment;
    expect(isLabelsVersusArchitecture).toBe(false);
    expect((await ask(id)).data!.experiment.labelsVersusArchitecture).toBeNull();
  });

  it("scored on different versions they are not compared: what to do is said", async () => {
    const { db, teamId, userId } = world.database;
    const made = (await create({ name: "a template", seeds: [1] })).data!.createExperiment;
    const { id } = await db.asTeam(teamId, async (sql) => {
      const runs = await sql<{ arm: string; configuration: never }[]>`
        select arm, configuration from runs where team_id = ${teamId} and experiment_id = ${made.id}`;
      return createExperiment(sql, teamId, {
        projectId: planted.projectId,
        name: "scored apart",
        question: "?",
        datasetId: planted.datasetId,
        labelVersionId: planted.labelVersionId,
        splitId: planted.splitId,
        base: { ...segmentationDefaults },
        arms: arms(),
        seeds: [1],
        equivalenceMargin: null,
        createdBy: userId,
        codeCommit: "c",
        runs: runs.map(({ arm, configuration }) => ({ arm, seed: 1, configuration, startingRunId: null, name: arm, ...(/clean/.test(arm) && { labelVersionId: cleaner }) })), // biome-ignore format: one line
      });
    });
    await scoreGrid(world, planted);
    const { data, errors } = await ask(id);
    expect(data!.experiment.labelsVersusArchitecture).toBeNull();
    expect(errors![0]!.extensions.code).toBe("CONFLICT");
    expect(errors![0]!.message).toContain("scored on 2 label versions");
    expect(errors![0]!.message).toContain("make the experiment again with evaluationLabelVersionId");
  });
});
