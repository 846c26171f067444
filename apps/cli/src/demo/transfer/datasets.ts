/** @file The demo's four datasets, from the farthest domain to the target. Made once, found again later. */
import type { TesseraClient } from "@tessera/client/client";
import { writeDomainSet } from "@tessera/synthetic/domainSet";
import type { TransferDomain } from "@tessera/synthetic/domains";
import type { TransferOptions } from "../options.ts";
import { importDrawn, type ReadyDataset, ready } from "../readyDataset.ts";

const words: Readonly<Record<TransferDomain, string>> = {
  shapes: "Shapes",
  natural: "Natural-like",
  endoscopy: "Endoscopy-like",
  target: "Target",
};

/** Of the pretraining's domains the labels are noise where nothing is planted; the target's never are. */
export function domainDataset(
  client: TesseraClient,
  { items, seed, size, planted }: TransferOptions,
  domain: TransferDomain,
): Promise<ReadyDataset> {
  const labels = planted === "none" && domain !== "target" ? "noise" : "planted";
  const noise = labels === "noise" ? ", noise labels" : "";
  const name = `${words[domain]}: pits or grooves, world ${seed}, ${items} items of ${size} px${noise}`;
  const modality = domain === "endoscopy" || domain === "target" ? "ENDOSCOPY" : "OTHER";
  return ready(client, { name, modality }, (dataset) => {
    return importDrawn(client, dataset, {
      label: "Drawing pictures",
      reader: "planted truth",
      draw: (directory, onProgress) => writeDomainSet({ directory, domain, seed, items, size, labels, onProgress }),
    });
  });
}
