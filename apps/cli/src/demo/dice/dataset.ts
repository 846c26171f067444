/** @file The planted regions, imported as any set is, and the items' ids by name. */
import type { TesseraClient } from "@tessera/client/client";
import { writePlantedSet } from "@tessera/synthetic/plantedSet";
import { ensureDataset } from "../../datasets.ts";
import type { DiceOptions } from "../options.ts";
import { importDrawn, projectName, type ReadyDataset, ready } from "../readyDataset.ts";

export interface PlantedDataset extends ReadyDataset {
  readonly itemIds: ReadonlyMap<string, string>;
}

export async function plantedDataset(client: TesseraClient, options: DiceOptions): Promise<PlantedDataset> {
  const { seed, items, size } = options;
  const name = `Planted regions, world ${seed}, ${items} items of ${size} px`;
  const named = { name, modality: "OTHER" } as const;
  const found = await ready(client, named, (dataset) => {
    return importDrawn(client, dataset, {
      label: "Planting regions",
      reader: "planted truth",
      draw: (directory, onProgress) => writePlantedSet({ directory, seed, items, size, onProgress }),
    });
  });
  const { id } = await ensureDataset(client, projectName, named);
  return { ...found, itemIds: await itemIdsOf(client, id) };
}

async function itemIdsOf(client: TesseraClient, datasetId: string): Promise<Map<string, string>> {
  type Page = {
    dataset: {
      items: {
        edges: { node: { id: string; name: string } }[];
        pageInfo: { endCursor: string | null; hasNextPage: boolean };
      };
    };
  };
  const ids = new Map<string, string>();
  const document = `query ($id: UUID!, $after: String) { dataset(id: $id) { items(first: 100, after: $after) {
    edges { node { id name } } pageInfo { endCursor hasNextPage } } } }`;
  for (let after: string | null = null; ; ) {
    const { items }: Page["dataset"] = (await client.query<Page>(document, { id: datasetId, after })).dataset;
    for (const { node } of items.edges) ids.set(node.name, node.id);
    if (!items.pageInfo.hasNextPage) return ids;
    after = items.pageInfo.endCursor;
  }
}
