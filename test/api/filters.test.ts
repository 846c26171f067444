/** Cat v. x-ray through the api: asked by an item and by a file, answered by type. */
import { createHash } from "node:crypto";
import type { FilterResponsesResult } from "@tessera/domain/inspections/filterResponses";
import { claimInspection, finishInspection } from "@tessera/store/inspectionQueue";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let uploaded: string;

beforeAll(async () => {
  world = await startWorld();
  planted = await plant(world, world.database.teamId);
  const bytes = Buffer.from("a cat");
  uploaded = createHash("sha256").update(bytes).digest("hex");
  const headers = { authorization: `Bearer ${world.tokens.researcher}`, "content-type": "image/bmp" };
  const sent = await fetch(`${world.url}/files/${uploaded}`, { method: "PUT", headers, body: bytes });
  expect(sent.ok).toBe(true);
});
afterAll(() => world.close());

interface Inspection {
  readonly id: string;
  readonly state: string;
  readonly request: { images: { name: string; sha256: string; itemId: string | null }[] };
}
const ask = (images: readonly object[], token = world.tokens.researcher) =>
  world.graphql<{ inspectFilters: Inspection }>(
    token,
    "mutation ($input: InspectFiltersInput!) { inspectFilters(input: $input) { id kind state request } }",
    { input: { runId: planted.runIds[0], images } },
  );
const both = () => [{ sha256: uploaded, name: "cat.bmp" }, { itemId: planted.itemIds[3] }];

const spread = { low: 0, quarter: 0.1, middle: 0.2, threeQuarters: 0.3, high: 0.4 };
const response = { mean: 0.1, active: 0.5, low: 0, high: 2 };
const dead = { before: 1, after: 2 };
const result: FilterResponsesResult = {
  size: 64,
  channels: 3,
  images: ["cat.bmp", "item 03"].map((name, i) => ({ name, sha256: String(i).repeat(64) })),
  validationItems: 2,
  depths: [
    {
      ...{ block: "stem", layer: "stem/relu", filters: 8, side: 32, shownSide: 32, change: 0.5, distances: spread },
      sha256: "a".repeat(64),
      shown: [
        {
          ...{ filter: 3, change: 0.7, distance: null, black: 0, white: 2 },
          before: [response, response],
          after: [response, response],
        },
      ],
    },
  ],
  layers: [{ layer: "stem/relu", block: "stem", filters: 8, images: [dead, dead], both: dead, validation: dead }],
  firstLayer: {
    ...{ kernel: "stem/conv/kernel", side: 3, sha256: "b".repeat(64), frequencies: [0, 0.5] },
    ...{ highFrequency: 0.25, highShareOfNoise: 0.8 },
    filters: [{ filter: 0, before: [1, 2], after: [2, 1], highBefore: 0.4, highAfter: null }],
  },
};

describe("inspectFilters", () => {
  it("finds the file of an item, and is one question however often it is asked", async () => {
    const { data, errors } = await ask(both());
    expect(errors).toBeUndefined();
    const { id, request, state } = data!.inspectFilters;
    expect(state).toBe("QUEUED");
    expect(request.images[0]).toEqual({ name: "cat.bmp", sha256: uploaded, itemId: null });
    expect(request.images[1]).toMatchObject({ name: "item 03", itemId: planted.itemIds[3] });
    expect((await ask(both())).data!.inspectFilters.id).toBe(id);
    expect((await ask(both().reverse())).data!.inspectFilters.id).not.toBe(id);

    const { db, teamId } = world.database;
    const claimed = (await claimInspection(db, { teamId, workerId: planted.workerId, leaseSeconds: 60 }))!;
    expect(claimed).toMatchObject({ id, kind: "filterResponses" });
    await finishInspection(db, { teamId, id, attempt: 1, result, blobs: [] });
    const fields = `filterResponses { size channels validationItems images { name pictureUrl }
      depths { block layer filters side shownSide change pictureUrl distances { low quarter middle threeQuarters high }
        shown { filter change distance black white before { mean active low high } after { mean active low high } } }
      layers { layer block filters images { before after } both { before after } validation { before after } }
      firstLayer { kernel side pictureUrl frequencies highFrequency highShareOfNoise filters { filter before after highBefore highAfter } } }`;
    const answer = await world.graphql<{ inspection: { filterResponses: Record<string, unknown> } }>(
      world.tokens.viewer,
      `query ($id: UUID!) { inspection(id: $id) { ${fields} } }`,
      { id },
    );
    expect(answer.errors).toBeUndefined();
    const url = (sha256: string) => `/files/${sha256}`;
    const named = <Row extends { sha256: string }>({ sha256, ...rest }: Row) => ({ ...rest, pictureUrl: url(sha256) });
    expect(answer.data!.inspection.filterResponses).toEqual({
      ...result,
      images: result.images.map(named),
      depths: result.depths.map(named),
      firstLayer: named(result.firstLayer),
    });
  });

  it.each([
    ["one image", () => both().slice(1), "BAD_INPUT", "images: expected two images"],
    [
      "neither item nor file",
      () => [both()[0]!, {}],
      "BAD_INPUT",
      "images.1: expected an itemId or a sha256, got neither",
    ],
    ["both", () => [both()[0]!, { ...both()[0], ...both()[1] }], "BAD_INPUT", "got both"],
    [
      "a file that is not there",
      () => [both()[1]!, { sha256: "0".repeat(64), name: "x" }],
      "NOT_FOUND",
      "upload it first",
    ],
    ["nobody's item", () => [both()[0]!, { itemId: planted.runIds[0] }], "NOT_FOUND", "No item"],
  ])("refuses %s", async (_, images, code, message) => {
    const { errors } = await ask(images());
    expect(errors![0]!.extensions.code).toBe(code);
    expect(errors![0]!.message).toContain(message);
  });

  it("needs a researcher", async () => {
    expect((await ask(both(), world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});
