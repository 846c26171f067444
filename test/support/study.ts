/** @file A small whole study in a test database: dataset, items, labels, split, experiment, worker. */
import { createHash } from "node:crypto";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import type { TeamSql } from "@tessera/store/database";
import { createDataset } from "@tessera/store/datasets";
import { createExperiment, type NewRun } from "@tessera/store/experiments";
import { type Item, insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { listRuns } from "@tessera/store/runs";
import { freezeSplit } from "@tessera/store/splits";
import { registerWorker } from "@tessera/store/workers";
import type { TestDatabase } from "./database.ts";

export const sha = (text: string) => createHash("sha256").update(text).digest("hex");

/** Items "name-00", "name-01"… of 40 x 30 pixels with a region of 12 (a hundredth); train, validation, test in turn. */
export async function makeDataset(sql: TeamSql, teamId: string, { name = "polyps", items = 6 } = {}) {
  const project = await ensureProject(sql, teamId, "Project");
  const dataset = await createDataset(sql, teamId, { projectId: project.id, name, modality: "endoscopy" });
  const names = Array.from({ length: items }, (_, i) => `${name}-${String(i).padStart(2, "0")}`);
  for (const each of [...names, ...names.map((item) => `${item} mask`), "thumbnail"]) {
    await putBlob(sql, teamId, { sha256: sha(each), size: each.length, mediaType: "image/png" });
  }
  const { inserted } = await insertItems(
    sql,
    teamId,
    names.map((item) => ({
      datasetId: dataset.id,
      name: item,
      sha256: sha(item),
      thumbnailSha256: sha("thumbnail"),
      width: 40,
      height: 30,
      subject: `subject of ${item}`,
      subjectKnown: true,
      site: null,
      spacingMm: null,
    })),
  );
  const made = inserted.sort((a, b) => a.name.localeCompare(b.name));
  const schema = await ensureSchema(sql, teamId, { datasetId: dataset.id, task: "segmentation", classes: ["polyp"] });
  const annotations = await insertAnnotations(
    sql,
    teamId,
    made.map((item) => ({
      itemId: item.id,
      schemaId: schema.id,
      reader: "first reader",
      maskSha256: sha(`${item.name} mask`),
      regionPixels: [12],
      components: [1],
      boxes: [{ label: "polyp", xmin: 1, ymin: 2, xmax: 3, ymax: 4 }],
    })),
  );
  const labels = annotations.map(({ id, itemId }) => ({ itemId, annotationId: id }));
  return { project, dataset, items: made, schema, annotations, labels };
}

const foldOf = (index: number) => (["train", "validation", "test"] as const)[index % 3]!;

export const assignFolds = (items: readonly Item[]) =>
  items.map((item, i) => ({ itemId: item.id, subject: item.subject, fold: foldOf(i) }));

/** Runs "one" and "two" in the queue, in this order, unless `runs` says otherwise. */
export async function makeStudy(
  { db, teamId, userId }: Pick<TestDatabase, "db" | "teamId" | "userId">,
  {
    name = "polyps",
    runs = ["one", "two"].map((run, seed) => newRun(run, seed)),
  }: { name?: string; runs?: NewRun[] } = {},
) {
  return db.asTeam(teamId, async (sql) => {
    const data = await makeDataset(sql, teamId, { name });
    const { dataset, schema, labels, items, project } = data;
    const frozen = { datasetId: dataset.id, schemaId: schema.id, rule: "one reader", note: "", labels };
    const labelVersion = await freezeLabelVersion(sql, teamId, frozen);
    const assignments = assignFolds(items);
    const split = await freezeSplit(sql, teamId, {
      datasetId: dataset.id,
      name: "split",
      rule: "in turn",
      subjectsKnown: true,
      assignments,
    });
    const experiment = await createExperiment(sql, teamId, {
      projectId: project.id,
      name: `experiment on ${name}`,
      question: "Does it help?",
      datasetId: dataset.id,
      labelVersionId: labelVersion.id,
      splitId: split.id,
      base: { epochs: 1 },
      arms: [{ name: "random", changes: {} }],
      seeds: [0, 1],
      equivalenceMargin: null,
      createdBy: userId,
      codeCommit: "0".repeat(40),
      runs,
    });
    const { id: workerId } = await registerWorker(sql, teamId, { name: "worker", device: "CPU", version: "0" });
    const page = await listRuns(sql, teamId, { experimentId: experiment.id });
    return { ...data, labelVersion, split, experiment, workerId, runs: page.rows.reverse() };
  });
}

export const newRun = (name: string, seed: number, startingRunId: string | null = null): NewRun => ({
  arm: "random",
  seed,
  configuration: { epochs: 1, learningRate: 0.001 },
  startingRunId,
  name,
});
