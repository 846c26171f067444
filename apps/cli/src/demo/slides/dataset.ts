/** @file The demo's bags, imported as any table of bags is. Made once, found again later. */
import type { TesseraClient } from "@tessera/client/client";
import { writeWitnessBags } from "@tessera/synthetic/witnessBags";
import type { SlidesOptions } from "../options.ts";
import { importDrawn, type ReadyDataset, ready } from "../readyDataset.ts";

/** Tiles and witnesses of a bag: 1 in 200 tells. */
export const bag = { tiles: 400, witnesses: 2, features: 12 } as const;
export const witnessRate = bag.witnesses / bag.tiles;

export function bagDataset(client: TesseraClient, { seed, items }: SlidesOptions): Promise<ReadyDataset> {
  const name = `Synthetic tile features: ${bag.witnesses} of ${bag.tiles} tiles tell, world ${seed}, ${items} bags`;
  return ready(client, { name, modality: "HISTOLOGY" }, (dataset) => {
    return importDrawn(client, dataset, {
      label: "Drawing bags",
      reader: "planted truth",
      draw: (directory) => writeWitnessBags(directory, { seed, bags: items, ...bag }),
    });
  });
}
