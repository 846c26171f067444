/** @file Dice of a mask with itself, moved along an axis: from the runs of its rows and columns, for all distances at once. */
import { countPixels } from "./mask.ts";

/** Lines of pixels: rows, or columns. */
interface Lines {
  readonly count: number;
  readonly length: number;
  /** From a line's first pixel to the next line's. */
  readonly stride: number;
  /** From a pixel to the next of its line. */
  readonly step: number;
}

/**
 * [upTo + 1] for 0, 1, 2, … pixels: the mean of left, right, up and down. What leaves the image is lost. Never rising: the
 * lowest so far, for a mask of several pieces can meet itself again.
 * @param mask with at least one pixel
 */
export function shiftedDice(mask: Uint8Array, width: number, height: number, upTo: number): Float64Array {
  const rows = { count: height, length: width, stride: width, step: 1 };
  const columns = { count: width, length: height, stride: 1, step: width };
  const total = countPixels(mask);
  const ways = [rows, columns].flatMap((lines) => {
    const shared = overlaps(mask, lines);
    const { fromStart, fromEnd } = pixelsLeft(mask, lines);
    return [fromStart, fromEnd].map((left) => (e: number) => (2 * (shared[e] ?? 0)) / (total + (left[e] ?? 0)));
  });
  const dice = new Float64Array(upTo + 1);
  for (let e = 0; e <= upTo; e++) {
    const here = ways.reduce((sum, way) => sum + way(e), 0) / ways.length;
    dice[e] = e === 0 ? here : Math.min(here, dice[e - 1]!);
  }
  return dice;
}

/**
 * [length] pixels that the mask has in common with itself moved by e. Two runs overlap by a trapezoid of e: its second
 * difference is four numbers, so all pairs of runs are added up there and summed twice.
 */
function overlaps(mask: Uint8Array, lines: Lines): Float64Array {
  const { length } = lines;
  const sums = new Float64Array(2 * length + 2); // second differences of e = -length, …, length + 1
  for (let line = 0; line < lines.count; line++) {
    const runs = runsOf(mask, lines, line);
    for (let one = 0; one < runs.length; one += 2) {
      for (let other = one; other < runs.length; other += 2) {
        const [a, b, c, d] = [runs[one]!, runs[one + 1]!, runs[other]!, runs[other + 1]!];
        sums[length + c + 1 - b]!++;
        sums[length + d + 1 - b]!--;
        sums[length + c + 1 - a]!--;
        sums[length + d + 1 - a]!++;
      }
    }
  }
  for (const _ of ["differences", "overlaps"]) for (let i = 1; i < sums.length; i++) sums[i]! += sums[i - 1]!;
  return sums.subarray(length, 2 * length);
}

/** [start, end (exclusive), …] along a line. */
function runsOf(mask: Uint8Array, { length, stride, step }: Lines, line: number): number[] {
  const runs: number[] = [];
  for (let at = 0, i = line * stride; at < length; at++, i += step) {
    const before = at > 0 && mask[i - step] !== 0;
    if ((mask[i] !== 0) !== before) runs.push(at);
  }
  if (runs.length % 2 === 1) runs.push(length);
  return runs;
}

/** [length] pixels still in the image after a move by e away from the lines' start, and away from their end. */
function pixelsLeft(mask: Uint8Array, { count, length, stride, step }: Lines) {
  const across = new Float64Array(length);
  for (let line = 0; line < count; line++) {
    for (let at = 0, i = line * stride; at < length; at++, i += step) if (mask[i] !== 0) across[at]!++;
  }
  const [fromStart, fromEnd] = [new Float64Array(length), new Float64Array(length)];
  for (let at = 0, first = 0, last = 0; at < length; at++) {
    first += across[at]!;
    last += across[length - 1 - at]!;
    fromStart[length - 1 - at] = first; // moved by e, the first length - e remain
    fromEnd[length - 1 - at] = last;
  }
  return { fromStart, fromEnd };
}
