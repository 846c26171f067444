import type { FeatureReuseResult } from "@tessera/domain/inspections/featureReuse";
import { claimInspection, finishInspection } from "@tessera/store/inspectionQueue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
});
afterAll(() => world.close());

const fields = `id kind state total done error request runs { id } featureReuse { blocksA blocksB items batch draws
  similarities { estimator values randomHigh randomMean shuffledHigh shuffledMean } distances { block distance } }`;
interface Inspection {
  readonly id: string;
  readonly state: string;
  readonly featureReuse: FeatureReuseResult | null;
}
const ask = (input: object, token = world.tokens.researcher) =>
  world.graphql<{ inspectFeatureReuse: Inspection }>(
    token,
    `mutation ($input: InspectFeatureReuseInput!) { inspectFeatureReuse(input: $input) { ${fields} } }`,
    { input },
  );
const change = (mutation: string, id: string) =>
  world.graphql<Record<string, Inspection>>(
    world.tokens.researcher,
    `mutation ($id: UUID!) { ${mutation}(id: $id) { id state done } }`,
    { id },
  );
const startToEnd = (more: object = {}) => {
  const [runId] = planted.runIds;
  return { a: { runId, at: "START" }, b: { runId, at: "END" }, ...more };
};
const cell = [[0.5, null]];
const result: FeatureReuseResult = {
  ...{ blocksA: ["stem"], blocksB: ["stem", "block1"], items: 9, batch: 4, draws: 20 },
  similarities: [
    { estimator: "unbiased", values: cell, randomHigh: cell, randomMean: cell, shuffledHigh: cell, shuffledMean: cell },
  ],
  distances: null,
};

describe("inspectFeatureReuse", () => {
  it("queues an inspection once, which its runs list and a worker answers", async () => {
    const { data, errors } = await ask(startToEnd());
    expect(errors).toBeUndefined();
    const { id } = data!.inspectFeatureReuse;
    expect(data!.inspectFeatureReuse).toMatchObject({
      kind: "FEATURE_REUSE",
      state: "QUEUED",
      request: { items: 256, positions: "average", draws: 20 },
      runs: [{ id: planted.runIds[0] }],
      featureReuse: null,
    });
    expect((await ask(startToEnd({ draws: 20 }))).data!.inspectFeatureReuse.id).toBe(id);

    const { db, teamId } = world.database;
    const claimed = (await claimInspection(db, { teamId, workerId: planted.workerId, leaseSeconds: 60 }))!;
    expect(claimed).toMatchObject({ id, attempt: 1, kind: "featureReuse", runIds: [planted.runIds[0]] });
    const blob = { sha256: "b".repeat(64), size: 3, mediaType: "image/png" };
    const end = { teamId, id, attempt: 1, result, blobs: [blob] };
    await finishInspection(db, end);
    await finishInspection(db, end); // told twice, it is one
    await expect(finishInspection(db, { ...end, attempt: 2 })).rejects.toMatchObject({ code: "STALE_ATTEMPT" });
    const listed = await world.graphql<{ run: { inspections: Inspection[] }; inspection: Inspection }>(
      world.tokens.viewer,
      `query ($run: UUID!, $id: UUID!) { run(id: $run) { inspections(kind: FEATURE_REUSE) { ${fields} } } inspection(id: $id) { id } }`,
      { run: planted.runIds[0], id },
    );
    expect(listed.errors).toBeUndefined();
    const unbiased = { ...result.similarities[0], estimator: "UNBIASED" };
    expect(listed.data!.run.inspections).toMatchObject([
      { id, state: "SUCCEEDED", featureReuse: { ...result, similarities: [unbiased] } },
    ]);
    const files = await world.database.owner`select media_type from blobs where sha256 = ${blob.sha256}`;
    expect(files).toEqual([{ mediaType: "image/png" }]);
  });

  it("can be cancelled and tried again", async () => {
    const { id } = (await ask(startToEnd({ draws: 30 }))).data!.inspectFeatureReuse;
    expect((await change("cancelInspection", id)).data!.cancelInspection).toMatchObject({ state: "CANCELLED" });
    expect((await change("retryInspection", id)).data!.retryInspection).toMatchObject({ state: "QUEUED" });
    await change("cancelInspection", id);
    const nothing = await change("cancelInspection", "00000000-0000-4000-8000-000000000000");
    expect(nothing.errors![0]!.extensions.code).toBe("NOT_FOUND");
  });

  it.each([
    [{ items: 2 }, "BAD_INPUT", "items: expected a whole number from 8 to 1024"],
    [{ draws: 3 }, "BAD_INPUT", "the 0.95 quantile needs at least 20"],
  ])("refuses %j", async (more, code, message) => {
    const { errors } = await ask(startToEnd(more));
    expect(errors![0]!.extensions.code).toBe(code);
    expect(errors![0]!.message).toContain(message);
  });

  it("needs a researcher, and runs of the own team", async () => {
    expect((await ask(startToEnd(), world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
    expect((await ask(startToEnd(), world.otherToken)).errors![0]!.extensions.code).toBe("NOT_FOUND");
  });
});
