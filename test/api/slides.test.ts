/** Slides and their jobs: what is asked of a worker, what is refused, and what is read of what it made. */
import type { TilesRequest } from "@tessera/domain/slides/request";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { claimSlideJob, finishSlideJob, renewSlideJob } from "@tessera/store/slideJobQueue";
import { insertSlideResult } from "@tessera/store/slideJobs";
import { insertSlides } from "@tessera/store/slides";
import { registerWorker } from "@tessera/store/workers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plant, sha, startWorld, type World } from "./world.ts";

let world: World;
let datasetId: string;
let itemId: string;
let images: Awaited<ReturnType<typeof plant>>;
let workerId: string;
beforeAll(async () => {
  world = await startWorld();
  const { db, teamId } = world.database;
  images = await plant(world, teamId);
  await db.asTeam(teamId, async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Slides");
    datasetId = (await createDataset(sql, teamId, { projectId, name: "Slides", modality: "other" })).id;
    for (const name of ["slide", "thumbnail", "manifest", "tissue"]) {
      await putBlob(sql, teamId, { sha256: sha(name), size: 1, mediaType: "image/png" });
    }
    const of = { subject: "s", subjectKnown: true, site: null, spacingMm: 0.0005 };
    const files = { sha256: sha("slide"), thumbnailSha256: sha("thumbnail") };
    const row = { datasetId, kind: "slide" as const, name: "a", width: 4000, height: 3000, ...files, ...of };
    itemId = (await insertItems(sql, teamId, [row])).inserted[0]!.id;
    const levels = [{ width: 4000, height: 3000, downsample: 1 }];
    const scale = { micronsX: 0.5, micronsY: 0.5, scaleOf: "table" as const };
    await insertSlides(sql, teamId, [{ itemId, format: "aperio", levels, magnification: 20, ...scale }]);
    workerId = (await registerWorker(sql, teamId, { name: "w", device: "cpu", version: "1" })).id;
  });
});
afterAll(() => world.close());

const fields =
  "id kind state total done tiles seconds error rule { size overlap assumedMicronsPerPixel } bagDataset { id }";
const cut = `mutation ($input: CutTilesInput!) { cutTiles(input: $input) { ${fields} } }`;
const make = `mutation ($input: MakeFeaturesInput!) { makeFeatures(input: $input) { ${fields} } }`;
const asked = (query: string, input: object, token = world.tokens.researcher) =>
  world.graphql<{ cutTiles: { id: string } }>(token, query, { input });

describe("cutTiles", () => {
  it("queues one job for what is asked twice, with the usual rule where nothing is said", async () => {
    const { data } = await asked(cut, { datasetId, overlap: 16 });
    expect(data!.cutTiles).toMatchObject({
      ...{ kind: "TILES", state: "QUEUED", total: 0, done: 0, tiles: 0, seconds: 0, error: null, bagDataset: null },
      rule: { size: usualTileRule.size, overlap: 16, assumedMicronsPerPixel: null },
    });
    const again = await asked(cut, { datasetId, overlap: 16 });
    expect(again.data!.cutTiles.id).toBe(data!.cutTiles.id);
  });

  it.each([
    ["a dataset of images", () => ({ datasetId: images.datasetId }), /datasetId: expected a dataset of slides/],
    [
      "a rule out of its limits",
      () => ({ datasetId, leastTissue: 2 }),
      /leastTissue: expected a share from 0 to 1, got 2/,
    ],
    [
      "a scale for print",
      () => ({ datasetId, assumedMicronsPerPixel: 352.8 }),
      /assumedMicronsPerPixel: expected 0.05 to 20/,
    ],
  ])("refuses %s", async (_, input, expected) => {
    const { errors } = await asked(cut, input());
    expect(errors![0]).toMatchObject({ message: expect.stringMatching(expected), extensions: { code: "BAD_INPUT" } });
  });
});

