import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { type Extension, extendExperiment, extensionsOf } from "@tessera/store/experimentExtensions";
import { type Experiment, experimentsByIds } from "@tessera/store/experiments";
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
