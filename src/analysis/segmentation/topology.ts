/**
 * @file Pieces and holes of a mask, and which lies in which.
 *
 * Foreground is 8-connected and background 4-connected, so that every hole has exactly one piece around it and every piece
 * exactly one background around it (Rosenfeld 1970): the pixel above a region's first pixel belongs to what is around it.
 */
import type { Topology } from "@tessera/domain/measures";
import { checkMask } from "./mask.ts";

export interface LabelledMask {
  readonly topology: Topology;
  /** [height*width] index of the pixel's piece; -1 outside all. */
  readonly pieceAt: Int32Array;
  /** [height*width] index of the pixel's hole; -1 outside all. */
  readonly holeAt: Int32Array;
}

/** Regions in reading order of their first pixel. @throws DomainError BAD_INPUT when the length is not width*height */
export function labelMask(mask: Uint8Array, width: number, height: number): LabelledMask {
  checkMask("labelMask", mask, width, height);
  const runs = joinedRuns(mask, width, height);
  const pieceAt = new Int32Array(mask.length).fill(-1);
  const holeAt = new Int32Array(mask.length).fill(-1);
  const [pieces, inHole, holes, ofPiece]: number[][] = [[], [], [], []];
  const regionOf = new Int32Array(runs.count).fill(-1); // by the root run
  for (let run = 0; run < runs.count; run++) {
    const root = runs.root(run);
    const [start, end] = [runs.starts[run]!, runs.ends[run]!];
    const foreground = mask[start] !== 0;
    if (!foreground && runs.reachesBorder[root] === 1) continue;
    const [regionAt, pixels] = foreground ? [pieceAt, pieces!] : [holeAt, holes!];
    if (regionOf[root] === -1) {
      regionOf[root] = pixels.length;
      pixels.push(0);
      if (foreground) inHole!.push(start < width ? -1 : holeAt[start - width]!);
      else ofPiece!.push(pieceAt[start - width]!);
    }
    const region = regionOf[root]!;
    regionAt.fill(region, start, end);
    pixels[region]! += end - start;
  }
  return { topology: { pieces: pieces!, inHole: inHole!, holes: holes!, ofPiece: ofPiece! }, pieceAt, holeAt };
}

/** Runs of equal pixels within a row, in reading order, joined (union-find) where they touch a run of the row above. */
function joinedRuns(mask: Uint8Array, width: number, height: number) {
  const starts = new Int32Array(mask.length);
  const ends = new Int32Array(mask.length); // exclusive
  const parent = new Int32Array(mask.length);
  const reachesBorder = new Uint8Array(mask.length); // by the root run
  const root = (run: number): number => {
    let at = run;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!; // halve the path
      at = parent[at]!;
    }
    return at;
  };
  const join = (one: number, other: number) => {
    const [a, b] = [root(one), root(other)];
    parent[Math.max(a, b)] = Math.min(a, b);
    reachesBorder[Math.min(a, b)]! |= reachesBorder[Math.max(a, b)]!;
  };

  let count = 0;
  let firstAbove = 0;
  for (let y = 0; y < height; y++) {
    const rowStart = y * width;
    const firstHere = count;
    let oldest = firstAbove;
    for (let at = rowStart; at < rowStart + width; ) {
      const start = at;
      const foreground = mask[start] !== 0;
      while (at < rowStart + width && (mask[at] !== 0) === foreground) at++;
      starts[count] = start;
      ends[count] = at;
      parent[count] = count;
      const atSide = start === rowStart || at === rowStart + width;
      reachesBorder[count] = y === 0 || y === height - 1 || atSide ? 1 : 0;
      const reach = foreground ? 1 : 0; // corners touch in the foreground alone
      while (oldest < firstHere && ends[oldest]! + width + reach <= start) oldest++;
      for (let above = oldest; above < firstHere && starts[above]! + width < at + reach; above++) {
        if ((mask[starts[above]!] !== 0) === foreground) join(above, count);
      }
      count++;
    }
    firstAbove = firstHere;
  }
  return { count, starts, ends, root, reachesBorder };
}
