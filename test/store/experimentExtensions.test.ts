import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { type Extension, extendExperiment, extensionsOf } from "@tessera/store/experimentExtensions";
import { createExperiment, type Experiment, experimentsByIds } from "@tessera/store/experiments";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { runsOfExperiments } from "@tessera/store/runs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { makeStudy, sha } from "../support/study.ts";

let database: TestDatabase;
let study: Awaited<ReturnType<typeof makeStudy>>;
beforeAll(async () => {
  database = await testDatabase();
  study = await makeStudy(database);
});
afterAll(() => database.close());

const ask = <T>(work: Parameters<typeof database.db.asTeam<T>>[1], teamId = database.teamId) =>
  database.db.asTeam(teamId, work);
const current = async (): Promise<Experiment> =>
  (await ask((sql) => experimentsByIds(sql, database.teamId, [study.experiment.id])))[0]!;
const extend = (more: Pick<Extension, "arms" | "seeds">, teamId = database.teamId) => {
  const runs = more.arms.flatMap(({ name, changes }) =>
    more.seeds.map((seed) => ({
      ...{ arm: name, seed, configuration: { ...changes }, startingRunId: null, name: `${name} ${seed}` },
    })),
  );
  const by = { experimentId: study.experiment.id, codeCommit: "later", createdBy: database.userId };
  return ask((sql) => extendExperiment(sql, teamId, { ...by, ...more, runs }), teamId);
};
const runs = () => ask((sql) => runsOfExperiments(sql, database.teamId, [study.experiment.id])).then(([all]) => all!);

describe("an experiment that grows", () => {
  it("keeps what it had, queues what is missing, and remembers what was known by then", async () => {
    const before = await current();
    const had = await runs();
    const [teamId, { workerId, items }] = [database.teamId, study];
    const claimed = (await claimRun(database.db, { teamId, workerId, leaseSeconds: 60 }))!;
    const at = { teamId, runId: claimed.id, attempt: claimed.attempt };
    const counts = { truePositives: 1, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
    const pieces = { truthComponents: 1, predictedComponents: 1, predictionSha256: sha("p") };
    const item = { itemId: items[0]!.id, classIndex: 0, ...counts, ...pieces };
    const evaluation = { checkpointStep: 1, size: 8, threshold: 0.5, items: [item] };
    await ingest(database.db, { ...at, sequence: 1, events: [{ type: "evaluation", fold: "test", ...evaluation }] });
    await endAttempt(database.db, { ...at, outcome: "succeeded" });

    const arms = [...before.arms, { name: "added", changes: { epochs: 9 } }];
    const seeds = [...before.seeds, 70];
    const added = await extend({ arms, seeds });
    expect(added).toBe(arms.length * seeds.length - had.length);
    expect(await current()).toEqual({ ...before, arms, seeds });
    const now = await runs();
    expect(now.filter((run) => had.some(({ id }) => id === run.id)).map(({ id }) => id)).toEqual(
      had.map(({ id }) => id),
    );
    expect(now.find(({ id }) => id === claimed.id)).toMatchObject({ state: "succeeded" });
    const fresh = now.filter((run) => !had.some(({ id }) => id === run.id));
    expect(fresh).toHaveLength(added);
    for (const run of fresh) {
      const { datasetId, labelVersionId, splitId, projectId } = before;
      expect(run).toMatchObject({
        state: "queued",
        codeCommit: "later",
        datasetId,
        labelVersionId,
        splitId,
        projectId,
      });
      expect(run.arm === "added" || run.seed === 70).toBe(true);
    }
    expect(await extend({ arms, seeds })).toBe(0);
    const extensions = await ask((sql) => extensionsOf(sql, teamId, [before.id]));
    expect(extensions).toMatchObject([
      {
        number: 1,
        addedArms: ["added"],
        addedSeeds: [70],
        addedRuns: added,
        scoredRuns: 1,
        createdBy: database.userId,
      },
    ]);
  });

  it("by runs that learn from the labels of their arm, and are scored on those of the experiment", async () => {
    const { teamId, userId } = database;
    const { dataset, schema, labels, split, project, labelVersion } = study;
    const frozen = { datasetId: dataset.id, schemaId: schema.id, note: "", rule: "fewer" };
    const other = await ask((sql) => freezeLabelVersion(sql, teamId, { ...frozen, labels: labels.slice(1) }));
    const arms = [
      { name: "plain", changes: {} },
      { name: "own", changes: {}, labelVersionId: other.id },
    ];
    const { id: experimentId } = await ask((sql) =>
      createExperiment(sql, teamId, {
        ...{ projectId: project.id, name: "labels of arms", question: "?", datasetId: dataset.id, splitId: split.id },
        ...{ labelVersionId: labelVersion.id, evaluationLabelVersionId: other.id, base: {}, arms, seeds: [0] },
        ...{ equivalenceMargin: null, createdBy: userId, codeCommit: "c", runs: [] },
      }),
    );
    const added = arms.map(({ name: arm, labelVersionId }) => ({
      ...{ arm, seed: 7, configuration: {}, startingRunId: null, name: arm },
      ...(labelVersionId && { labelVersionId }),
    }));
    const grown = { experimentId, arms, seeds: [0, 7], runs: added, codeCommit: "c", createdBy: userId };
    expect(await ask((sql) => extendExperiment(sql, teamId, grown))).toBe(2);
    const [made] = await ask((sql) => runsOfExperiments(sql, teamId, [experimentId]));
    const found = made!.map(({ arm, labelVersionId, evaluationLabelVersionId }) => [
      arm,
      labelVersionId,
      evaluationLabelVersionId,
    ]);
    expect(found.sort()).toEqual([
      ["own", other.id, other.id],
      ["plain", labelVersion.id, other.id],
    ]);
  });

  it("does not lose or change an arm or a seed", async () => {
    const { arms, seeds } = await current();
    const refused = "never changed or taken away";
    await expect(extend({ arms: arms.slice(1), seeds })).rejects.toThrow(refused);
    await expect(extend({ arms, seeds: seeds.slice(1) })).rejects.toThrow(refused);
    const changed = [{ name: arms[0]!.name, changes: { epochs: 1 } }, ...arms.slice(1)];
    await expect(extend({ arms: changed, seeds })).rejects.toThrow(refused);
    expect(await current()).toMatchObject({ arms, seeds });
  });

  it("is out of reach for another team, and for a statement without one", async () => {
    const { arms, seeds } = await current();
    const more = { arms, seeds: [...seeds, 99] };
    await expect(extend(more, database.otherTeamId)).rejects.toThrow("never changed");
    const [row] = await database.db.once(
      (sql) => sql<{ added: number | null }[]>`select extend_experiment(${database.teamId}, ${study.experiment.id},
        ${sql.json(arms as never)}, ${more.seeds}::integer[], '[]', 'c', ${database.userId}) as added`,
    );
    expect(row!.added).toBeNull();
    const byHand = ask((sql) => sql`update experiments set seeds = '{1}' where id = ${study.experiment.id}`);
    await expect(byHand).rejects.toThrow("permission denied");
  });
});
