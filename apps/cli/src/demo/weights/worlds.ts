/** @file The demo's two datasets: the target, and another synthetic domain for pretraining. Made once, found again later. */
import type { TesseraClient } from "@tessera/client/client";
import { writeEndoscopySet } from "@tessera/synthetic/endoscopySet";
import { setName, type WeightsOptions } from "../options.ts";
import { importDrawn, importWithBar, type ReadyDataset, ready } from "../readyDataset.ts";

export async function targetDataset(client: TesseraClient, options: WeightsOptions): Promise<ReadyDataset> {
  if (options.kvasir === null) {
    const name = `Synthetic endoscopy, world ${options.seed}, ${options.items} items`;
    return synthetic(client, {
      name,
      items: options.items!,
      size: sourceSize(options),
      seed: options.seed,
      domain: "a",
    });
  }
  const directory = options.kvasir;
  const set = setName(directory);
  const name = options.items === undefined ? set : `${set}, ${options.items} items`;
  return ready(client, { name, modality: "ENDOSCOPY" }, (dataset) =>
    importWithBar(client, dataset, directory, "Kvasir-SEG annotators", options.items),
  );
}

/** Other items, another seed, another look: what the encoder of the second arm has seen. */
export async function pretrainingDataset(client: TesseraClient, options: WeightsOptions): Promise<ReadyDataset> {
  const items = Math.min(options.items ?? 400, 400);
  const seed = options.seed + 1000;
  const name = `Synthetic endoscopy, other domain, world ${seed}, ${items} items`;
  return synthetic(client, { name, items, size: sourceSize(options), seed, domain: "b" });
}

/** Twice the model's size, as a real set has more pixels than the model sees. */
const sourceSize = (options: WeightsOptions) => Math.max(128, options.size * 2);

type World = { name: string; items: number; size: number; seed: number; domain: "a" | "b" };

function synthetic(client: TesseraClient, world: World): Promise<ReadyDataset> {
  return ready(client, { name: world.name, modality: "ENDOSCOPY" }, (dataset) => {
    return importDrawn(client, dataset, {
      label: "Making synthetic images",
      reader: "planted truth",
      draw: (directory, onProgress) => writeEndoscopySet({ ...world, directory, onProgress }),
    });
  });
}
