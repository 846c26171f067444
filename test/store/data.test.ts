import { createHash } from "node:crypto";
import { annotationsByItems } from "@tessera/store/annotations";
import { blobsBySha, putBlob } from "@tessera/store/blobs";
import type { TeamSql } from "@tessera/store/database";
import { createDataset, datasetStats, datasetsByIds, listDatasets } from "@tessera/store/datasets";
import { createExperiment, experimentsByIds, listExperiments } from "@tessera/store/experiments";
import { insertItems, itemsByIds, itemsBySha, listItems, type NewItem, regionSizes } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion, labelsForItems, listLabelVersions, verifyChain } from "@tessera/store/labelVersions";
import { encodeCursor } from "@tessera/store/page";
import { ensureProject, listProjects } from "@tessera/store/projects";
import { createForeignRun, finishForeignRun, listRuns } from "@tessera/store/runs";
import { foldCounts, freezeSplit, listSplits, splitItems } from "@tessera/store/splits";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.ts";
import { assignFolds, makeDataset, makeStudy, newRun, sha } from "../support/study.ts";

let database: TestDatabase;
let team: string;
let made = 0;

beforeAll(async () => {
  database = await testDatabase();
  team = database.teamId;
});
afterAll(() => database.close());

const asTeam = <T>(work: (sql: TeamSql) => Promise<T>) => database.db.asTeam(team, work);
const newDataset = () => asTeam((sql) => makeDataset(sql, team, { name: `set ${made++}` }));
const stranger = "00000000-0000-4000-8000-000000000000";

