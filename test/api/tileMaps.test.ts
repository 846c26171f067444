/** Tile maps through the api: refused where they cannot be, and read from the slide whose tiles they are of. */
import type { TileMapsResult } from "@tessera/domain/inspections/tileMaps";
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { createSlideJob, insertSlideResult } from "@tessera/store/slideJobs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plantClassifier } from "./heatmapsWorld.ts";
import { blindReader } from "./member.ts";
import { sha, startWorld, type World } from "./world.ts";

let world: World;
let planted: Awaited<ReturnType<typeof plantClassifier>>;
let slideId: string;
let bagId: string;
beforeAll(async () => {
  world = await startWorld();
  planted = await plantClassifier(world);
  const { db, teamId, userId } = world.database;
  await db.asTeam(teamId, async (sql) => {
    for (const name of ["slide", "bag", "thumbnail", "manifest"]) {
      await putBlob(sql, teamId, { sha256: sha(name), size: 1, mediaType: "image/png" });
    }
    const { id: projectId } = await ensureProject(sql, teamId, "Slides");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Slides", modality: "other" });
    const of = { datasetId, subject: "s", subjectKnown: true, site: null, spacingMm: null };
    const row = (kind: "slide" | "bag", width: number, height: number) => {
      return { ...of, kind, name: kind, width, height, sha256: sha(kind), thumbnailSha256: sha("thumbnail") };
    };
    const { inserted } = await insertItems(sql, teamId, [row("slide", 4000, 3000), row("bag", 8, 7)]);
    const idOf = (kind: string) => inserted.find((item) => item.kind === kind)!.id;
    [slideId, bagId] = [idOf("slide"), idOf("bag")];
    const done = { overlaySha256: null, tiles: 7, seconds: 1, facts: null, error: null, itemId: slideId };
    const job = { datasetId, createdBy: userId };
    const cut = await createSlideJob(sql, teamId, { ...job, request: { kind: "tiles", rule: usualTileRule } });
    await insertSlideResult(sql, teamId, { ...done, jobId: cut.id, sha256: sha("manifest"), bagItemId: null });
    const made = await createSlideJob(sql, teamId, {
      ...job,
      request: { kind: "features", tilesJobId: cut.id, weightsId: cut.id, labelVersionId: null, name: "bags" },
    });
    await insertSlideResult(sql, teamId, { ...done, jobId: made.id, sha256: sha("bag"), bagItemId: bagId });
  });
});
afterAll(() => world.close());

const ask = (input: object, token = world.tokens.researcher) =>
  world.graphql(token, "mutation ($input: InspectTileMapsInput!) { inspectTileMaps(input: $input) { id } }", {
    input: { runId: planted.runId, ...input },
  });

