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
  /** [3*3] squared length of what overlaps with a picture that is moved by -1, 0 or 1 down, then across */
  readonly overlaps: Float64Array;
}

/** (pixel − mean) / √(variance + 16) over the 7 × 7 window around it (at borders: what of it is inside), then minus the overall mean. */
export function localContrast(pixels: ArrayLike<number>): Contrast {
  integrate(pixels);
  let total = 0;
  for (let y = 0; y < n; y++) {
    const [top, bottom] = [(n + 1) * starts[y]!, (n + 1) * ends[y]!];
    for (let x = 0; x < n; x++) {
      const [left, right] = [starts[x]!, ends[x]!];
      const count = (ends[y]! - starts[y]!) * (right - left);
      const mean = inside(sums, top, bottom, left, right) / count;
      const variance = Math.max(0, inside(squares, top, bottom, left, right) / count - mean * mean);
      const value = (given[y * n + x]! - mean) / Math.sqrt(variance + floor);
      contrast[y * n + x] = value;
      total += value;
    }
  }
  const mean = total / contrast.length;
  let most = 0;
  for (let i = 0; i < n * n; i++) most = Math.max(most, Math.abs(contrast[i]! - mean));
  const values = new Int8Array(n * n);
  if (most < 1e-9) return { values, length: 0, overlaps: new Float64Array(9) };
  let squared = 0;
  for (let i = 0; i < n * n; i++) {
    const value = Math.round((127 * (contrast[i]! - mean)) / most);
    values[i] = value;
    squared += value * value;
  }
  return { values, length: Math.sqrt(squared), overlaps: squaredOverlaps(values, squared) };
}

/** Where the window around a place begins, and where it ends. */
const starts = Uint8Array.from({ length: n }, (_, i) => Math.max(0, i - reach));
const ends = Uint8Array.from({ length: n }, (_, i) => Math.min(n, i + reach + 1));
/** Of the picture at hand, written anew each time: a search looks at hundreds of thousands. */
const given = new Float64Array(n * n);
const contrast = new Float64Array(n * n);
/** [(n+1)*(n+1)] sums over everything above and left of a corner (Viola & Jones 2001). */
const sums = new Float64Array((n + 1) * (n + 1));
const squares = new Float64Array((n + 1) * (n + 1));

function integrate(pixels: ArrayLike<number>): void {
  for (let i = 0; i < n * n; i++) given[i] = pixels[i]!;
  for (let y = 0; y < n; y++) {
    let [row, squared] = [0, 0];
    for (let x = 0; x < n; x++) {
      const value = given[y * n + x]!;
      row += value;
      squared += value * value;
      const [above, at] = [y * (n + 1) + x + 1, (y + 1) * (n + 1) + x + 1];
      sums[at] = sums[above]! + row;
      squares[at] = squares[above]! + squared;
    }
  }
}

/** @param top and bottom as the places of their rows in the table */
const inside = (table: Float64Array, top: number, bottom: number, left: number, right: number) =>
  table[bottom + right]! - table[top + right]! - table[bottom + left]! + table[top + left]!;

/** The part of a picture, stretched back to 32 × 32 (bilinear). @returns [32*32] */
export function partOf(pixels: Uint8Array, { scale, dx, dy }: Part): Float32Array {
  const part = new Float32Array(n * n);
  const [across, down] = [stepsOf(scale, dx), stepsOf(scale, dy)];
  for (let x = 0; x < n; x++) {
    const [at, next, share] = [across.at[x]!, across.next[x]!, across.share[x]!];
    for (let y = 0; y < n; y++) between[y * n + x] = pixels[y * n + at]! * (1 - share) + pixels[y * n + next]! * share;
  }
  for (let y = 0; y < n; y++) {
    const [at, next, share] = [n * down.at[y]!, n * down.next[y]!, down.share[y]!];
    for (let x = 0; x < n; x++) part[y * n + x] = between[at + x]! * (1 - share) + between[next + x]! * share;
  }
  return part;
}

/** A picture that is stretched across only; written anew each time. */
const between = new Float32Array(n * n);

/** Of each of 32 places: the two pixels it lies between, and the share of the second. */
interface Steps {
  readonly at: Uint8Array;
  readonly next: Uint8Array;
  readonly share: Float64Array;
}
const known = new Map<number, Steps>();

/** A few hundred different ones at most: parts are cut at fixed places. */
function stepsOf(scale: number, offset: number): Steps {
  const key = Math.round(scale * 1000) * 10_000 + Math.round(offset * 1000);
  const found = known.get(key) ?? steps(scale, offset);
  known.set(key, found);
  return found;
}

function steps(scale: number, offset: number): Steps {
  const centre = (n - 1) / 2;
  const from = Array.from({ length: n }, (_, i) =>
    Math.min(n - 1, Math.max(0, (i - centre) * scale + centre + offset)),
  );
  const at = Uint8Array.from(from, Math.floor);
  return {
    at,
    next: at.map((each) => Math.min(n - 1, each + 1)),
    share: Float64Array.from(from, (each) => each - Math.floor(each)),
  };
}

/** In [-1, 1]; 0 where either is flat. @param order of the first one's pixels: orientations.ts; absent: as they are */
export function correlation(a: Contrast, b: Contrast, order?: Uint16Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [p, q] = [a.values, b.values];
  let sum = 0; // below 2^24, so that whole numbers of 32 bits hold it
  if (order) for (let i = 0; i < n * n; i++) sum = (sum + p[order[i]!]! * q[i]!) | 0;
  else for (let i = 0; i < n * n; i++) sum = (sum + p[i]! * q[i]!) | 0;
  return sum / (a.length * b.length);
}

/** As `correlation`, where the first is moved by whole pixels, at most one each way; over what then overlaps. */
export function shifted(a: Contrast, b: Contrast, dx: number, dy: number): number {
  const [p, q] = [a.values, b.values];
  const back = dy * n + dx;
  const [left, right] = [Math.max(0, dx), Math.min(n, n + dx)];
  let sum = 0;
  for (let y = Math.max(0, dy); y < Math.min(n, n + dy); y++) {
    for (let at = y * n + left; at < y * n + right; at++) sum = (sum + p[at - back]! * q[at]!) | 0;
  }
  return sum === 0 ? 0 : sum / Math.sqrt(a.overlaps[overlapAt(-dx, -dy)]! * b.overlaps[overlapAt(dx, dy)]!);
}

const overlapAt = (dx: number, dy: number) => 3 * (dy + 1) + dx + 1;

/** All squares but those of the lines that have no partner. @param all the sum of all squares */
function squaredOverlaps(values: Int8Array, all: number): Float64Array {
  const last = n - 1;
  const [top, bottom, left, right] = [
    line(values, 0, 1),
    line(values, last * n, 1),
    line(values, 0, n),
    line(values, last, n),
  ];
  const made = new Float64Array(9);
  for (let dy = -1; dy <= 1; dy++) {
    const row = dy === 0 ? 0 : dy > 0 ? top : bottom;
    for (let dx = -1; dx <= 1; dx++) {
      const column = dx === 0 ? 0 : dx > 0 ? left : right;
      const corner = dx === 0 || dy === 0 ? 0 : values[(dy > 0 ? 0 : last * n) + (dx > 0 ? 0 : last)]! ** 2;
      made[overlapAt(dx, dy)] = all - row - column + corner;
    }
  }
  return made;
}

function line(values: Int8Array, from: number, step: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[from + i * step]! * values[from + i * step]!;
  return sum;
}
