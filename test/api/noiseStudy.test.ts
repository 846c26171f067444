/** Noise studies through the api: versions, then runs, then further scorings, from one mutation; and the board of it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asWorkers, counts, type NoiseData, noiseInput, plantNoiseData } from "./noiseWorld.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let data: NoiseData;
let workers: ReturnType<typeof asWorkers>;
beforeAll(async () => {
  world = await startWorld();
  data = await plantNoiseData(world, world.database.teamId, "Films");
  workers = asWorkers(world, world.database.teamId, data.worker.id);
});
afterAll(() => world.close());

interface Study {
  readonly id: string;
  readonly isNoiseStudy: boolean;
  readonly seeds: number[];
  readonly arms: { name: string }[];
  readonly runs: { id: string; arm: string; seed: number; labelVersion: { id: string; number: number } }[];
}
const fields = "id isNoiseStudy seeds arms { name } runs { id arm seed labelVersion { id number } }";
const create = (more: object = {}, token = world.tokens.researcher) =>
  world.graphql<{ createNoiseStudy: Study }>(
    token,
    `mutation ($input: CreateNoiseStudyInput!) { createNoiseStudy(input: $input) { ${fields} } }`,
    { input: noiseInput(data, more) },
  );
async function created(more: object = {}): Promise<Study> {
  const { data: answer, errors } = await create(more);
  expect(errors).toBeUndefined();
  return answer!.createNoiseStudy;
}
// biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
async function board(id: string, metric: string | null = null): Promise<any> {
  const { data: answer, errors } = await world.graphql<{ experiment: { noiseStudy: object } }>(
    world.tokens.viewer,
    `query ($id: UUID!, $metric: String) { experiment(id: $id) { noiseStudy(metric: $metric) {
      chance verdict notes methods noiseSeed equivalenceMargin
      progress { versions versionsMade versionsFailed runs runsWaiting runsSucceeded runsFailed scorings scoringsDone scoringsFailed isOver }
      versions { noise level text trains evaluates state error effectiveRate labelVersionId }
      noises { name kind unit onEffectiveRate trainingLevels evaluationLevels
        curves { method
          points { level x arm low high score { mean sd seeds items perSeed { seed mean runId } } }
          area { mean low high seeds items } areaDifference { estimate low high verdict reason }
          breakdown { estimate low high seeds reached last } breakdownDifference { estimate verdict reason } }
        grid { method trainingLevel evaluationLevel mean sd seeds items corrected }
        swaps { trainingLevel evaluationLevel better worse decided } } } } }`,
    { id, metric },
  );
  expect(errors).toBeUndefined();
  return answer!.experiment.noiseStudy;
}

/** How far the planted runs tell the classes apart: "long" breaks down under noise, "plain" hardly does. */
const apart = ({ arm }: { readonly arm: string }) =>
  arm.startsWith("plain")
    ? arm.includes("80 %")
      ? 1.8
      : 2
    : arm.includes("80 %")
      ? 0.2
      : arm.includes("40 %")
        ? 1
        : 2.6;

