/** Predictions of a foreign run through the api: refused with the field and the reason, or queued and shown on the run. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let runId: string;
let sha256: string;

beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
  const input = { projectName: "P", name: "theirs", configuration: {} };
  const document = "mutation ($input: CreateForeignRunInput!) { createForeignRun(input: $input) { id } }";
  const { data } = await world.graphql<{ createForeignRun: { id: string } }>(world.tokens.researcher, document, {
    input,
  });
  runId = data!.createForeignRun.id;
  const bytes = "any bytes: a worker looks at them, not the api";
  sha256 = createHash("sha256").update(bytes).digest("hex");
  const headers = { authorization: `Bearer ${world.tokens.researcher}`, "content-type": "image/png" };
  const put = await fetch(`${world.url}/files/${sha256}`, { method: "PUT", headers, body: bytes });
  expect(put.ok).toBe(true);
});
afterAll(() => world.close());

const fields = "id state total done error finishedAt";

async function score(changes: object = {}, token = world.tokens.researcher) {
  const { labelVersionId, splitId } = planted;
  const testItems = await itemsOfTest();
  const predictions = testItems.map((itemId) => ({ itemId, sha256 }));
  const input = { runId, labelVersionId, splitId, fold: "TEST", size: 32, predictions, ...changes };
  return world.graphql<{ scorePredictions: { id: string } }>(
    token,
    `mutation ($input: ScorePredictionsInput!) { scorePredictions(input: $input) { ${fields} } }`,
    { input },
  );
}

async function itemsOfTest(): Promise<string[]> {
  const { data } = await world.graphql<{ dataset: { items: { edges: { node: { id: string } }[] } } }>(
    world.tokens.viewer,
    `query ($id: UUID!, $splitId: UUID!) {
      dataset(id: $id) { items(splitId: $splitId, fold: TEST) { edges { node { id } } } } }`,
    { id: planted.datasetId, splitId: planted.splitId },
  );
  return data!.dataset.items.edges.map(({ node }) => node.id);
}

describe("scorePredictions", () => {
  it("queues what is whole, and the run shows it, the newest first", async () => {
    const { data, errors } = await score();
    expect(errors).toBeUndefined();
    const queued = { state: "QUEUED", total: (await itemsOfTest()).length, done: 0, error: null, finishedAt: null };
    expect(data!.scorePredictions).toMatchObject(queued);
    const second = (await score()).data!.scorePredictions;
    const { owner } = world.database;
    await owner`update prediction_scorings set state = 'failed', error = 'item-1: no picture' where id = ${second.id}`;
    const answer = await world.graphql<{ run: object; runs: object }>(
      world.tokens.viewer,
      `query ($id: UUID!) { run(id: $id) { predictionScorings { ${fields} } } }`,
      { id: runId },
    );
    expect(answer.data!.run).toEqual({
      predictionScorings: [
        { id: second.id, ...queued, state: "FAILED", error: "item-1: no picture" },
        { id: data!.scorePredictions.id, ...queued },
      ],
    });
  });

  it.each([
    ["no prediction of an item", () => ({ predictions: [] }), "BAD_INPUT", "predictions"],
    ["a fold that is trained on", () => ({ fold: "TRAIN" }), "BAD_INPUT", "fold"],
    ["a size out of range", () => ({ size: 4096 }), "BAD_INPUT", "size"],
    ["a run of ours", () => ({ runId: planted.runIds[0] }), "CONFLICT", undefined],
  ])("refuses %s", async (_, changes, code, field) => {
    const { errors } = await score(changes());
    expect(errors![0]!.extensions).toMatchObject({ code, ...(field && { field }) });
  });

  it("needs a researcher", async () => {
    expect((await score({}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});
