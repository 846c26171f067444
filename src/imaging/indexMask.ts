/** @file Masks whose pixel values are classes: palette or grey PNG. */
import { DomainError } from "@tessera/domain/errors";
import { type ClassMask, encodeClassMask } from "./classMask.ts";
import { type PngSamples, pngSamples } from "./pngSamples.ts";

/** A pixel value and what it stands for: class index + 1, or 0 for background. */
export type ValueIndex = readonly [value: number, index: number];

/** The pixel values that a mask has, rising. @throws DomainError BAD_FILE */
export async function indexValues(bytes: Uint8Array, name?: string): Promise<number[]> {
  const { samples } = oneChannel(bytes, name);
  const found = new Uint8Array(65536);
  for (const value of samples) found[value] = 1;
  return Array.from(found.keys()).filter((value) => found[value] === 1);
}

/** @throws DomainError BAD_FILE, also for a value that `values` does not know */
export async function indexMask(
  bytes: Uint8Array,
  values: readonly ValueIndex[],
  classes: number,
  name?: string,
): Promise<ClassMask> {
  const { width, height, samples } = oneChannel(bytes, name);
  const indexOf = new Int16Array(65536).fill(-1);
  for (const [value, index] of values) indexOf[value] = index;
  const indices = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) {
    const index = indexOf[samples[i]!]!;
    if (index < 0) throw unknownValue(samples[i]!);
    indices[i] = index;
  }
  return encodeClassMask(indices, width, height, classes);
}

function oneChannel(bytes: Uint8Array, name?: string): PngSamples {
  const image = pngSamples(bytes, name);
  if (image.channels === 1) return image;
  throw new DomainError(
    "BAD_FILE",
    `Expected one value per pixel (a palette or grey PNG), got ${image.channels} channels; save the mask with an index per pixel`,
    { channels: image.channels },
  );
}

function unknownValue(value: number): DomainError {
  const advice =
    value === 255
      ? 'many data sets mean "ignore" by 255, which is not supported: give those pixels a class or 0, or name class 255 in classes.json'
      : "add it to the list of classes, or correct the mask";
  return new DomainError("BAD_FILE", `The mask has the value ${value}, which is no class; ${advice}`, { value });
}