describe("createNoiseStudy", () => {
  let study: Study;

  it("queues what learns without noise, and the rest once its labels are there, with no second call", async () => {
    study = await created();
    expect(study.isNoiseStudy).toBe(true);
    expect(study.arms.map(({ name }) => name)).toEqual([
      ...["plain · no noise", "plain · symmetric 40 %", "plain · symmetric 80 %"],
      ...["long · no noise", "long · symmetric 40 %", "long · symmetric 80 %"],
    ]);
    expect(study.runs.map(({ arm }) => arm)).toEqual(
      ["plain", "long"].flatMap((each) => Array(5).fill(`${each} · no noise`)),
    );
    const before = await board(study.id);
    expect(before.progress).toMatchObject({
      versions: 2,
      versionsMade: 0,
      runs: 30,
      runsWaiting: 20,
      scorings: 30,
      isOver: false,
    });
    expect(before.versions).toMatchObject([
      { text: "symmetric 40 %", trains: true, evaluates: true, state: "QUEUED", effectiveRate: 0.2 },
      { text: "symmetric 80 %", trains: true, evaluates: false, state: "QUEUED", effectiveRate: 0.4 },
    ]);
    expect(before.verdict).toContain("long has no comparison yet");
    expect(await created()).toEqual(study);

    // A run is scored before the version that it is to be scored on is there, and others after.
    expect(await workers.train(data, apart)).toHaveLength(10);
    expect(await workers.score()).toBe(0);
    expect(await workers.makeLabels()).toBe(true);
    expect(await workers.score()).toBe(10);
    expect(await workers.makeLabels()).toBe(true);
    const trained = await workers.train(data, apart);
    expect(new Set(trained.map(({ arm }) => arm)).size).toBe(4);
    expect(await workers.score()).toBe(20);
    expect(await workers.makeLabels()).toBe(false);
    expect((await board(study.id)).progress).toMatchObject({ versionsMade: 2, runsSucceeded: 30, runsWaiting: 0, scoringsDone: 30, isOver: true }); // biome-ignore format: one line
  });

  it("trains on the version of its arm, and scores first on the labels without noise", async () => {
    const { data: answer } = await world.graphql<{ experiment: { runs: object[] } }>(
      world.tokens.viewer,
      `query ($id: UUID!) { experiment(id: $id) { runs { id arm labelVersion { id }
        evaluation { scoring scoredFrom labelVersion { id } } } } }`,
      { id: study.id },
    );
    const { versions } = await board(study.id);
    const of = (level: number) => (level === 0 ? data.labelVersion.id : versions.find((each: { level: number }) => each.level === level).labelVersionId); // biome-ignore format: one line
    // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's
    for (const { arm, id, labelVersion, evaluation } of answer!.experiment.runs as any[]) {
      expect(labelVersion.id).toBe(of(arm.includes("80 %") ? 0.8 : arm.includes("40 %") ? 0.4 : 0));
      expect(evaluation).toEqual({ scoring: 1, scoredFrom: null, labelVersion: { id: data.labelVersion.id } });
      const { data: scored } = await world.graphql<{ foldScorings: { id: string }[] }>(
        world.tokens.viewer,
        "query ($id: UUID!) { foldScorings(runId: $id) { id scoring scoredFrom labelVersionId score labelVersion } }",
        { id },
      );
      const scorings = scored!.foldScorings;
      expect(scorings).toMatchObject([
        { scoring: 1, scoredFrom: null },
        { scoring: 2, scoredFrom: scorings[0]!.id, labelVersionId: of(0.4) },
      ]);
    }
  });

  it("compares two arms on the test fold, on the labels without noise, and not on validation labels that differ", async () => {
    const { owner, teamId } = world.database;
    await owner`
      insert into evaluations (team_id, run_id, attempt, fold, scoring, label_version_id, split_id, checkpoint_step, size, threshold, items, task)
      select e.team_id, e.run_id, e.attempt, 'validation', 1, r.label_version_id, e.split_id, 9, 64, 0.5, 0, 'classification'
      from evaluations e join runs r on r.team_id = e.team_id and r.id = e.run_id
      where e.team_id = ${teamId} and e.scoring = 1`;
    const compare = (fold: string) =>
      world.graphql<{ experiment: { classificationComparison: object } }>(
        world.tokens.viewer,
        `query ($id: UUID!, $fold: Fold!) { experiment(id: $id) {
          classificationComparison(fold: $fold, armA: "plain · no noise", armB: "plain · symmetric 40 %") { fold } } }`,
        { id: study.id, fold },
      );
    const onTest = await compare("TEST");
    expect(onTest.data!.experiment.classificationComparison).toEqual({ fold: "TEST" });
    const onValidation = await compare("VALIDATION");
    expect(onValidation.errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field: "fold" });
  });

  it("gives curves on the effective rate, areas, breakdown points and a verdict", async () => {
    const { noises, verdict, chance, methods } = await board(study.id);
    expect([chance, methods]).toEqual([0.5, ["plain", "long"]]);
    const [{ curves, trainingLevels, onEffectiveRate }] = noises;
    expect([trainingLevels, onEffectiveRate]).toEqual([[0, 0.4, 0.8], true]);
    const [plain, long] = curves;
    const places = plain.points.map(({ x }: { x: number }) => x);
    expect(places[0]).toBe(0);
    for (const [i, expected] of [0.2, 0.4].entries()) expect(Math.abs(places[i + 1] - expected)).toBeLessThan(0.08);
    expect(long.points[0].score).toMatchObject({ seeds: 5, items: counts.test });
    expect(plain.breakdown).toMatchObject({ reached: 0, seeds: 5, high: null, estimate: places[2], last: places[2] });
    expect(long.breakdown.reached).toBe(5);
    expect(long.breakdown.estimate).toBeGreaterThan(0);
    expect(long.breakdown.estimate).toBeLessThan(places[2]);
    expect(plain.area.mean).toBeGreaterThan(long.area.mean);
    expect(long.areaDifference.verdict).toBe("WORSE");
    expect(long.breakdownDifference.verdict).toBe("WORSE");
    expect(verdict).toMatch(
      /^Under symmetric noise plain is better than long \(−0\.\d{3}, 95 % interval −0\.\d{3} to −0\.\d{3}\)\. Differences of the mean AUC/,
    );
  });

  it("gives the grid of training and evaluation noise, corrected where AUC can be", async () => {
    const { noises } = await board(study.id);
    const [{ grid }] = noises;
    expect(grid).toHaveLength(2 * 3 * 2);
    const cell = (method: string, training: number, evaluation: number) =>
      grid.find((each: { method: string; trainingLevel: number; evaluationLevel: number }) => each.method === method && each.trainingLevel === training && each.evaluationLevel === evaluation); // biome-ignore format: one line
    const [clean, noisy] = [cell("plain", 0, 0), cell("plain", 0, 0.4)];
    expect(clean).toMatchObject({ seeds: 5, items: counts.test, corrected: null });
    expect(noisy.mean).toBeLessThan(clean.mean - 0.05);
    expect(Math.abs(noisy.corrected - clean.mean)).toBeLessThan(0.08);
    const accuracy = (await board(study.id, "accuracy")).noises[0].grid;
    expect(accuracy.every(({ corrected }: { corrected: number | null }) => corrected === null)).toBe(true);
  });

  it("grows: what is missing is added, nothing is done twice, and what looked at test is said", async () => {
    const grownInput = {
      methods: [{ name: "short", changes: { epochs: 3 } }],
      noises: [{ model: { kind: "symmetric" }, trainingLevels: [0.2], evaluationLevels: [0.8] }],
      seeds: [1, 2, 3, 4, 5, 6],
    };
    const grown = await created(grownInput);
    expect(grown.id).toBe(study.id);
    expect(grown.arms).toHaveLength(3 * 4);
    const { progress } = await board(study.id);
    expect(progress).toMatchObject({ versions: 3, versionsMade: 2, runs: 72, runsWaiting: 3 * 6 });
    expect(await workers.score()).toBe(30); // the runs of before, on 80 %
    expect(await workers.makeLabels()).toBe(true);
    await workers.train(data, apart);
    await workers.score();
    const { progress: after, notes } = await board(study.id);
    expect(after).toMatchObject({ runsSucceeded: 72, scorings: 144, scoringsDone: 144, isOver: true });
    expect(notes.join(" ")).toMatch(/Seed 6 was added on .+, when 30 runs had been scored on test/);
    expect(await created(grownInput)).toMatchObject({ id: study.id, seeds: [1, 2, 3, 4, 5, 6] });
    expect((await board(study.id)).progress).toEqual(after);
  });

  it("makes a failed version again when it is asked for again, and shares what another study has made", async () => {
    const input = {
      name: "Fails",
      noises: [{ model: { kind: "symmetric" }, trainingLevels: [0.5, 0.4], evaluationLevels: [] }],
    };
    const failing = await created(input);
    expect((await board(failing.id)).progress).toMatchObject({ versions: 2, versionsMade: 1, runsWaiting: 10 });
    expect(await workers.makeLabels("the disk is full")).toBe(true);
    const { progress, versions } = await board(failing.id);
    expect(progress).toMatchObject({ versionsFailed: 1 });
    expect(versions[1]).toMatchObject({ state: "FAILED", error: "the disk is full" });
    await created(input);
    expect(await workers.makeLabels()).toBe(true);
    expect((await board(failing.id)).progress).toMatchObject({ versionsMade: 2, versionsFailed: 0, runsWaiting: 0 });
  });
});