it("a job's results are read by slide; features wait for tiles that are done, and take labels of these slides alone", async () => {
  const { db, teamId } = world.database;
  const claimed = (await claimSlideJob(db, { teamId, workerId, leaseSeconds: 60 }))!;
  expect((claimed.request as TilesRequest).rule.overlap).toBe(16);
  const weightsId = "00000000-0000-4000-8000-000000000000";
  const input = { tilesJobId: claimed.id, weightsId, name: "Bags" };
  const early = await asked(make, input);
  expect(early.errors![0]!.message).toMatch(
    /expected a job of tiles that has succeeded, got one of tiles that is running/,
  );

  const of = { teamId, id: claimed.id, attempt: claimed.attempt };
  expect(await renewSlideJob(db, { ...of, leaseSeconds: 60, done: 1, total: 1, tiles: 7, seconds: 2 })).toBe(true);
  const facts = { places: 9, droppedTissue: 1, droppedBlurred: 1, tissueShare: 0.5, penShare: 0, threshold: 40 };
  await db.asTeam(teamId, (sql) =>
    insertSlideResult(sql, teamId, {
      ...{ jobId: claimed.id, itemId, sha256: sha("manifest"), overlaySha256: sha("tissue"), bagItemId: null },
      ...{ tiles: 7, seconds: 2, facts, error: null },
    }),
  );
  await finishSlideJob(db, { ...of, error: null });
  await expect(finishSlideJob(db, { ...of, attempt: 9, error: null })).rejects.toMatchObject({ code: "STALE_ATTEMPT" });

  const query = `query ($id: UUID!) { dataset(id: $id) { itemKind slideJobs { state tiles seconds results { totalCount edges { node {
    tiles fileUrl tissueUrl error facts { places droppedBlurred } bag { id }
    slide { name kind imageUrl thumbnailUrl slide { format magnification micronsX scaleOfTable levels { downsample } } } } } } } } }`;
  const { data } = await world.graphql(world.tokens.viewer, query, { id: datasetId });
  expect(data).toEqual({
    dataset: {
      itemKind: "SLIDE",
      slideJobs: [
        {
          ...{ state: "SUCCEEDED", tiles: 7, seconds: 2 },
          results: {
            totalCount: 1,
            edges: [
              {
                node: {
                  ...{
                    tiles: 7,
                    fileUrl: `/files/${sha("manifest")}`,
                    tissueUrl: `/files/${sha("tissue")}`,
                    error: null,
                  },
                  ...{ facts: { places: 9, droppedBlurred: 1 }, bag: null },
                  slide: {
                    ...{
                      name: "a",
                      kind: "SLIDE",
                      imageUrl: `/files/${sha("thumbnail")}`,
                      thumbnailUrl: `/files/${sha("thumbnail")}`,
                    },
                    slide: {
                      format: "aperio",
                      magnification: 20,
                      micronsX: 0.5,
                      scaleOfTable: true,
                      levels: [{ downsample: 1 }],
                    },
                  },
                },
              },
            ],
          },
        },
      ],
    },
  });

  const ofSlide = `query ($id: UUID!) { item(id: $id) { kind dataset { id } slideRuns { run { id } }
    slideResults { tiles fileUrl job { id kind rule { overlap } } } } }`;
  const seen = await world.graphql(world.tokens.viewer, ofSlide, { id: itemId });
  expect(seen.data).toEqual({
    item: {
      ...{ kind: "SLIDE", dataset: { id: datasetId }, slideRuns: [] },
      slideResults: [
        {
          tiles: 7,
          fileUrl: `/files/${sha("manifest")}`,
          job: { id: claimed.id, kind: "TILES", rule: { overlap: 16 } },
        },
      ],
    },
  });
  expect((await world.graphql(world.otherToken, ofSlide, { id: itemId })).data).toEqual({ item: null });

  const unknown = await asked(make, input);
  expect(unknown.errors![0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
  const foreign = await world.graphql(world.otherToken, "query ($id: UUID!) { slideJob(id: $id) { id } }", {
    id: claimed.id,
  });
  expect(foreign.data).toEqual({ slideJob: null });
});
