/**
 * @file A film's stored values as 8-bit grey: rescale, then the VOI table, else the window, else percentiles; MONOCHROME1 is
 * turned round at the end (PS3.3, C.11.1 and C.11.2).
 *
 * Of several windows or tables the first is taken. Without either, black is the 0.5th percentile and white the 99.5th, as of
 * volumes.
 */
import { percentiles } from "../nifti/percentile.ts";
import type { FilmHeader, VoiTable } from "./header.ts";

/** @param stored [height*width]. @returns [height*width] of 0..255 */
export function shadesOf(stored: Int32Array, header: FilmHeader): Uint8Array {
  const { slope, intercept, inverted } = header;
  const share = shareOf(stored, header);
  const known = new Map<number, number>();
  return Uint8Array.from(stored, (value) => {
    let shade = known.get(value);
    if (shade === undefined) {
      const part = share(value * slope + intercept);
      shade = Math.round(255 * Math.min(1, Math.max(0, inverted ? 1 - part : part)));
      known.set(value, shade);
    }
    return shade;
  });
}

/** Where a rescaled value lies between black, 0, and white, 1. */
function shareOf(stored: Int32Array, { window, table, slope, intercept }: FilmHeader): (value: number) => number {
  if (table !== null) return (value) => looked(value, table);
  if (window !== null) return windowed(window);
  const values = Float64Array.from(stored, (value) => value * slope + intercept);
  const [low, high] = percentiles(values, [0.5, 99.5]) as [number, number];
  return (value) => (high > low ? (value - low) / (high - low) : 0);
}

function looked(value: number, { first, entries, bits }: VoiTable): number {
  const at = Math.min(entries.length - 1, Math.max(0, Math.trunc(value) - first));
  return entries[at]! / (2 ** bits - 1);
}

function windowed({ center, width, shape }: NonNullable<FilmHeader["window"]>): (value: number) => number {
  if (shape === "SIGMOID") return (value) => 1 / (1 + Math.exp((-4 * (value - center)) / width));
  if (shape === "LINEAR_EXACT") return (value) => (value - center) / width + 0.5;
  const [middle, range] = [center - 0.5, width - 1];
  return (value) => {
    if (value <= middle - range / 2) return 0;
    if (value > middle + range / 2) return 1;
    return (value - middle) / range + 0.5;
  };
}
