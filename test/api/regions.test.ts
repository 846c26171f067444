/** Regions of slides: saved, never overwritten, taken from GeoJSON and back; by whom, and who sees them. */
import { randomUUID } from "node:crypto";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { ensureProject } from "@tessera/store/projects";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blindReader, joinTeam, type Member } from "./member.ts";
import { upload } from "./reportsWorld.ts";
import { sha, startWorld, type World } from "./world.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Json = any;

let world: World;
let itemId: string;
let imageId: string;
let schemaId: string;
let ann: Member;

beforeAll(async () => {
  world = await startWorld();
  const { db, teamId } = world.database;
  await db.asTeam(teamId, async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Slides");
    const datasetId = (await createDataset(sql, teamId, { projectId, name: "Slides", modality: "other" })).id;
    for (const name of ["slide", "image", "thumbnail"]) {
      await putBlob(sql, teamId, { sha256: sha(name), size: 1, mediaType: "image/png" });
    }
    const of = { datasetId, width: 4000, height: 3000, subject: "s", subjectKnown: true, site: null, spacingMm: null };
    const row = (name: "slide" | "image") => ({ ...of, kind: name, name, sha256: sha(name), thumbnailSha256: sha("thumbnail") }); // biome-ignore format: one line
    const { inserted } = await insertItems(sql, teamId, [row("slide"), row("image")]);
    [itemId, imageId] = ["slide", "image"].map((name) => inserted.find((item) => item.name === name)!.id) as [string, string]; // biome-ignore format: one line
    const kind = { task: "classification", classes: ["normal", "tumour"], exclusive: true } as const;
    schemaId = (await ensureSchema(sql, teamId, { datasetId, ...kind })).id;
  });
  ann = await joinTeam(world, "Ann", "annotator");
});
afterAll(() => world.close());

const square = (x: number) => ({ className: "tumour", polygons: [[[[x, 0], [x + 10, 0], [x + 10, 10], [x, 10]]]] }); // biome-ignore format: short
const save = (token: string, input: object) =>
  world.graphql<Json>(token, "mutation ($input: SaveRegionsInput!) { saveRegions(input: $input) { id reader userId corrects complete geoJsonUrl regions { className polygons } } }", { input: { itemId, id: randomUUID(), regions: [square(0)], ...input } }); // biome-ignore format: one line
const list = async (token: string, every = false) => {
  const query = "query ($id: UUID!, $every: Boolean!) { item(id: $id) { regionSets(every: $every) { id reader regions { className } geoJsonUrl } } }"; // biome-ignore format: one line
  const { data, errors } = await world.graphql<Json>(token, query, { id: itemId, every });
  expect(errors).toBeUndefined();
  return data.item.regionSets as Json[];
};
const importing = (token: string, input: object) =>
  world.graphql<Json>(token, "mutation ($input: ImportRegionsInput!) { importRegions(input: $input) { id reader userId corrects regions { className polygons } } }", { input: { itemId, ...input } }); // biome-ignore format: one line
const download = (token: string, url: string) => fetch(`${world.url}${url}`, { headers: { Authorization: `Bearer ${token}` } }); // biome-ignore format: one line

