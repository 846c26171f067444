/** @file The kernels that see the image: their frequency content, and what they look like. */
import type { FirstLayer } from "@tessera/domain/inspections/filterResponses";
import { filterSpectra, frequencies, highFrequency, highShareOfNoise } from "@tessera/models/filters/spectrum";
import type { NamedWeight } from "@tessera/models/weights/named";
import type { Given } from "./given.ts";

/** @param before [k, k, 1 or 3, filters] */
export async function firstLayer(
  kernel: string,
  before: NamedWeight,
  after: NamedWeight,
  given: Pick<Given, "storePicture">,
): Promise<FirstLayer> {
  const [early, late] = [filterSpectra(before), filterSpectra(after)];
  const [side, , , filters] = before.shape as [number, number, number, number];
  return {
    kernel,
    side,
    sha256: await given.storePicture(kernelPicture([before, after]), side * filters, side * 2),
    frequencies,
    highFrequency,
    highShareOfNoise,
    filters: early.map(({ power, highShare }, filter) => ({
      filter,
      before: power,
      after: late[filter]!.power,
      highBefore: highShare,
      highAfter: late[filter]!.highShare,
    })),
  };
}

/** Grey is 0; a filter's largest weight in either row is black or white. Of three channels they are red, green and blue. */
function kernelPicture(rows: readonly NamedWeight[]): Uint8Array {
  const [side, , channels, filters] = rows[0]!.shape as [number, number, number, number];
  const largest = new Float64Array(filters);
  for (const { data } of rows) {
    for (const [i, value] of data.entries()) largest[i % filters] = Math.max(largest[i % filters]!, Math.abs(value));
  }
  const width = side * filters;
  const pixels = new Uint8Array(width * side * rows.length * 3);
  for (const [row, { data }] of rows.entries()) {
    for (let at = 0; at < side * side; at++) {
      for (let filter = 0; filter < filters; filter++) {
        const [y, x] = [row * side + Math.floor(at / side), filter * side + (at % side)];
        for (let colour = 0; colour < 3; colour++) {
          const value = data[(at * channels + (channels === 3 ? colour : 0)) * filters + filter]!;
          pixels[3 * (y * width + x) + colour] = Math.round(127.5 + (127.5 * value) / (largest[filter]! || 1));
        }
      }
    }
  }
  return pixels;
}
