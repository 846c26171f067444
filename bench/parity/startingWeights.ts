/** @file The weights that the product draws for a seed, in a file: PyTorch starts from the same. */
import { writeFile } from "node:fs/promises";
import type { UNetModel } from "@tessera/domain/configuration/segmentation";
import { initEngine } from "@tessera/engine/backend";
import { unet } from "@tessera/models/segmentation/unet";
import { readWeights } from "@tessera/models/weights/named";
import { writeSafetensors } from "@tessera/training/safetensors";

export async function writeStartingWeights(model: UNetModel, seed: number, path: string): Promise<void> {
  await initEngine({ threads: 1 });
  const network = unet(model, seed);
  await writeFile(path, writeSafetensors({ tensors: readWeights(network), metadata: {} }));
  network.dispose();
}
