/** @file The demo's readers on disk, imported as any table of readers is; the first version is the truth. Made once, found again later. */
import type { TesseraClient } from "@tessera/client/client";
import { plantedChain } from "@tessera/synthetic/classReaders";
import { writeReaderSet } from "@tessera/synthetic/readerSet";
import { truthName } from "@tessera/synthetic/readerTruth";
import { ensureDataset } from "../../datasets.ts";
import { say } from "../../terminal.ts";
import type { LabelsOptions } from "../options.ts";
import { importDrawn, projectName } from "../readyDataset.ts";

export interface ReaderDataset {
  readonly id: string;
  readonly schemaId: string;
  readonly splitId: string;
  /** The version that is the truth. */
  readonly truthId: string;
}

export async function readerDataset(client: TesseraClient, options: LabelsOptions): Promise<ReaderDataset> {
  const { seed, items, size } = options;
  const name = `Planted readers: pits or grooves, world ${seed}, ${items} items of ${size} px`;
  const dataset = await ensureDataset(client, projectName, { name, modality: "ENDOSCOPY" });
  if (dataset.splitId === null) {
    say(name);
    await importDrawn(client, dataset, {
      label: "Drawing pictures",
      reader: truthName,
      draw: (directory, onProgress) => writeReaderSet({ directory, seed, items, size, onProgress }, plantedChain),
    });
  }
  return frozen(client, dataset.id);
}

async function frozen(client: TesseraClient, id: string): Promise<ReaderDataset> {
  type Answer = {
    dataset: { labelVersions: { id: string; number: number; schema: { id: string } }[]; splits: { id: string }[] };
  };
  const document = `query ($id: UUID!) { dataset(id: $id) { labelVersions { id number schema { id } } splits { id } } }`;
  const { labelVersions, splits } = (await client.query<Answer>(document, { id })).dataset;
  const first = labelVersions.find(({ number }) => number === 1)!;
  return { id, schemaId: first.schema.id, splitId: splits[0]!.id, truthId: first.id };
}
