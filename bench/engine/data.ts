/**
 * @file The batches of a case, as raw float32 files that both sides read.
 *
 * The loss must stay away from 0 however long the bench runs: gradients that vanish become denormal numbers, which have a speed of
 * their own. So masks are learnable and images noisy, and every second batch of classes contradicts the one before.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { type Case, elements } from "./cases.ts";

/** Steps go through them in turn. */
export const batches = 4;

export interface DataFiles {
  readonly batches: number;
  /** [batches, …input] and [batches, …truth] of the case, row-major, float32. */
  readonly input: string;
  readonly truth: string;
}

export async function writeData({ model, input, truth }: Case, folder: string): Promise<DataFiles> {
  const [items, ofInput, ofTruth] = [batches * input[0]!, elements(input.slice(1)), elements(truth.slice(1))];
  const all = { input: new Float32Array(items * ofInput), truth: new Float32Array(items * ofTruth) };
  for (let index = 0; index < items; index++) {
    const [batch, place] = [Math.floor(index / input[0]!), index % input[0]!];
    const like = model.family === "unet" ? batch : batch - (batch % 2); // the batch that has these images
    const random = keyedRandom({ seed: 1, epoch: like, index: place });
    const values = all.input.subarray(index * ofInput, (index + 1) * ofInput);
    const own = all.truth.subarray(index * ofTruth, (index + 1) * ofTruth);
    for (let i = 0; i < ofInput; i++) values[i] = 2 * random() - 1;
    if (model.family === "unet") drawDisc(values, own, model.size, random);
    else own[0] = (batch + place) % 2;
  }
  const files = { batches, input: join(folder, "input.f32"), truth: join(folder, "truth.f32") };
  for (const name of ["input", "truth"] as const) await writeFile(files[name], new Uint8Array(all[name].buffer));
  return files;
}

/** A brighter disc somewhere in the noise, which the mask shows. */
function drawDisc(image: Float32Array, mask: Float32Array, size: number, random: () => number): void {
  const radius = size * (0.1 + 0.2 * random());
  const [row, column] = [random() * size, random() * size];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (Math.hypot(Math.floor(pixel / size) - row, (pixel % size) - column) > radius) continue;
    mask[pixel] = 1;
    for (let channel = 0; channel < 3; channel++) image[3 * pixel + channel]! += 0.5;
  }
}
