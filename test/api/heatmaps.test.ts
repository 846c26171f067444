/** Heatmaps through the api: asked for, refused, and read with their checks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handMadeAnswer, plantClassifier } from "./heatmapsWorld.ts";
import { plant, sha, startWorld, type World } from "./world.ts";

let world: World;
let planted: Awaited<ReturnType<typeof plantClassifier>>;
beforeAll(async () => {
  world = await startWorld();
  planted = await plantClassifier(world);
});
afterAll(() => world.close());

interface Asked {
  readonly inspectHeatmaps: { readonly id: string; readonly state: string; readonly request: Record<string, unknown> };
}
const ask = (input: object, token = world.tokens.researcher) =>
  world.graphql<Asked>(
    token,
    "mutation ($input: InspectHeatmapsInput!) { inspectHeatmaps(input: $input) { id state request } }",
    { input: { runId: planted.runId, ...input } },
  );

describe("inspectHeatmaps", () => {
  it("fills in what is left out, and asked again is the same inspection", async () => {
    const { data, errors } = await ask({});
    expect(errors).toBeUndefined();
    const { id, state, request } = data!.inspectHeatmaps;
    expect(state).toBe("QUEUED");
    expect(request).toEqual({
      ...{ runId: planted.runId, choice: "confidentRight", itemIds: [], count: 6, baseline: "mean" },
      methods: ["gradCam", "integratedGradients", "occlusion"],
      ...{ guardItems: 12, draws: 8, labelSteps: 300 },
    });
    expect((await ask({ count: 6, baseline: "MEAN", classIndex: null })).data!.inspectHeatmaps.id).toBe(id);
    expect((await ask({ classIndex: 1, methods: ["GRAD_CAM"] })).data!.inspectHeatmaps.id).not.toBe(id);
    const named = await ask({ itemIds: [planted.itemIds[4]], methods: ["OCCLUSION"], baseline: "BLACK" });
    expect(named.data!.inspectHeatmaps.request).toMatchObject({ choice: "named", baseline: "black" });
  });

  it("is refused to a viewer, of a segmentation, and with numbers out of limits", async () => {
    expect((await ask({}, world.tokens.viewer)).errors![0]!.extensions.code).toBe("FORBIDDEN");
    const { runIds } = await plant(world, world.database.teamId);
    const [segmentation] = (await ask({ runId: runIds[0] })).errors!;
    expect(segmentation).toMatchObject({ extensions: { code: "BAD_INPUT" } });
    expect(segmentation!.message).toMatch(/own output says where/);
    expect((await ask({ draws: 4, count: 17 })).errors![0]!.message).toMatch(/2 problem.+count.+draws/s);
    expect((await ask({ runId: planted.runId }, world.otherToken)).errors![0]!.extensions.code).toBe("NOT_FOUND");
  });
});

it("the answer has its maps as files, its items, and every number that a verdict rests on", async () => {
  const { labelVersionId, itemIds } = planted;
  const images = itemIds.map((_, i) => sha(`image ${i}`));
  const made = handMadeAnswer({
    itemIds: itemIds.slice(1, 5),
    images,
    picture: sha("map"),
    maskVersionId: labelVersionId,
  });
  await planted.answer(made); // of the first that was asked
  const query = `query ($runId: UUID!) { run(id: $runId) { inspections(kind: HEATMAPS) { state heatmaps {
    size guardItems draws chosenAmong occlusionPatch occlusionStride maskVersion { id }
    labelRandomised { runId steps accuracy chance }
    items { fold truth probabilities classIndex imageUrl item { name }
      maps { method pictureUrl valuesUrl low high integration { steps difference missing } } }
    methods { method verdict items blank cascade { block similarity { signed } chance { structure } }
      weights { n verdict left { measure estimate low high } } labels { n similarity { magnitude } }
      localisation { items auc { mean low high } overEdgeDetector { mean } } } } } } }`;
  const { data, errors } = await world.graphql<{ run: { inspections: { state: string; heatmaps: Read | null }[] } }>(
    world.tokens.viewer,
    query,
    { runId: planted.runId },
  );
  expect(errors).toBeUndefined();
  const { heatmaps } = data!.run.inspections.find(({ state }) => state === "SUCCEEDED")!;
  expect(data!.run.inspections.filter(({ heatmaps: none }) => none === null)).toHaveLength(2); // not answered yet
  expect(heatmaps).toMatchObject({
    ...{ size: 64, chosenAmong: 4, occlusionPatch: 8, occlusionStride: 4, maskVersion: { id: labelVersionId } },
    labelRandomised: { runId: null, steps: 300, accuracy: 0.87, chance: 0.5 },
  });
  expect(heatmaps!.items.map(({ item, fold }) => [item.name, fold])).toEqual([
    ["film 1", "VALIDATION"],
    ["film 2", "VALIDATION"],
    ["film 3", "VALIDATION"],
    ["film 4", "TEST"],
  ]);
  expect(heatmaps!.items[0]).toMatchObject({
    imageUrl: `/files/${images[0]}`,
    maps: [
      { method: "GRAD_CAM", pictureUrl: `/files/${sha("map")}`, integration: null },
      { method: "INTEGRATED_GRADIENTS", integration: { steps: 64, difference: 2, missing: 0.3 } },
      { method: "OCCLUSION", low: -1, high: 2 },
    ],
  });
  expect(heatmaps!.methods.map(({ verdict }) => verdict)).toEqual(["PASSES", "PARTLY", "INDEPENDENT"]);
  expect(heatmaps!.methods[1]).toMatchObject({
    cascade: [
      { block: "head" },
      {},
      {},
      {},
      {},
      {},
      { block: "stem", similarity: { signed: made.methods[1]!.cascade[6]!.similarity.signed } },
    ],
    weights: { n: 8, left: [{}, { measure: "MAGNITUDE", estimate: 0.52 }, {}] },
    labels: { n: 11, similarity: { magnitude: 0.52 } },
    localisation: { items: 9, auc: { mean: 0.72 } },
  });
});

interface Read {
  readonly items: readonly { readonly fold: string; readonly item: { readonly name: string } }[];
  readonly methods: readonly { readonly verdict: string }[];
}