it("are refused to a viewer, of a classifier of images, and with numbers out of limits", async () => {
  expect((await ask({}, world.tokens.viewer)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  const [images] = (await ask({})).errors!;
  expect(images).toMatchObject({ extensions: { code: "BAD_INPUT" } });
  expect(images!.message).toMatch(/runs on bags of tiles; of a classifier of images heatmaps show where/);
  expect((await ask({ draws: 4, count: 17 })).errors![0]!.message).toMatch(/2 problem.+count.+draws/s);
});

it("a bag has its slide and manifest, and a slide the tile maps that show it, to its team alone", async () => {
  const check = { verdict: "passes", items: 8, blank: 0, cascade: [], weights: null, labels: null } as const;
  const map = { kind: "attention", classIndex: null, values: sha("map"), low: 0, high: 0.5 } as const;
  const place = { x: 512, y: 0, width: 512, height: 512 };
  const result: TileMapsResult = {
    items: [
      {
        ...{ itemId: bagId, fold: "validation", truth: [0, 1], probabilities: [0.1, 0.9], classIndex: 1, tiles: 7 },
        origin: { slideItemId: slideId, manifestSha256: sha("manifest") },
        maps: [{ ...map, top: [{ tile: 1, value: 0.5, place }] }],
      },
    ],
    checks: [{ kind: "attention", ...check, localisation: null }],
    ...{ missing: { attention: null, score: "none" }, score: null, guardItems: 8, draws: 8, tileTruth: null },
    labelRandomised: { runId: null, steps: 300, accuracy: 0.9, chance: 0.5 },
    chosenAmong: 20,
  };
  // As a worker would have answered; this world has no run on bags.
  await world.database.owner`
    insert into inspections (team_id, kind, request, request_key, run_ids, checkpoints, state, result, created_by, finished_at)
    values (${world.database.teamId}, 'tileMaps', '{}', 'planted', ${[planted.runId]}::uuid[], '[]', 'succeeded',
      ${world.database.owner.json(result as never)}, ${world.database.userId}, clock_timestamp())`;
  const query = `query ($slide: UUID!, $bag: UUID!) {
    bag: item(id: $bag) { bagOrigin { manifestUrl slide { id } } tileMaps { id } }
    slide: item(id: $slide) { bagOrigin { manifestUrl } tileMaps { kind tileMaps {
      score noAttention noScore tileTruth checks { kind verdict localisation { items } }
      items { tiles item { id } maps { kind classIndex valuesUrl high top { tile value place { x y width height } } } } } } } }`;
  const { data, errors } = await world.graphql(world.tokens.viewer, query, { slide: slideId, bag: bagId });
  expect(errors).toBeUndefined();
  const shown = { kind: "ATTENTION", classIndex: null, valuesUrl: `/files/${sha("map")}`, high: 0.5 };
  const answer = {
    ...{ score: null, noAttention: null, noScore: "none", tileTruth: null },
    checks: [{ kind: "ATTENTION", verdict: "PASSES", localisation: null }],
    items: [{ tiles: 7, item: { id: bagId }, maps: [{ ...shown, top: [{ tile: 1, value: 0.5, place }] }] }],
  };
  expect(data).toEqual({
    bag: { bagOrigin: { manifestUrl: `/files/${sha("manifest")}`, slide: { id: slideId } }, tileMaps: [] },
    slide: { bagOrigin: null, tileMaps: [{ kind: "TILE_MAPS", tileMaps: answer }] },
  });
  const foreign = await world.graphql(world.otherToken, query, { slide: slideId, bag: bagId });
  expect(foreign.data).toEqual({ bag: null, slide: null });

  // Its bag says what others see in a slide: truth, and what the run holds it for.
  const [first] = planted.itemIds;
  const reader = await blindReader(world, { schemaId: planted.schemaId, itemId: first! });
  // tasks are made of images today; the rule is the item's, whatever made the task
  await world.database.owner`update review_tasks set item_id = ${slideId} where item_id = ${first!}`;
  const blind = await world.graphql(reader.token, query, { slide: slideId, bag: bagId });
  expect(blind.data).toMatchObject({ slide: { tileMaps: [{ tileMaps: { score: null, items: [] } }] } });
});

it("a slide names the runs that know a bag of its tiles, whether it was made here or imported with places", async () => {
  const { owner, teamId } = world.database;
  const query = "query ($slide: UUID!) { item(id: $slide) { slideRuns { run { id } bag { id } } } }";
  const runs = async () => (await world.graphql(world.tokens.viewer, query, { slide: slideId })).data;
  expect(await runs()).toEqual({ item: { slideRuns: [] } });
  // This world's run is on images: it becomes one on bags, whose split holds the bag made here and an imported one.
  const [imported] = planted.itemIds;
  await owner`update runs set configuration = configuration || '{"task": "mil"}' where id = ${planted.runId}`;
  await owner`
    insert into split_items (team_id, split_id, item_id, subject, fold)
    select ${teamId}, split_id, ${bagId}, 's', 'train' from runs where id = ${planted.runId}`;
  await owner`
    insert into bag_places (team_id, item_id, slide_item_id, sha256)
    values (${teamId}, ${imported!}, ${slideId}, ${sha("manifest")})`;
  const bags = [bagId, imported!].sort();
  expect(await runs()).toEqual({
    item: { slideRuns: bags.map((id) => ({ run: { id: planted.runId }, bag: { id } })) },
  });
});
