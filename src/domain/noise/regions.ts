/** @file Regions that a reader misses, and regions that are none. */
import { labelComponents } from "../labelComponents.ts";
import type { RandomStream } from "../random.ts";

/** Each 8-connected piece is left out with this chance. @param mask [height*width]. @returns [height*width], 0 or 1 */
export function dropRegions(
  mask: Uint8Array,
  width: number,
  height: number,
  chance: number,
  random: RandomStream,
): Uint8Array {
  const pieces = labelComponents(mask, width, height);
  const count = pieces.reduce((most, piece) => Math.max(most, piece), 0);
  const kept = Array.from({ length: count + 1 }, (_, piece) => piece > 0 && random.uniform() >= chance);
  return Uint8Array.from(pieces, (piece) => (kept[piece] ? 1 : 0));
}

const triesPerBlob = 50;

/**
 * Ellipses of axes between the two radii, in a drawn direction, that touch no foreground and not each other; one that finds no place in
 * fifty tries is left out.
 * @param mask [height*width]. @param radius pixels: the shortest and the longest. @returns [height*width], 0 or 1: the mask with its blobs
 */
export function addBlobs(
  mask: Uint8Array,
  width: number,
  height: number,
  { count, radius }: { readonly count: number; readonly radius: readonly [number, number] },
  random: RandomStream,
): Uint8Array {
  const result = Uint8Array.from(mask, (value) => (value === 0 ? 0 : 1));
  for (let blob = 0; blob < count; blob++) {
    for (let attempt = 0; attempt < triesPerBlob; attempt++) {
      const pixels = ellipse(width, height, radius, random);
      if (pixels.length === 0 || pixels.some((at) => touches(result, width, height, at))) continue;
      for (const at of pixels) result[at] = 1;
      break;
    }
  }
  return result;
}

function ellipse(
  width: number,
  height: number,
  [low, high]: readonly [number, number],
  random: RandomStream,
): number[] {
  const [x0, y0] = [random.between(0, width), random.between(0, height)];
  const [a, b, turn] = [random.between(low, high), random.between(low, high), random.between(0, Math.PI)];
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const reach = Math.max(a, b);
  const pixels: number[] = [];
  for (let y = Math.max(0, Math.floor(y0 - reach)); y < Math.min(height, y0 + reach); y++) {
    for (let x = Math.max(0, Math.floor(x0 - reach)); x < Math.min(width, x0 + reach); x++) {
      const [dx, dy] = [x + 0.5 - x0, y + 0.5 - y0];
      const [along, across] = [(dx * cosine + dy * sine) / a, (dy * cosine - dx * sine) / b];
      if (along * along + across * across <= 1) pixels.push(y * width + x);
    }
  }
  return pixels;
}

/** On foreground, or beside it by a side or a corner. */
function touches(mask: Uint8Array, width: number, height: number, at: number): boolean {
  const x = at % width;
  const y = (at - x) / width;
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) if (mask[v * width + u] !== 0) return true;
  }
  return false;
}
