/**
 * @file What a confirmed pair has in common: local contrast. X-rays of different patients correlate above 0.95 by their outlines
 * alone, so each pixel is taken against its surroundings.
 */
import { smallSide } from "@tessera/domain/duplicates/rule";

const n = smallSide;
const reach = 3; // a window of 7 x 7
/** Variance below which contrast is noise: a standard deviation of 4 grey values. */
const floor = 16;

/** Parts of a picture that may be another picture, cropped: scale and the offset of the centre, in pixels of 32. */
export interface Part {
  readonly scale: number;
  readonly dx: number;
  readonly dy: number;
}

/** A picture's local contrast as a direction: whole numbers, and what makes their products correlations. */
export interface Contrast {
  /** [32*32], -127 to 127, mean nearly 0 */
  readonly values: Int8Array;
  /** Euclidean length of `values`; 0 for a flat picture */
  readonly length: number;
}

/** (pixel − mean) / √(variance + 16) over the 7 × 7 window around it (at borders: what of it is inside), then minus the overall mean. */
export function localContrast(pixels: ArrayLike<number>): Contrast {
  const [sums, squares] = [integral(pixels, (v) => v), integral(pixels, (v) => v * v)];
  const contrast = new Float64Array(n * n);
  let total = 0;
  for (let y = 0; y < n; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(n, y + reach + 1)];
    for (let x = 0; x < n; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(n, x + reach + 1)];
      const count = (bottom - top) * (right - left);
      const mean = inside(sums, top, bottom, left, right) / count;
      const variance = Math.max(0, inside(squares, top, bottom, left, right) / count - mean * mean);
      const value = (pixels[y * n + x]! - mean) / Math.sqrt(variance + floor);
      contrast[y * n + x] = value;
      total += value;
    }
  }
  const mean = total / contrast.length;
  let most = 0;
  for (const value of contrast) most = Math.max(most, Math.abs(value - mean));
  const values = new Int8Array(n * n);
  if (most < 1e-9) return { values, length: 0 };
  let squared = 0;
  for (let i = 0; i < values.length; i++) {
    const value = Math.round((127 * (contrast[i]! - mean)) / most);
    values[i] = value;
    squared += value * value;
  }
  return { values, length: Math.sqrt(squared) };
}

/** The part of a picture, stretched back to 32 × 32 (bilinear). @returns [32*32] */
export function partOf(pixels: Uint8Array, { scale, dx, dy }: Part): Float32Array {
  const part = new Float32Array(n * n);
  const between = new Float32Array(n * n); // stretched across only
  const [across, down] = [stepsOf(scale, dx), stepsOf(scale, dy)];
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const { at, next, share } = across[x]!;
      between[y * n + x] = pixels[y * n + at]! * (1 - share) + pixels[y * n + next]! * share;
    }
  }
  for (let y = 0; y < n; y++) {
    const { at, next, share } = down[y]!;
    for (let x = 0; x < n; x++) part[y * n + x] = between[at * n + x]! * (1 - share) + between[next * n + x]! * share;
  }
  return part;
}

type Step = { readonly at: number; readonly next: number; readonly share: number };
const known = new Map<number, Step[]>();

/** A few hundred different ones at most: parts are cut at fixed places. */
function stepsOf(scale: number, offset: number): Step[] {
  const key = Math.round(scale * 1000) * 10_000 + Math.round(offset * 1000);
  const found = known.get(key) ?? steps(scale, offset);
  known.set(key, found);
  return found;
}

function steps(scale: number, offset: number) {
  const centre = (n - 1) / 2;
  return Array.from({ length: n }, (_, i) => {
    const from = Math.min(n - 1, Math.max(0, (i - centre) * scale + centre + offset));
    const at = Math.floor(from);
    return { at, next: Math.min(n - 1, at + 1), share: from - at };
  });
}

/** In [-1, 1]; 0 where either is flat. @param order of the first one's pixels: orientations.ts; absent: as they are */
export function correlation(a: Contrast, b: Contrast, order?: Uint16Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  let sum = 0;
  if (order) for (let i = 0; i < n * n; i++) sum += a.values[order[i]!]! * b.values[i]!;
  else for (let i = 0; i < n * n; i++) sum += a.values[i]! * b.values[i]!;
  return sum / (a.length * b.length);
}

/** As `correlation`, where the first is moved by whole pixels; over what then overlaps. */
export function shifted(a: Contrast, b: Contrast, dx: number, dy: number): number {
  let [sum, ofA, ofB] = [0, 0, 0];
  for (let y = Math.max(0, dy); y < Math.min(n, n + dy); y++) {
    for (let x = Math.max(0, dx); x < Math.min(n, n + dx); x++) {
      const [p, q] = [a.values[(y - dy) * n + x - dx]!, b.values[y * n + x]!];
      sum += p * q;
      ofA += p * p;
      ofB += q * q;
    }
  }
  return sum === 0 ? 0 : sum / Math.sqrt(ofA * ofB);
}

/** [(n+1)*(n+1)] sums over everything above and left of a corner (Viola & Jones 2001). */
function integral(pixels: ArrayLike<number>, of: (value: number) => number): Float64Array {
  const table = new Float64Array((n + 1) * (n + 1));
  for (let y = 0; y < n; y++) {
    let row = 0;
    for (let x = 0; x < n; x++) {
      row += of(pixels[y * n + x]!);
      table[(y + 1) * (n + 1) + x + 1] = table[y * (n + 1) + x + 1]! + row;
    }
  }
  return table;
}

const inside = (table: Float64Array, top: number, bottom: number, left: number, right: number) =>
  table[bottom * (n + 1) + right]! -
  table[top * (n + 1) + right]! -
  table[bottom * (n + 1) + left]! +
  table[top * (n + 1) + left]!;
