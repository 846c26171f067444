import { createHash } from "node:crypto";
import type { ClassValues } from "@tessera/domain/classValues";
import { annotationsByItems, insertAnnotations } from "@tessera/store/annotations";
import type { TeamSql } from "@tessera/store/database";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion, labelsForItems, verifyChain } from "@tessera/store/labelVersions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { makeDataset, sha } from "../support/study.ts";

let database: TestDatabase;
let team: string;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  team = database.teamId;
});
afterAll(() => database.close());

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);
const findings = ["effusion", "mass", "nodule"];

/** One annotation per row of values, on the data set's first items. */
async function labelled(values: readonly ClassValues[], { classes = findings, exclusive = false } = {}) {
  const { dataset, items } = await asTeam((sql) => makeDataset(sql, team, { name: `films ${made++}` }));
  const schema = await asTeam((sql) =>
    ensureSchema(sql, team, { datasetId: dataset.id, task: "classification", classes, exclusive }),
  );
  const annotations = await asTeam((sql) =>
    insertAnnotations(
      sql,
      team,
      values.map((classValues, index) => ({
        itemId: items[index]!.id,
        schemaId: schema.id,
        reader: "radiologist",
        maskSha256: null,
        classValues,
        regionPixels: [],
        components: [],
        boxes: null,
      })),
    ),
  );
  const labels = annotations.map(({ id, itemId }) => ({ itemId, annotationId: id }));
  const freeze = () =>
    asTeam((sql) =>
      freezeLabelVersion(sql, team, { datasetId: dataset.id, schemaId: schema.id, rule: "", note: "", labels }),
    );
  return { dataset, items, schema, annotations, freeze };
}

describe("labels of classification", () => {
  const values: ClassValues[] = [
    [1, 0, null],
    [0, 0, 0],
    [null, 1, 1],
  ];

  it("are read back as they were given, what is not known as null", async () => {
    const { items, schema, freeze } = await labelled(values);
    expect(schema).toMatchObject({ task: "classification", classes: findings, exclusive: false });
    const version = await freeze();
    const ids = items.slice(0, 4).map(({ id }) => id);
    const found = await asTeam((sql) => labelsForItems(sql, team, version.id, ids));
    expect(found.map((label) => label?.classValues)).toEqual([...values, undefined]);
    expect(found[0]).toMatchObject({ maskSha256: null, regionPixels: [], components: [] });
    const [opinions] = await asTeam((sql) => annotationsByItems(sql, team, ids.slice(0, 1)));
    expect(opinions).toMatchObject([
      { maskSha256: expect.any(String), classValues: null },
      { maskSha256: null, classValues: values[0] },
    ]);
  });

  it("are hashed by the stated rule, and give away what was tampered with", async () => {
    const { dataset, items, annotations, freeze } = await labelled(values);
    const version = await freeze();
    const texts = ["[1,0,null]", "[0,0,0]", "[null,1,1]"];
    const lines = texts.map((text, i) => `${items[i]!.sha256} ${text} classification ["effusion","mass","nodule"]\n`);
    expect(version.contentHash).toBe(createHash("sha256").update(lines.sort().join("")).digest("hex"));
    expect(version.chainHash).toBe(sha(version.contentHash));
    const verify = () => asTeam((sql) => verifyChain(sql, team, dataset.id));
    expect(await verify()).toEqual({ ok: true });
    await database.owner`
      update annotations set class_values = array[1, 1, null]::smallint[] where id = ${annotations[0]!.id}`;
    expect(await verify()).toEqual({ ok: false, brokenAt: 1 });
  });

  it.each<{ name: string; values: ClassValues; exclusive?: boolean; says: string }>([
    { name: "of too few classes", values: [1, 0], says: "a value for each of 3 classes" },
    { name: "that know nothing", values: [null, null, null], says: "at least one class" },
    { name: "of two classes where an item has one", values: [1, 1, 0], exclusive: true, says: "exactly one class" },
    { name: "of no class where an item has one", values: [0, 0, 0], exclusive: true, says: "exactly one class" },
    { name: "half known where an item has one", values: [1, 0, null], exclusive: true, says: "exactly one class" },
  ])("$name are refused", async ({ values: row, exclusive = false, says }) => {
    const refused = labelled([row], { exclusive });
    await expect(refused).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining(says) });
  });

  it("are class values, and those of segmentation masks; the database holds no row with both or neither", async () => {
    const { dataset, items, schema } = await labelled([]);
    const add = (schemaId: string, maskSha256: string | null, classValues: ClassValues | null) =>
      asTeam((sql) =>
        insertAnnotations(sql, team, [
          {
            itemId: items[0]!.id,
            schemaId,
            reader: "r",
            maskSha256,
            classValues,
            regionPixels: [],
            components: [],
            boxes: null,
          },
        ]),
      );
    const masks = await asTeam((sql) =>
      ensureSchema(sql, team, { datasetId: dataset.id, task: "segmentation", classes: ["polyp"] }),
    );
    const mask = sha(`${items[0]!.name} mask`);
    await expect(add(schema.id, mask, null)).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(add(masks.id, null, [1])).rejects.toMatchObject({ code: "BAD_INPUT" });
    const insert = (maskSha256: string | null, values: number[] | null) => database.owner`
      insert into annotations (team_id, item_id, schema_id, reader, mask_sha256, class_values, region_pixels, components)
      values (${team}, ${items[0]!.id}, ${schema.id}, 'r', ${maskSha256}, ${values}::smallint[], '{}', '{}')`;
    await expect(insert(mask, [1, 0, 0])).rejects.toMatchObject({ constraint_name: "annotations_one_label_check" });
    await expect(insert(null, null)).rejects.toMatchObject({ constraint_name: "annotations_one_label_check" });
    await expect(insert(null, [2, 0, 0])).rejects.toMatchObject({ constraint_name: "annotations_class_values_check" });
  });

  it("tell schemas of one class per item from those of any number", async () => {
    const { dataset, schema } = await labelled([]);
    const ensure = (exclusive: boolean | null, classes = findings) =>
      asTeam((sql) => ensureSchema(sql, team, { datasetId: dataset.id, task: "classification", classes, exclusive }));
    expect((await ensure(false)).id).toBe(schema.id);
    const one = await ensure(true);
    expect(one).toMatchObject({ exclusive: true });
    expect(one.id).not.toBe(schema.id);
    expect((await ensure(true)).id).toBe(one.id);
    await expect(ensure(null)).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(ensure(true, ["mass"])).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});