describe("refuses", () => {
  const symmetric = (more: object = {}) => ({
    model: { kind: "symmetric" },
    trainingLevels: [0.2],
    evaluationLevels: [],
    ...more,
  });

  it.each<[string, object, string]>([
    ["no method", { methods: [] }, "methods"],
    [
      "two methods that are the same runs",
      {
        methods: [
          { name: "a", changes: {} },
          { name: "b", changes: {} },
        ],
      },
      "methods",
    ],
    ["no noise", { noises: [] }, "noises"],
    ["noise of masks", { noises: [symmetric({ model: { kind: "dilation" } })] }, "noises.0"],
    ["a level out of its range", { noises: [symmetric({ trainingLevels: [1.2] })] }, "noises.0"],
    ["a level below 0", { noises: [symmetric({ evaluationLevels: [-0.2] })] }, "noises.0"],
    ["no level", { noises: [symmetric({ trainingLevels: [0] })] }, "noises.0"],
    ["a reader who is not there", { noises: [symmetric({ model: { kind: "secondReader", reader: "Eve" } })] }, "rule"],
    ["two noises of one name", { noises: [symmetric(), symmetric({ trainingLevels: [0.3] })] }, "noises"],
    ["a noise seed that is none", { noiseSeed: -1 }, "noiseSeed"],
    ["more runs than a board takes", { seeds: Array.from({ length: 60 }, (_, i) => i) }, "seeds"],
  ])("%s, and makes nothing", async (_, more, field) => {
    const { errors } = await create({ name: "Refused", ...more });
    expect(errors![0]!.extensions).toMatchObject({ code: "BAD_INPUT", field });
    const { owner, teamId } = world.database;
    const made = await owner`select from experiments where team_id = ${teamId} and name = 'Refused'`;
    expect(made).toHaveLength(0);
  });

  it.each<[object, string]>([
    [{ noiseSeed: 4 }, "noiseSeed"],
    [{ question: "Another" }, "question"],
    [{ methods: [{ name: "plain", changes: { epochs: 7 } }] }, "methods"],
    [{ noises: [symmetric({ name: "symmetric", model: { kind: "instanceDependent" } })] }, "noises"],
  ])("another study of the same name (%#)", async (more, differs) => {
    const { errors } = await create(more);
    expect(errors![0]!.extensions).toMatchObject({ code: "CONFLICT", differs });
  });

  it("the name of an experiment that is none, and who is no researcher", async () => {
    const taken = await create({ projectName: "Project of Films", name: "Films" });
    expect(taken.errors![0]!.extensions).toMatchObject({ code: "CONFLICT", differs: "methods" });
    expect((await create({}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });

  it("says beforehand what it would make", async () => {
    const { methods, base, labelVersionId } = noiseInput(data);
    const noises = [{ ...symmetric({ evaluationLevels: [0.4, 0.2] }) }];
    const { data: answer, errors } = await world.graphql<{ noiseStudyPlan: object }>(
      world.tokens.viewer,
      `query ($base: JSONObject!, $methods: [NoiseMethodInput!]!, $noises: [NoiseInput!]!, $id: UUID!) {
        noiseStudyPlan(labelVersionId: $id, base: $base, methods: $methods, noises: $noises, seeds: 5) { versions arms scoringsPerSeed } }`,
      { id: labelVersionId, base, methods, noises },
    );
    expect(errors).toBeUndefined();
    expect(answer!.noiseStudyPlan).toEqual({
      versions: ["symmetric 20 %", "symmetric 40 %"],
      arms: ["plain · no noise", "plain · symmetric 20 %", "long · no noise", "long · symmetric 20 %"],
      scoringsPerSeed: 4 * 2,
    });
  });
});