describe("items", () => {
  it("adds what is new, once, and names duplicates and clashes", async () => {
    const { dataset, items } = await newDataset();
    const [known] = items;
    const base: NewItem = { ...known!, site: "A", spacingMm: 0.5, subjectKnown: false };
    const result = await asTeam(async (sql) => {
      for (const each of ["new", "clash"])
        await putBlob(sql, team, { sha256: sha(each), size: 1, mediaType: "image/png" });
      return insertItems(sql, team, [
        { ...base, name: "new", sha256: sha("new") },
        { ...base, name: "the same file again", sha256: sha("new") },
        { ...base, name: "known file" },
        { ...base, name: known!.name, sha256: sha("clash") },
      ]);
    });
    expect(result.inserted).toMatchObject([{ name: "new", site: "A", spacingMm: 0.5, subjectKnown: false }]);
    expect(result.duplicates).toEqual(["the same file again", "known file"]);
    expect(result.nameClashes).toEqual([known!.name]);
    const [stats, none] = await asTeam((sql) => datasetStats(sql, team, [dataset.id, stranger]));
    expect(stats).toEqual({ datasetId: dataset.id, items: 7, subjects: 6, subjectsKnown: false, itemKind: "image" });
    expect(none).toEqual({ datasetId: stranger, items: 0, subjects: 0, subjectsKnown: true, itemKind: "image" });
  });

  it("come in the order asked, null where there is none", async () => {
    const { dataset, items } = await newDataset();
    const ids = [items[2]!.id, stranger, items[0]!.id];
    const rows = await asTeam((sql) => itemsByIds(sql, team, ids));
    expect(rows.map((row) => row?.name)).toEqual([items[2]!.name, undefined, items[0]!.name]);
    const bySha = await asTeam((sql) => itemsBySha(sql, team, dataset.id, [sha("no"), items[1]!.sha256]));
    expect(bySha.map((row) => row?.name)).toEqual([undefined, items[1]!.name]);
    const annotations = await asTeam((sql) => annotationsByItems(sql, team, ids));
    expect(annotations.map((list) => list.length)).toEqual([1, 0, 1]);
    expect(annotations[0]![0]).toMatchObject({
      regionPixels: [12],
      components: [1],
      boxes: [{ label: "polyp", xmax: 3 }],
    });
    const blobs = await asTeam((sql) => blobsBySha(sql, team, [sha("no"), items[0]!.sha256]));
    expect(blobs).toMatchObject([null, { mediaType: "image/png" }]);
  });

  it("page by name; an item added meanwhile shifts nothing", async () => {
    const { dataset, items } = await newDataset();
    const page = (after?: string | null) =>
      asTeam((sql) => listItems(sql, team, { datasetId: dataset.id, page: { first: 4, after } }));
    const first = await page();
    expect(first).toMatchObject({ hasNextPage: true, totalCount: 6 });
    await asTeam(async (sql) => {
      await putBlob(sql, team, { sha256: sha(dataset.id), size: 1, mediaType: "image/png" });
      await insertItems(sql, team, [{ ...items[0]!, name: " before all others", sha256: sha(dataset.id) }]);
    });
    const second = await page(first.endCursor);
    expect([...first.rows, ...second.rows].map(({ name }) => name)).toEqual(items.map(({ name }) => name));
    expect(second).toMatchObject({ hasNextPage: false, totalCount: 7 });
    await expect(page("nonsense")).rejects.toMatchObject({ code: "BAD_INPUT" });
    const none = asTeam((sql) => listItems(sql, team, { datasetId: dataset.id, page: { first: 501 } }));
    await expect(none).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("newest-first lists", () => {
  it("keep their pages while datasets are added", async () => {
    const project = await asTeam((sql) => ensureProject(sql, team, "Paged"));
    const create = (name: string) =>
      asTeam((sql) => createDataset(sql, team, { projectId: project.id, name, modality: "other" }));
    for (let i = 0; i < 7; i++) await create(`paged ${i}`);
    const seen: string[] = [];
    let after: string | null = null;
    for (let pageNumber = 0; pageNumber < 3; pageNumber++) {
      const page: Awaited<ReturnType<typeof listDatasets>> = await asTeam((sql) =>
        listDatasets(sql, team, { first: 2, after }),
      );
      seen.push(...page.rows.map(({ name }) => name));
      expect(page.cursors.at(-1)).toBe(page.endCursor);
      after = page.endCursor;
      await create(`later ${pageNumber}`);
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1].map((i) => `paged ${i}`));
  });

  it("refuse a cursor whose date is none", async () => {
    const after = encodeCursor(["yesterday-ish", team]);
    const page = asTeam((sql) => listDatasets(sql, team, { after }));
    await expect(page).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("tell rows of one moment apart", async () => {
    const project = await asTeam((sql) => ensureProject(sql, team, "Same moment"));
    await database.owner`
      insert into datasets (team_id, project_id, name, modality, created_at)
      select ${team}, ${project.id}, 'twin ' || i, 'other', '2030-01-01 00:00:00.123456Z' from generate_series(1, 5) i`;
    const names = new Set<string>();
    let after: string | null = null;
    for (let i = 0; i < 5; i++) {
      const page: Awaited<ReturnType<typeof listDatasets>> = await asTeam((sql) =>
        listDatasets(sql, team, { first: 1, after }),
      );
      names.add(page.rows[0]!.name);
      after = page.endCursor;
    }
    expect(names.size).toBe(5);
  });

  it("refuse a name twice", async () => {
    const { project, dataset } = await newDataset();
    const again = asTeam((sql) =>
      createDataset(sql, team, { projectId: project.id, name: dataset.name, modality: "other" }),
    );
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    const projects = await asTeam((sql) => listProjects(sql, team));
    expect(new Set(projects.map(({ name }) => name)).size).toBe(projects.length);
    expect(await asTeam((sql) => datasetsByIds(sql, team, [stranger, dataset.id]))).toMatchObject([
      null,
      { id: dataset.id },
    ]);
  });
});

describe("label versions", () => {
  it("of eight callers at once get the numbers 1 to 8, chained", async () => {
    const { dataset, schema, labels } = await newDataset();
    const frozen = { datasetId: dataset.id, schemaId: schema.id, rule: "one reader", note: "", labels };
    await Promise.all(Array.from({ length: 8 }, () => asTeam((sql) => freezeLabelVersion(sql, team, frozen))));
    const versions = await asTeam((sql) => listLabelVersions(sql, team, dataset.id));
    expect(versions.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(versions.map(({ parentId }) => parentId)).toEqual([null, ...versions.slice(0, -1).map(({ id }) => id)]);
    expect(await asTeam((sql) => verifyChain(sql, team, dataset.id))).toEqual({ ok: true });
  });

  it("hash what they hold, by the stated rule", async () => {
    const { dataset, schema, labels, items } = await newDataset();
    const frozen = { datasetId: dataset.id, schemaId: schema.id, rule: "", note: "", labels: labels.toReversed() };
    const one = await asTeam((sql) => freezeLabelVersion(sql, team, frozen));
    const two = await asTeam((sql) => freezeLabelVersion(sql, team, { ...frozen, labels: labels.slice(1) }));
    const content = (from: number) => {
      const lines = items.slice(from).map(({ name }) => `${sha(name)} ${sha(`${name} mask`)} segmentation ["polyp"]\n`);
      return createHash("sha256").update(lines.sort().join("")).digest("hex");
    };
    expect(one).toMatchObject({ items: 6, contentHash: content(0), chainHash: sha(content(0)) });
    expect(two).toMatchObject({ items: 5, contentHash: content(1), chainHash: sha(one.chainHash + content(1)) });
    const found = await asTeam((sql) => labelsForItems(sql, team, two.id, [items[0]!.id, items[1]!.id]));
    expect(found).toMatchObject([null, { maskSha256: sha(`${items[1]!.name} mask`), reader: "first reader" }]);
    const sizes = await asTeam((sql) => regionSizes(sql, team, { labelVersionId: two.id }));
    expect(sizes).toEqual(items.slice(1).map(({ id }) => ({ itemId: id, share: 12 / (40 * 30) })));
  });

  it.each([
    {
      name: "a mask",
      tamper: (sql: TestDatabase["owner"], id: string) => sql`
      update annotations set mask_sha256 = ${sha("thumbnail")}
      where id = (select annotation_id from labels where label_version_id = ${id} limit 1)`,
    },
    {
      name: "a missing label",
      tamper: (sql: TestDatabase["owner"], id: string) => sql`
      delete from labels where ctid = (select ctid from labels where label_version_id = ${id} limit 1)`,
    },
    {
      name: "a content hash",
      tamper: (sql: TestDatabase["owner"], id: string) => sql`
      update label_versions set content_hash = ${sha("x")} where id = ${id}`,
    },
    {
      name: "a chain hash",
      tamper: (sql: TestDatabase["owner"], id: string) => sql`
      update label_versions set chain_hash = ${sha("x")} where id = ${id}`,
    },
  ])("give $name away that was tampered with", async ({ tamper }) => {
    const { dataset, schema, labels } = await newDataset();
    const frozen = { datasetId: dataset.id, schemaId: schema.id, rule: "", note: "" };
    const freeze = (some: typeof labels) => asTeam((sql) => freezeLabelVersion(sql, team, { ...frozen, labels: some }));
    await freeze(labels.slice(0, 2));
    const second = await freeze(labels.slice(2));
    await tamper(database.owner, second.id);
    expect(await asTeam((sql) => verifyChain(sql, team, dataset.id))).toEqual({ ok: false, brokenAt: 2 });
  });

  it("refuse labels of elsewhere, two of an item, and none", async () => {
    const { dataset, schema, labels } = await newDataset();
    const other = await newDataset();
    const freeze = (some: typeof labels, schemaId = schema.id) =>
      asTeam((sql) =>
        freezeLabelVersion(sql, team, { datasetId: dataset.id, schemaId, rule: "", note: "", labels: some }),
      );
    await expect(freeze([...labels, other.labels[0]!])).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(freeze([{ ...labels[0]!, annotationId: labels[1]!.annotationId }])).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    await expect(freeze([labels[0]!, labels[0]!])).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(freeze([])).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(freeze(labels, other.schema.id)).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(await asTeam((sql) => listLabelVersions(sql, team, dataset.id))).toEqual([]);
  });

  it("share one schema of the same classes", async () => {
    const { dataset, schema } = await newDataset();
    const ensure = (classes: string[]) =>
      asTeam((sql) => ensureSchema(sql, team, { datasetId: dataset.id, task: "segmentation", classes }));
    expect((await ensure(["polyp"])).id).toBe(schema.id);
    expect((await ensure(["polyp", "tool"])).id).not.toBe(schema.id);
  });
});

describe("splits", () => {
  it("count and list their folds", async () => {
    const { dataset, items } = await newDataset();
    const frozen = { datasetId: dataset.id, name: "s", rule: "in turn", subjectsKnown: true };
    const assignments = assignFolds(items);
    const split = await asTeam((sql) => freezeSplit(sql, team, { ...frozen, assignments }));
    expect(await asTeam((sql) => foldCounts(sql, team, [stranger, split.id]))).toEqual([
      { splitId: stranger, train: 0, validation: 0, test: 0, trainSubjects: 0 },
      { splitId: split.id, train: 2, validation: 2, test: 2, trainSubjects: 2 },
    ]);
    const test = await asTeam((sql) => splitItems(sql, team, split.id, "test"));
    expect(test.map(({ itemId }) => itemId)).toEqual([items[2]!.id, items[5]!.id]);
    const page = await asTeam((sql) =>
      listItems(sql, team, { datasetId: dataset.id, splitId: split.id, fold: "test" }),
    );
    expect(page).toMatchObject({ totalCount: 2, rows: [{ id: items[2]!.id }, { id: items[5]!.id }] });
    const again = asTeam((sql) => freezeSplit(sql, team, { ...frozen, assignments }));
    await expect(again).rejects.toMatchObject({ code: "CONFLICT" });
    const reversed = { ...frozen, name: "t", assignments: assignments.toReversed() };
    expect((await asTeam((sql) => freezeSplit(sql, team, reversed))).contentHash).toBe(split.contentHash);
    expect(await asTeam((sql) => listSplits(sql, team, dataset.id))).toHaveLength(2);
  });

  it("refuse a subject in two folds, with the list", async () => {
    const { dataset, items } = await newDataset();
    const assignments = assignFolds(items).map((each, i) => (i < 2 ? { ...each, subject: "patient 7" } : each));
    const split = { datasetId: dataset.id, name: "s", rule: "", subjectsKnown: true, assignments };
    await expect(asTeam((sql) => freezeSplit(sql, team, split))).rejects.toMatchObject({
      code: "CONFLICT",
      details: { subjects: [{ subject: "patient 7", folds: ["train", "validation"] }] },
    });
    const elsewhere = { ...split, assignments: [{ itemId: stranger, subject: "s", fold: "test" as const }] };
    await expect(asTeam((sql) => freezeSplit(sql, team, elsewhere))).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});

describe("experiments and runs", () => {
  it("are stored together or not at all", async () => {
    const study = await makeStudy(database, { name: "together" });
    expect(study.runs).toMatchObject([
      { name: "one", seed: 0, state: "queued", attempt: 0, configuration: { epochs: 1, learningRate: 0.001 } },
      { name: "two", seed: 1, state: "queued" },
    ]);
    const { experiment } = study;
    const next = { ...experiment, name: "next", codeCommit: "0", runs: [newRun("a", 0), newRun("b", 0)] };
    await expect(asTeam((sql) => createExperiment(sql, team, next))).rejects.toMatchObject({ code: "CONFLICT" });
    const waits = { ...next, runs: [newRun("a", 0, stranger)] };
    await expect(asTeam((sql) => createExperiment(sql, team, waits))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const other = await makeStudy(database, { name: "another" });
    const mixed = { ...next, runs: [], splitId: other.split.id };
    await expect(asTeam((sql) => createExperiment(sql, team, mixed))).rejects.toMatchObject({ code: "BAD_INPUT" });
    const all = await asTeam((sql) => listExperiments(sql, team));
    expect(all.rows.map(({ name }) => name)).toEqual(["experiment on another", "experiment on together"]);
    expect(await asTeam((sql) => experimentsByIds(sql, team, [experiment.id]))).toEqual([experiment]);
    expect(experiment).toMatchObject({ seeds: [0, 1], arms: [{ name: "random", changes: {} }], base: { epochs: 1 } });
  });

  it("list by state", async () => {
    const { experiment } = await makeStudy(database, { name: "by state" });
    const list = (state: "queued" | "failed") =>
      asTeam((sql) => listRuns(sql, team, { experimentId: experiment.id, state, page: { first: 1 } }));
    expect(await list("queued")).toMatchObject({ totalCount: 2, hasNextPage: true });
    expect(await list("failed")).toMatchObject({ totalCount: 0, hasNextPage: false, rows: [], endCursor: null });
  });

  it("take in a foreign script's run", async () => {
    const foreign = {
      projectName: "Scripts",
      name: "mine",
      configuration: { lr: 1 },
      createdBy: database.userId,
      codeCommit: "",
    };
    const run = await asTeam((sql) => createForeignRun(sql, team, foreign));
    expect(run).toMatchObject({ source: "foreign", state: "running", attempt: 1, arm: "", seed: 0, datasetId: null });
    const finish = (state: "succeeded" | "failed") => asTeam((sql) => finishForeignRun(sql, team, run.id, state));
    expect((await finish("succeeded")).state).toBe("succeeded");
    expect((await finish("succeeded")).state).toBe("succeeded");
    await expect(finish("failed")).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
