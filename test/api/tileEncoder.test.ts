/** Features by a run of the platform: which runs, what is refused, what the bags say of how they were made. */
import { insertImportedBags } from "@tessera/store/importedBags";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plantEncoder } from "./encoderWorld.ts";
import { plant, sha, startWorld, type World } from "./world.ts";

let world: World;
let planted: Awaited<ReturnType<typeof plantEncoder>>;
let segmentations: Awaited<ReturnType<typeof plant>>;
beforeAll(async () => {
  world = await startWorld();
  planted = await plantEncoder(world);
  segmentations = await plant(world, world.database.teamId);
});
afterAll(() => world.close());

interface Job {
  readonly id: string;
  readonly encoder: object | null;
  readonly encoderRun: object | null;
}
const fields = `id kind state encoder { id } dataset { name } rule { size }
  encoderRun { step epoch size run { id name } overlap { count tested subjects unknown } }`;
const make = (input: object, token = world.tokens.researcher) =>
  world.graphql<{ makeFeatures: Job }>(
    token,
    `mutation ($input: MakeFeaturesInput!) { makeFeatures(input: $input) { ${fields} } }`,
    { input: { tilesJobId: planted.tilesJobId, name: "Bags", ...input } },
  );

describe("makeFeatures", () => {
  it.each([
    ["neither", {}, /weightsId: expected imported weights or a run \(runId\), got neither/],
    ["both", () => ({ runId: planted.runId, weightsId: planted.runId }), /got both/],
    [
      "a segmentation",
      () => ({ runId: segmentations.runIds[0] }),
      /runId: expected a classification .*got a run of segmentation that is succeeded/,
    ],
  ])("refuses %s", async (_, input, expected) => {
    const { errors } = await make(typeof input === "function" ? input() : input);
    expect(errors![0]).toMatchObject({ message: expect.stringMatching(expected), extensions: { code: "BAD_INPUT" } });
  });

  it("refuses a run that trains, and one of another team", async () => {
    const { owner } = world.database;
    await owner`update runs set state = 'running' where id = ${planted.runId}`;
    const training = await make({ runId: planted.runId });
    await owner`update runs set state = 'succeeded' where id = ${planted.runId}`;
    expect(training.errors![0]!.message).toMatch(/got a run of classification that is running/);
    const none = await make({ runId: "00000000-0000-4000-8000-000000000000" });
    expect(none.errors![0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
    const viewer = await make({ runId: planted.runId }, world.tokens.viewer);
    expect(viewer.errors![0]).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  });

  it("pins the best checkpoint of a run, and its bags say run, checkpoint, tiles and what it had learnt from", async () => {
    const runs = await world.graphql(world.tokens.viewer, "{ tileEncoderRuns { id } }", {});
    expect(runs.data).toEqual({ tileEncoderRuns: [{ id: planted.runId }] });
    const { data, errors } = await make({ runId: planted.runId });
    expect(errors).toBeUndefined();
    const overlap = { count: 1, tested: 1, subjects: ["p1"], unknown: 0 };
    const encoderRun = { step: 20, epoch: 2, size: 64, run: { id: planted.runId, name: "A 1" }, overlap };
    expect(data!.makeFeatures).toMatchObject({ kind: "FEATURES", state: "QUEUED", encoder: null, encoderRun });
    const [{ request }] = (await world.database.owner`
      select request from slide_jobs where id = ${data!.makeFeatures.id}`) as unknown as [{ request: object }];
    const checkpointSha256 = sha("Where does it look? prediction");
    expect(request).toMatchObject({
      weightsId: null,
      run: { id: planted.runId, checkpointSha256, step: 20, epoch: 2 },
    });

    const bags = await planted.makeBags(data!.makeFeatures.id, "Bags");
    const query = `query ($id: UUID!) { dataset(id: $id) { itemKind madeBy { ${fields} } items(first: 1) { edges { node { bagSource { path } } } } } }`;
    const made = await world.graphql(world.tokens.viewer, query, { id: bags });
    expect(made.data).toMatchObject({
      dataset: {
        itemKind: "BAG",
        madeBy: { id: data!.makeFeatures.id, dataset: { name: "Biopsies" }, rule: { size: 224 }, encoderRun },
        items: { edges: [{ node: { bagSource: null } }] },
      },
    });
    const slides = await world.graphql(world.tokens.viewer, query, { id: planted.datasetId });
    expect(slides.data).toMatchObject({ dataset: { madeBy: null } });
  });
});

it("tells before features are made whether the run has seen the slides' subjects", async () => {
  const query = `query ($datasetId: UUID!, $runId: UUID!) { tileEncoderOverlap(datasetId: $datasetId, runId: $runId) { count tested subjects unknown } }`;
  const ask = (token: string) => world.graphql(token, query, { datasetId: planted.datasetId, runId: planted.runId });
  expect((await ask(world.tokens.viewer)).data).toEqual({
    tileEncoderOverlap: { count: 1, tested: 1, subjects: ["p1"], unknown: 0 },
  });
  expect((await ask(world.otherToken)).errors![0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
});

it("an imported bag names the file that it came in", async () => {
  const { db, teamId, owner } = world.database;
  const [{ id, datasetId }] = (await owner`
    select id, dataset_id as "datasetId" from items where kind = 'bag' limit 1`) as unknown as [
    { id: string; datasetId: string },
  ];
  const source = { path: "h5_files/a.h5", sha256: sha("a.h5"), writer: "trident", encoder: "uni_v1" } as const;
  const sources = [{ itemId: id, ...source }];
  await db.asTeam(teamId, (sql) => insertImportedBags(sql, teamId, { sources, places: [] }));
  const query =
    "query ($id: UUID!) { dataset(id: $id) { items(first: 1) { edges { node { bagSource { path sha256 writer encoder } } } } } }";
  const { data } = await world.graphql(world.tokens.viewer, query, { id: datasetId });
  expect(data).toEqual({ dataset: { items: { edges: [{ node: { bagSource: source } }] } } });
});
