/** Labels of classification through the api: values, schema, counts, and items found by class. */
import { insertAnnotations } from "@tessera/store/annotations";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Planted, plant, startWorld, type World } from "./world.ts";

let world: World;
let planted: Planted;
let labelVersionId: string;

beforeAll(async () => {
  world = await startWorld();
  const { db, teamId } = world.database;
  planted = await plant(world, teamId);
  const { datasetId, itemIds } = planted;
  labelVersionId = await db.asTeam(teamId, async (sql) => {
    const classes = ["effusion", "mass"];
    const schema = await ensureSchema(sql, teamId, { datasetId, task: "classification", classes, exclusive: false });
    const values = [[1, 0], [0, 1], [1, null]] as const; // biome-ignore format: pairs
    const annotations = await insertAnnotations(
      sql,
      teamId,
      values.map((classValues, index) => ({
        itemId: itemIds[index]!,
        schemaId: schema.id,
        reader: "Ada",
        maskSha256: null,
        classValues,
        regionPixels: [],
        components: [],
        boxes: null,
      })),
    );
    const labels = annotations.map(({ id, itemId }) => ({ itemId, annotationId: id }));
    const version = { datasetId, schemaId: schema.id, rule: "", note: "", labels };
    return (await freezeLabelVersion(sql, teamId, version)).id;
  });
});
afterAll(() => world.close());

const ask = async (query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await world.graphql<Record<string, never>>(world.tokens.viewer, query, variables);
  expect(errors).toBeUndefined();
  return data as Record<string, unknown>;
};

describe("classes", () => {
  it("are those of the schema, with their items counted; a version of masks has none", async () => {
    const query = `query ($id: UUID!) { labelVersion(id: $id) {
      schema { task classes exclusive } classCounts { name present absent unknown } } }`;
    expect(await ask(query, { id: labelVersionId })).toEqual({
      labelVersion: {
        schema: { task: "CLASSIFICATION", classes: ["effusion", "mass"], exclusive: false },
        classCounts: [
          { name: "effusion", present: 2, absent: 1, unknown: 0 },
          { name: "mass", present: 1, absent: 1, unknown: 1 },
        ],
      },
    });
    expect(await ask(query, { id: planted.labelVersionId })).toEqual({
      labelVersion: { schema: { task: "SEGMENTATION", classes: ["polyp"], exclusive: null }, classCounts: null },
    });
  });

  it.each([
    [0, "PRESENT", ["item 00", "item 02"]],
    [1, "UNKNOWN", ["item 02"]],
    [1, "ABSENT", ["item 00"]],
    [2, "UNKNOWN", []],
  ])("find items: class %i %s", async (classIndex, state, names) => {
    const query = `query ($id: UUID!, $labelVersionId: UUID!, $classIs: ClassFilter) { dataset(id: $id) {
      items(classIs: $classIs) { totalCount edges { node { name
        label(labelVersionId: $labelVersionId) { classValues maskUrl }
        annotations { classValues maskUrl } } } } } }`;
    const classIs = { labelVersionId, classIndex, state };
    const { dataset } = (await ask(query, { id: planted.datasetId, labelVersionId, classIs })) as {
      dataset: {
        items: { totalCount: number; edges: { node: { name: string; label: unknown; annotations: unknown } }[] };
      };
    };
    const found = dataset.items.edges.map(({ node }) => node);
    expect(found.map(({ name }) => name)).toEqual(names);
    expect(dataset.items.totalCount).toBe(names.length);
    if (state === "UNKNOWN" && names.length > 0) {
      const mask = { classValues: null, maskUrl: expect.stringMatching(/^\/files\//) };
      expect(found[0]).toMatchObject({
        label: { classValues: [1, null], maskUrl: null },
        annotations: [mask, { classValues: [1, null], maskUrl: null }],
      });
    }
  });
});
