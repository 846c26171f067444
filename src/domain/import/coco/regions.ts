/**
 * @file COCO regions to pixels: polygons and run lengths, as the pycocotools draw them.
 *
 * After the published description of COCO's mask API (Lin et al. 2014, maskApi): run lengths go down the columns, and a
 * polygon's outline is sampled five times finer than the pixels. Runs are [start, end) over x * height + y.
 */
import { DomainError } from "../../errors.ts";

export type Shape =
  /** Each [x0, y0, x1, y1, …] in pixels; together one region. */
  | { readonly polygons: readonly (readonly number[])[] }
  /** Lengths in turn of background and region, or COCO's text for them. */
  | { readonly counts: readonly number[] | string; readonly size: readonly [height: number, width: number] };

export interface Region {
  readonly classIndex: number;
  readonly shape: Shape;
}

type Run = readonly [start: number, end: number];

const finer = 5;
const bad = (message: string) => new DomainError("BAD_FILE", `A region cannot be drawn: ${message}`, { region: true });

/**
 * An index map of all regions. Where several claim a pixel the smallest has it, of equal ones the first.
 * @returns [height*width], 0 or class index + 1
 * @throws DomainError BAD_FILE for a region that cannot be drawn
 */
export function drawRegions(regions: readonly Region[], width: number, height: number): Uint8Array {
  const drawn = regions.map(({ classIndex, shape }, order) => {
    const runs = runsOf(shape, width, height);
    return { index: classIndex + 1, order, runs, pixels: runs.reduce((sum, [start, end]) => sum + end - start, 0) };
  });
  drawn.sort((a, b) => b.pixels - a.pixels || b.order - a.order); // the last one drawn lies on top
  const map = new Uint8Array(width * height);
  for (const { index, runs } of drawn) {
    for (const [start, end] of runs) {
      for (let at = start; at < end; at++) map[(at % height) * width + Math.floor(at / height)] = index;
    }
  }
  return map;
}

function runsOf(shape: Shape, width: number, height: number): Run[] {
  if ("polygons" in shape) {
    return united(shape.polygons.flatMap((polygon) => polygonRuns(polygon, width, height)));
  }
  const [h, w] = shape.size;
  if (h !== height || w !== width) {
    throw bad(`its run lengths are for ${w}x${h} pixels, the image has ${width}x${height}`);
  }
  const counts = typeof shape.counts === "string" ? parseCounts(shape.counts) : shape.counts;
  const runs: Run[] = [];
  let at = 0;
  for (const [index, length] of counts.entries()) {
    if (!Number.isInteger(length) || length < 0) throw bad(`a run length is ${length}`);
    if (index % 2 === 1 && length > 0) runs.push([at, at + length]);
    at += length;
  }
  if (at !== width * height) throw bad(`its run lengths sum to ${at}, the image has ${width * height} pixels`);
  return runs;
}

/** Six bits a character, least first, of which one says "more follows"; from the fourth on, the difference to the one two before. */
function parseCounts(text: string): number[] {
  const counts: number[] = [];
  for (let at = 0; at < text.length; ) {
    let value = 0;
    for (let shift = 0; ; shift += 5) {
      const bits = text.charCodeAt(at++) - 48;
      if (!(bits >= 0 && bits < 64) || shift > 30) throw bad("its text of run lengths is damaged");
      value |= (bits & 31) << shift;
      if ((bits & 32) !== 0) continue;
      if ((bits & 16) !== 0 && shift < 30) value |= -1 << (shift + 5);
      break;
    }
    counts.push(counts.length > 2 ? value + counts[counts.length - 2]! : value);
  }
  return counts;
}

/**
 * Down each column that the outline crosses at its middle, in pixels finer by 5, the state changes at the first pixel whose
 * middle is not above the crossing.
 */
function polygonRuns(polygon: readonly number[], width: number, height: number): Run[] {
  checkPolygon(polygon, width, height);
  const corners: [number, number][] = [];
  for (let i = 0; i < polygon.length; i += 2) {
    corners.push([Math.trunc(finer * polygon[i]! + 0.5), Math.trunc(finer * polygon[i + 1]! + 0.5)]);
  }
  const changes: number[] = [];
  let before: [number, number] | null = null;
  for (const [i, corner] of corners.entries()) {
    for (const point of sampled(corner, corners[(i + 1) % corners.length]!)) {
      if (before !== null && point[0] !== before[0]) {
        const change = columnChange(before, point, width, height);
        if (change !== null) changes.push(change);
      }
      before = point;
    }
  }
  changes.sort((a, b) => a - b);
  const runs: Run[] = [];
  for (let i = 0; i < changes.length; i += 2) {
    const [start, end] = [changes[i]!, changes[i + 1] ?? width * height];
    if (start < end) runs.push([start, end]);
  }
  return runs;
}

function checkPolygon(polygon: readonly number[], width: number, height: number): void {
  if (polygon.length < 6 || polygon.length % 2 !== 0) {
    throw bad(`a polygon has ${polygon.length} numbers; expected x and y of three corners or more`);
  }
  for (const [i, value] of polygon.entries()) {
    const side = i % 2 === 0 ? width : height;
    if (!(value >= -side && value <= 2 * side))
      throw bad(`a polygon's corner is at ${value}, far outside of the image`);
  }
}

/** The points of a line from corner to corner, one for each step along its longer side. */
function* sampled([x0, y0]: [number, number], [x1, y1]: [number, number]): Generator<[number, number]> {
  const [dx, dy] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  const flat = dx >= dy;
  const flip = flat ? x0 > x1 : y0 > y1;
  const [xs, ys, xe, ye] = flip ? [x1, y1, x0, y0] : [x0, y0, x1, y1];
  const steps = flat ? dx : dy;
  const slope = steps === 0 ? 0 : flat ? (ye - ys) / dx : (xe - xs) / dy;
  for (let step = 0; step <= steps; step++) {
    const t = flip ? steps - step : step;
    yield flat ? [t + xs, Math.trunc(ys + slope * t + 0.5)] : [Math.trunc(xs + slope * t + 0.5), t + ys];
  }
}

function columnChange(
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  width: number,
  height: number,
): number | null {
  const x = ((x1 < x0 ? x1 : x1 - 1) + 0.5) / finer - 0.5;
  if (!Number.isInteger(x) || x < 0 || x > width - 1) return null;
  const y = (Math.min(y0, y1) + 0.5) / finer - 0.5;
  return x * height + Math.ceil(Math.min(height, Math.max(0, y)));
}

function united(runs: Run[]): Run[] {
  const result: [number, number][] = [];
  for (const [start, end] of runs.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([start, end]);
  }
  return result;
}
