/** @file The demo's bags, imported as any table of bags is. Made once, found again later. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TesseraClient } from "@tessera/client/client";
import { writeWitnessBags } from "@tessera/synthetic/witnessBags";
import type { SlidesOptions } from "../options.ts";
import { importWithBar, type ReadyDataset, ready } from "../readyDataset.ts";

/** Tiles and witnesses of a bag: 1 in 200 tells. */
export const bag = { tiles: 400, witnesses: 2, features: 12 } as const;
export const witnessRate = bag.witnesses / bag.tiles;

export function bagDataset(client: TesseraClient, { seed, items }: SlidesOptions): Promise<ReadyDataset> {
  const name = `Synthetic tile features: ${bag.witnesses} of ${bag.tiles} tiles tell, world ${seed}, ${items} bags`;
  return ready(client, { name, modality: "HISTOLOGY" }, async (dataset) => {
    const directory = await mkdtemp(join(tmpdir(), "tessera-bags-"));
    try {
      await writeWitnessBags(directory, { seed, bags: items, ...bag });
      return await importWithBar(client, dataset, directory, "planted truth", undefined);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
}
