/** @file A demo's dataset: drawn and imported once with its labels and split frozen, found again later. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { type DatasetRef, ensureDataset, type NamedDataset } from "../datasets.ts";
import { importFolder } from "../import/folder.ts";
import { Bar, say } from "../terminal.ts";

export interface ReadyDataset {
  readonly labelVersionId: string;
  readonly splitId: string;
}

export const projectName = "Demo";

export async function ready(
  client: TesseraClient,
  named: NamedDataset,
  fill: (dataset: DatasetRef) => Promise<ReadyDataset>,
): Promise<ReadyDataset> {
  const dataset = await ensureDataset(client, projectName, named);
  if (dataset.labelVersionId && dataset.splitId) {
    return { labelVersionId: dataset.labelVersionId, splitId: dataset.splitId };
  }
  say(named.name);
  return fill(dataset);
}

export async function importWithBar(
  client: TesseraClient,
  dataset: DatasetRef,
  directory: string,
  reader: string,
  items: number | undefined,
) {
  const bar = new Bar();
  const outcome = await importFolder(client, {
    datasetId: dataset.id,
    directory,
    reader,
    ...(items === undefined ? {} : { items }),
    onProgress: (label, done, total) => bar.show(label, done, total),
  });
  bar.end();
  const { labelVersionId, splitId } = outcome;
  if (labelVersionId === null || splitId === null) {
    throw new DomainError(
      "BAD_INPUT",
      `${directory} has no labels, or fewer than three subjects: no split can be made`,
    );
  }
  say(`${outcome.added} items, ${outcome.refused} files refused; label version 1 and a split are frozen`);
  return { labelVersionId, splitId };
}

export interface Drawing {
  /** Of the progress bar. */
  readonly label: string;
  readonly reader: string;
  readonly draw: (directory: string, onProgress: (done: number, total: number) => void) => Promise<unknown>;
}

/** What is drawn into a folder is imported from there; the folder is gone afterwards. */
export async function importDrawn(client: TesseraClient, dataset: DatasetRef, { label, reader, draw }: Drawing) {
  const directory = await mkdtemp(join(tmpdir(), "tessera-drawn-"));
  const bar = new Bar();
  try {
    await draw(directory, (done, total) => bar.show(label, done, total));
    bar.end();
    return await importWithBar(client, dataset, directory, reader, undefined);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
