/** @file A demo's dataset: imported once with its labels and split frozen, found again later. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { type DatasetRef, ensureDataset } from "../datasets.ts";
import { importFolder } from "../import/folder.ts";
import { Bar, say } from "../terminal.ts";

export interface ReadyDataset {
  readonly labelVersionId: string;
  readonly splitId: string;
}

export const projectName = "Demo";

export async function ready(
  client: TesseraClient,
  name: string,
  fill: (dataset: DatasetRef) => Promise<ReadyDataset>,
): Promise<ReadyDataset> {
  const dataset = await ensureDataset(client, projectName, name);
  if (dataset.labelVersionId && dataset.splitId) {
    return { labelVersionId: dataset.labelVersionId, splitId: dataset.splitId };
  }
  say(name);
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
  if (outcome.splitId === null) {
    throw new DomainError("BAD_INPUT", `${directory} has fewer than three subjects: no split can be made of them`);
  }
  say(`${outcome.added} items, ${outcome.refused} files refused; label version 1 and a split are frozen`);
  return { labelVersionId: outcome.labelVersionId, splitId: outcome.splitId };
}
