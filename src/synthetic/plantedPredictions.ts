/**
 * @file Predictions that are wrong in one known way each, of the planted regions: what a ledger of Dice, an equivalent boundary
 * error and a count of pieces must find again. A function of (region, seed) alone.
 */
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { placeBlob } from "./blobs.ts";
import type { PlantedRegion } from "./plantedRegions.ts";

export interface PlantedPrediction {
  /** [size*size], 0 or 1. */
  readonly mask: Uint8Array;
  /** Pixels of each piece, without its holes. */
  readonly pieces: readonly number[];
  /** Pieces without a pixel of the truth. */
  readonly falsePieces: number;
  readonly holes: number;
}

/** Pieces with fewer than this share of the predicted pixels are specks. */
export const speckShare = 0.05;

export const specksOf = ({ pieces }: PlantedPrediction): number => {
  const total = pieces.reduce((a, b) => a + b, 0);
  return pieces.filter((pixels) => pixels < speckShare * total).length;
};

/** Every pixel moved by one, left, right, up or down as the seed says. */
export function shiftedByOnePixel({ size, mask, pieces }: PlantedRegion, seed: number): PlantedPrediction {
  const step = [1, size, -1, -size][seed % 4]!;
  const shifted = new Uint8Array(mask.length);
  for (const i of pieces.flat()) shifted[i + step] = 1;
  return {
    mask: shifted,
    pieces: pieces.map((piece) => piece.length),
    falsePieces: pieces.filter((piece) => piece.every((i) => mask[i + step] === 0)).length,
    holes: 0,
  };
}

/** Pieces that cover less of the image than this are missed, nine of ten; all else is exact. */
export const missedShare = 0.01;

export function withoutSmallRegions({ size, mask, pieces, name }: PlantedRegion, seed: number): PlantedPrediction {
  const random = randomStream("missed", name, seed);
  const kept = pieces.filter((piece) => random.uniform() >= 0.9 || piece.length >= missedShare * size * size);
  const seen = new Uint8Array(mask.length);
  for (const i of kept.flat()) seen[i] = 1;
  return { mask: seen, pieces: kept.map((piece) => piece.length), falsePieces: 0, holes: 0 };
}

/** Below this a single pixel is no speck: it is more than `speckShare` of what is predicted. */
const fewestForSpecks = 40;

/** The truth with two to four specks far from it and up to three holes in it. Regions below 40 pixels stay exact. */
export function withSpecksAndHoles(region: PlantedRegion, seed: number): PlantedPrediction {
  const { pixels } = region;
  const pieces = region.pieces.map((piece) => piece.length);
  const mask = region.mask.slice();
  if (pixels < fewestForSpecks) return { mask, pieces, falsePieces: 0, holes: 0 };
  const random = randomStream("specks", region.name, seed);
  const holes = drawBlobs(random.integer(4), {
    least: 0.005,
    most: 0.02,
    apart: 2,
    taken: inverse(mask),
    random,
    region,
  });
  const specks = drawBlobs(2 + random.integer(3), {
    least: 0.01,
    most: 0.04,
    apart: 6,
    taken: mask.slice(),
    random,
    region,
  });
  for (const hole of holes) for (const i of hole) mask[i] = 0;
  for (const speck of specks) for (const i of speck) mask[i] = 1;
  for (const hole of holes) {
    const around = region.pieces.findIndex((piece) => piece.includes(hole[0]!));
    pieces[around]! -= hole.length;
  }
  return {
    mask,
    pieces: [...pieces, ...specks.map((speck) => speck.length)],
    falsePieces: specks.length,
    holes: holes.length,
  };
}

const inverse = (mask: Uint8Array): Uint8Array => mask.map((value) => 1 - value);

interface Blobs {
  /** Of the region's pixels. */
  readonly least: number;
  readonly most: number;
  readonly apart: number;
  /** Where no blob may be; those drawn are added. */
  readonly taken: Uint8Array;
  readonly random: RandomStream;
  readonly region: PlantedRegion;
}

/** As many as there is room for. At most 60 pixels each, so that there is room for some. */
function drawBlobs(count: number, { least, most, apart, taken, random, region: { size, pixels } }: Blobs): number[][] {
  const blobs: number[][] = [];
  for (let i = 0; i < count; i++) {
    const wanted = Math.max(1, Math.min(60, Math.floor(pixels * random.between(least, most))));
    const blob = placeBlob({ pixels: wanted, size, taken, apart, border: 2, random });
    if (!blob) continue;
    for (const at of blob) taken[at] = 1;
    blobs.push(blob);
  }
  return blobs;
}
