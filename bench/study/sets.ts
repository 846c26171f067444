/** @file The data sets that studies are made on: where they lie, and how they come into the product. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ensureDataset, type Modality } from "@tessera/cli/datasets";
import { importFolder } from "@tessera/cli/import/folder";
import { Bar } from "@tessera/cli/terminal";
import type { TesseraClient } from "@tessera/client/client";

export interface StudySet {
  /** Of the dataset in the product. */
  readonly name: string;
  readonly modality: Modality;
  /** The environment variable that names the folder, and the folder where it does not. */
  readonly variable: string;
  readonly folder: string;
  readonly reader: string;
  /** Of the folder, this file alone. */
  readonly file?: string;
  /** Items to take; absent: all. */
  readonly items?: number;
}

export const kvasirSeg = (items: number | null): StudySet => ({
  name: items === null ? "Kvasir-SEG" : `Kvasir-SEG, ${items} items`,
  modality: "ENDOSCOPY",
  variable: "KVASIR_SEG",
  folder: "../shared/data/kvasir-seg",
  reader: "Kvasir-SEG annotators",
  ...(items !== null && { items }),
});

export const pneumoniaMnist: StudySet = {
  name: "PneumoniaMNIST",
  modality: "XRAY",
  variable: "PNEUMONIAMNIST",
  folder: "../shared/data/pneumoniamnist",
  reader: "MedMNIST v2",
};

/** @throws Error where it is not there */
export function directoryOf({ variable, folder, name }: Pick<StudySet, "variable" | "folder" | "name">): string {
  const directory = resolve(process.env[variable] ?? folder);
  if (!existsSync(directory)) throw new Error(`${directory} does not exist: set ${variable} to a folder of ${name}`);
  return directory;
}

/** The official split; the dataset is made once and found again later. */
export async function ensureSet(client: TesseraClient, projectName: string, set: StudySet, directory: string) {
  const { id, labelVersionId, splitId } = await ensureDataset(client, projectName, set);
  if (labelVersionId && splitId) return { labelVersionId, splitId };
  const bar = new Bar();
  const imported = await importFolder(client, {
    datasetId: id,
    directory,
    reader: set.reader,
    ...(set.file !== undefined && { file: set.file }),
    ...(set.items !== undefined && { items: set.items }),
    onProgress: (label, done, total) => bar.show(label, done, total),
  });
  bar.end();
  return { labelVersionId: imported.labelVersionId, splitId: imported.splitId };
}
