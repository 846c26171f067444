/** Reports beside items: a table is read by rules, kept, and held against hand labels. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blindReader } from "./member.ts";
import { classes, handOf, plantReportedFilms, reports, table, upload } from "./reportsWorld.ts";
import { startWorld, type World } from "./world.ts";

let world: World;
let made: Awaited<ReturnType<typeof plantReportedFilms>>;
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes
type Json = any;

beforeAll(async () => {
  world = await startWorld();
  made = await plantReportedFilms(world);
});
afterAll(() => world.close());

const label = (sha256: string, more: object = {}, token = world.tokens.researcher) =>
  world.graphql<Json>(token, "mutation ($input: LabelReportsInput!) { labelReports(input: $input) { id reader reports labelled tableUrl schema { id classes } } }", { input: { datasetId: made.dataset.id, schemaId: made.labelVersion.schemaId, sha256, ...more } }); // biome-ignore format: one line

describe("labelReports", () => {
  it("makes annotations by a program, keeps the texts with their evidence, and the table as a file", async () => {
    const sha256 = await upload(world, table(reports));
    const { data, errors } = await label(sha256, { reader: "rules", notMentioned: "ABSENT" });
    expect(errors).toBeUndefined();
    expect(data.labelReports).toMatchObject({ reader: "rules", reports: 30, tableUrl: `/files/${sha256}` });
    const { labelled } = data.labelReports;
    expect(labelled).toBeGreaterThan(26); // not those that are hedged of both findings
    const answer = await world.graphql<Json>(
      world.tokens.viewer,
      `query ($id: UUID!, $set: UUID!, $version: UUID!) { dataset(id: $id) { readers { name kind items } reportSets { id } }
        reportSet(id: $set) { texts(first: 40, labelVersionId: $version) { totalCount edges { node { report handLabel item { name }
          findings { finding classIndex verdict evidence { start end verdict cueStart cueEnd section } } } } }
          audit(labelVersionId: $version) { finding classIndex counts items sensitivity { hits of low high } precision { hits of } } } }`,
      { id: made.dataset.id, set: data.labelReports.id, version: made.labelVersion.id },
    );
    expect(answer.errors).toBeUndefined();
    const { dataset, reportSet } = answer.data;
    expect(dataset.readers).toContainEqual({ name: "rules", kind: "PROGRAM", items: labelled });
    expect(dataset.reportSets).toHaveLength(1);
    expect(reportSet.texts.totalCount).toBe(30);
    for (const [i, { node }] of reportSet.texts.edges.entries()) {
      expect(node.report).toBe(reports[i]!.text);
      expect(node.handLabel).toEqual(handOf(i));
      for (const { finding, classIndex, evidence } of node.findings) {
        expect(classIndex).toBe(classes.indexOf(finding) < 0 ? null : classes.indexOf(finding));
        for (const { start, end } of evidence) expect(node.report.slice(start, end)).toMatch(/^\w.*\w$/s);
      }
    }
    // the third class is no finding; 30 synthetic reports are read with few errors
    expect(reportSet.audit.map(({ finding, items }: Json) => [finding, items])).toEqual([["Effusion", 30], ["Pneumothorax", 30]]); // biome-ignore format: one line
    for (const { classIndex, counts, sensitivity } of reportSet.audit) {
      const present = reports.filter((_, i) => handOf(i)[classIndex] === 1).length;
      expect(counts.flat().reduce((a: number, b: number) => a + b)).toBe(30);
      expect(sensitivity.of).toBe(present);
      expect(sensitivity.hits).toBeGreaterThan(0.6 * present);
      expect(sensitivity.low).toBeLessThan(sensitivity.hits / present);
    }
  });

  it("finds the reports of one cell of the audit", async () => {
    const { data } = await world.graphql<Json>(
      world.tokens.viewer,
      `query ($id: UUID!, $version: UUID!) { dataset(id: $id) { reportSets { audit(labelVersionId: $version) { counts }
        texts(labelVersionId: $version, classIndex: 0, verdict: NEGATIVE, label: 0) { totalCount edges { node { handLabel findings { finding verdict } } } } } } }`,
      { id: made.dataset.id, version: made.labelVersion.id },
    );
    const [{ audit, texts }] = data.dataset.reportSets;
    expect(texts.totalCount).toBe(audit[0].counts[1][0]);
    expect(texts.totalCount).toBeGreaterThan(2);
    for (const { node } of texts.edges) {
      expect(node.handLabel[0]).toBe(0);
      expect(node.findings).toContainEqual({ finding: "Effusion", verdict: "NEGATIVE" });
    }
  });

  it("tells nothing of an item that the caller is yet to read blind", async () => {
    const itemId = made.items[0]!.id;
    const reader = await blindReader(world, { schemaId: made.labelVersion.schemaId, itemId });
    const query = `query ($id: UUID!, $version: UUID!) { dataset(id: $id) { reportSets { audit(labelVersionId: $version) { items }
      texts(first: 40, labelVersionId: $version) { totalCount edges { node { item { id } } } } } } }`;
    const { data } = await world.graphql<Json>(reader.token, query, { id: made.dataset.id, version: made.labelVersion.id }); // biome-ignore format: one line
    const [{ audit, texts }] = data.dataset.reportSets;
    expect(audit[0].items).toBe(30); // sums are the same for everybody
    expect(texts.totalCount).toBe(29);
    expect(texts.edges.map(({ node }: Json) => node.item.id)).not.toContain(itemId);
  });

  it("makes the fourteen classes where none are given, and keeps hedged findings as it is told", async () => {
    const sha256 = await upload(world, table([{ name: "report 00001", text: "Possible effusion. No pneumonia." }]));
    const { data } = await label(sha256, { schemaId: null, uncertain: "PRESENT" });
    expect(data.labelReports.schema.classes).toHaveLength(14);
    const items = await world.graphql<Json>(world.tokens.viewer, "query ($id: UUID!) { dataset(id: $id) { items(first: 3) { edges { node { name annotations { reader readerKind classValues } } } } } }", { id: made.dataset.id }); // biome-ignore format: one line
    const { annotations } = items.data.dataset.items.edges.map(({ node }: Json) => node).find(({ name }: Json) => name === "report 00001"); // biome-ignore format: one line
    const values = annotations.find(({ classValues }: Json) => classValues.length === 14).classValues;
    const { classes: names } = data.labelReports.schema;
    expect([values[names.indexOf("Effusion")], values[names.indexOf("Pneumonia")], values[names.indexOf("Mass")]]).toEqual([1, 0, null]); // biome-ignore format: one line
  });

  it.each([
    ["item;report\na;b", "no column item"],
    ["item,report\nreport 00001,", "line 2 lacks its report"],
    ["item,report\nreport 00001,a\nreport 00001,b", "a second time"],
    ["item,report\nnobody,No effusion.", "are not in this dataset: nobody"],
  ])("refuses %j, and keeps nothing", async (text, message) => {
    const { errors } = await label(await upload(world, text));
    expect(errors![0]!.message).toContain(message);
    const { data } = await world.graphql<Json>(world.tokens.viewer, "query ($id: UUID!) { dataset(id: $id) { reportSets { id } } }", { id: made.dataset.id }); // biome-ignore format: one line
    expect(data.dataset.reportSets).toHaveLength(2);
  });

  it("refuses a file that was not uploaded, and an annotator", async () => {
    const nothing = createHash("sha256").update("nothing").digest("hex");
    expect((await label(nothing)).errors![0]!.message).toContain("PUT the table to /files/<sha256> first");
    expect((await label(nothing, {}, world.tokens.annotator)).errors![0]!.extensions.code).toBe("FORBIDDEN");
  });
});
