/** @file A dataset with two label versions, a split whose subjects are unknown, and a finished import with a refused file. */
import { insertAnnotations } from "@tessera/store/annotations";
import type { Database } from "@tessera/store/database";
import { createDataset } from "@tessera/store/datasets";
import { claimImport, createImport, finishImport, reportImport } from "@tessera/store/imports";
import { type Item, insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { freezeSplit } from "@tessera/store/splits";
import { type PlantedPicture, side } from "./pictures.ts";

export type PlantedItem = Item & { readonly picture: PlantedPicture };

export interface PlantedData {
  readonly projectId: string;
  readonly datasetId: string;
  readonly labelVersionId: string;
  readonly splitId: string;
  readonly validation: readonly PlantedItem[];
  readonly test: readonly PlantedItem[];
}

export async function plantData(
  db: Database,
  teamId: string,
  workerId: string,
  planted: readonly PlantedPicture[],
): Promise<PlantedData> {
  const made = await db.asTeam(teamId, async (sql) => {
    const project = await ensureProject(sql, teamId, "Polyps");
    const dataset = await createDataset(sql, teamId, {
      projectId: project.id,
      name: "Synthetic endoscopy",
      modality: "endoscopy",
    });
    const datasetId = dataset.id;
    const rows = planted.map((picture) => ({
      datasetId,
      name: picture.name,
      sha256: picture.imageSha256,
      thumbnailSha256: picture.imageSha256,
      width: side,
      height: side,
      subject: picture.name,
      subjectKnown: false,
      site: null,
      spacingMm: null,
    }));
    const { inserted } = await insertItems(sql, teamId, rows);
    const byName = new Map(planted.map((picture) => [picture.name, picture]));
    const items = inserted
      .map((item) => ({ ...item, picture: byName.get(item.name)! }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const schema = await ensureSchema(sql, teamId, { datasetId, task: "segmentation", classes: ["polyp"] });
    const drawn = items.map(({ id, picture }) => ({
      itemId: id,
      schemaId: schema.id,
      reader: "planted truth",
      maskSha256: picture.maskSha256,
      regionPixels: [picture.regionPixels],
      components: [1],
      boxes: null,
    }));
    const annotations = await insertAnnotations(sql, teamId, drawn);
    const labels = annotations.map((each) => ({ itemId: each.itemId, annotationId: each.id }));
    const version = { datasetId, schemaId: schema.id, rule: "one reader: planted truth" };
    const first = await freezeLabelVersion(sql, teamId, {
      ...version,
      note: "made by the import",
      labels: labels.slice(0, -2),
    });
    const second = await freezeLabelVersion(sql, teamId, { ...version, note: "two late items added", labels });
    const third = Math.floor(items.length / 3);
    const foldOf = (place: number) => (place < third ? "train" : place < third + 6 ? "validation" : "test");
    const split = await freezeSplit(sql, teamId, {
      datasetId,
      name: "thirds",
      rule: "a third for training, six for validation, the rest for test, in the order of names",
      subjectsKnown: false,
      assignments: items.map((item, place) => ({ itemId: item.id, subject: item.subject, fold: foldOf(place) })),
    });
    await createImport(sql, teamId, { datasetId, layout: "kvasir-seg", reader: "planted truth", files: [] });
    const data = {
      projectId: project.id,
      datasetId,
      labelVersionId: second.id,
      splitId: split.id,
      validation: items.filter((_, place) => foldOf(place) === "validation"),
      test: items.filter((_, place) => foldOf(place) === "test"),
    };
    return { data, firstVersionId: first.id };
  });

  const taken = await claimImport(db, { teamId, workerId, leaseSeconds: 60 });
  if (!taken) throw new Error("the import that was just created could not be claimed");
  const mine = { teamId, id: taken.id, attempt: taken.attempt };
  const problem = {
    path: "images/notes.jpg",
    code: "BAD_FILE",
    message: "Expected a JPEG or PNG image, got text; export it as JPEG or PNG",
  };
  const total = planted.length + 1;
  await reportImport(db, {
    ...mine,
    total,
    done: total,
    added: planted.length,
    duplicates: 0,
    refused: 1,
    problems: [problem as never],
  });
  const { firstVersionId, data } = made;
  await finishImport(db, { ...mine, state: "succeeded", labelVersionId: firstVersionId, splitId: data.splitId });
  return data;
}