describe("regions", () => {
  it("are a new set at each save, which names the one before; the same save again is the same set", async () => {
    const id = randomUUID();
    const first = await save(ann.token, { id, basedOn: null });
    expect(first.data.saveRegions).toMatchObject({ id, reader: "Ann", userId: ann.userId, corrects: null, regions: [square(0)] }); // biome-ignore format: one line
    const again = await save(ann.token, { id, basedOn: null });
    expect(again.data.saveRegions).toEqual(first.data.saveRegions);
    const second = await save(ann.token, { basedOn: id, regions: [square(0), square(100)], complete: true });
    expect(second.data.saveRegions).toMatchObject({ corrects: id, complete: true });
    expect((await list(ann.token)).map((set) => set.regions.length)).toEqual([2]);
    expect((await list(ann.token, true)).map((set) => set.regions.length)).toEqual([2, 1]);
  });

  it("are not saved over what was saved meanwhile, unless that is asked for; both are kept", async () => {
    const before = (await list(ann.token, true)).length;
    const { errors } = await save(ann.token, { basedOn: null });
    expect(errors![0]).toMatchObject({ message: expect.stringMatching(/saved meanwhile/), extensions: { code: "CONFLICT" } }); // biome-ignore format: one line
    expect((await save(ann.token, {})).errors).toBeUndefined();
    expect(await list(ann.token, true)).toHaveLength(before + 1);
  });

  it("of several readers are seen apart, and not by who is yet to read the slide blind", async () => {
    expect((await save(world.tokens.researcher, { regions: [square(500)] })).errors).toBeUndefined();
    const readers = (await list(world.tokens.viewer)).map(({ reader }) => reader);
    expect(readers).toHaveLength(2);
    // tasks are made of images today; the rule is the item's, whatever made the task
    const blind = await blindReader(world, { schemaId, itemId: imageId });
    await world.database.owner`update review_tasks set item_id = ${itemId} where item_id = ${imageId}`;
    expect(await list(blind.token)).toEqual([]);
    const [other] = await list(ann.token);
    expect((await download(blind.token, other.geoJsonUrl)).status).toBe(404);
    expect((await save(blind.token, { regions: [square(7)] })).errors).toBeUndefined();
    expect((await list(blind.token)).map(({ reader }) => reader)).toEqual(["Blind"]);
  });

  it.each<[string, () => Promise<Json>, string, RegExp]>([
    ["a viewer", () => save(world.tokens.viewer, {}), "FORBIDDEN", /needs the role annotator/],
    ["a picture", () => save(ann.token, { itemId: imageId }), "BAD_INPUT", /expected a slide, got a image|expected a slide/],
    ["a place outside", () => save(ann.token, { regions: [square(0), square(3995)] }), "BAD_INPUT", /Region 2 \(tumour\): corner \(4005, 0\)/],
    ["a corner of three numbers", () => save(ann.token, { regions: [{ className: "a", polygons: [[[[1, 2, 3], [4, 4], [1, 9]]]] }] }), "BAD_INPUT", /two finite numbers/],
    ["another team's slide", () => save(world.otherToken, {}), "NOT_FOUND", /item/],
  ])("of %s are refused", async (_, ask, code, message) => {
    const { errors } = await ask();
    expect(errors![0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
  }); // biome-ignore format: a table
});

describe("GeoJSON", () => {
  const file = (polygons: number[][][][]) =>
    JSON.stringify({
      type: "FeatureCollection",
      features: polygons.map((coordinates) => ({
        type: "Feature",
        geometry: { type: "Polygon", coordinates },
        properties: { objectType: "annotation", classification: { name: "Tumor" } },
      })),
    });

  it("becomes a reader's regions, and is downloaded again", async () => {
    const sha256 = await upload(world, file([[[[0, 0], [90, 0], [90, 90], [0, 0]]]])); // biome-ignore format: short
    const { data, errors } = await importing(world.tokens.researcher, { sha256, reader: "Dr Kim" });
    expect(errors).toBeUndefined();
    expect(data.importRegions).toMatchObject({ reader: "Dr Kim", userId: null, regions: [{ className: "Tumor" }] });
    const set = (await list(ann.token)).find(({ reader }) => reader === "Dr Kim");
    const answer = await download(ann.token, set.geoJsonUrl);
    expect(answer.headers.get("content-disposition")).toMatch(/attachment; filename="regions-.*\.geojson"/);
    expect(((await answer.json()) as Json).features).toHaveLength(1);
  });

  it("is refused as a whole with the feature that is wrong, and under a member's name", async () => {
    const bad = await upload(world, file([[[[0, 0], [90, 0], [90, 90]]], [[[0, 0], [9000, 0], [90, 90]]]])); // biome-ignore format: short
    const { errors } = await importing(ann.token, { sha256: bad });
    expect(errors![0]).toMatchObject({ message: expect.stringMatching(/feature 2: corner \(9000, 0\)/), extensions: { code: "BAD_FILE", feature: 2 } }); // biome-ignore format: one line
    const good = await upload(
      world,
      file([
        [
          [
            [0, 0],
            [90, 0],
            [90, 90],
          ],
        ],
      ]),
    );
    const taken = await importing(world.tokens.researcher, { sha256: good, reader: "Ann" });
    expect(taken.errors![0]!.message).toMatch(/Ann is a member of this team/);
    const other = await importing(ann.token, { sha256: good, reader: "Dr Kim" });
    expect(other.errors![0]!.extensions!.code).toBe("FORBIDDEN");
  });
});
