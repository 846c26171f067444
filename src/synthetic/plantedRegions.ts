/**
 * @file Regions of exactly known size, from 3 pixels to 40 % of the image, log-uniform, in one to three pieces without holes, and a
 * picture for each: the truth that the measures of a mask are tried on. A function of (seed, items, rank, size) alone.
 */
import { DomainError } from "@tessera/domain/errors";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { growBlob, placeBlob } from "./blobs.ts";
import { lookOf, paintMucosa } from "./mucosa.ts";
import { shade } from "./shading.ts";
import { drawTint } from "./tint.ts";
import { worlds } from "./world.ts";

export interface PlantedRegion {
  readonly name: string;
  /** Place in the order of sizes, from 0, the smallest. */
  readonly rank: number;
  /** Side of the square image, pixels. */
  readonly size: number;
  /** [size*size], 0 or 1. */
  readonly mask: Uint8Array;
  /** Indices into the mask, one list per piece; pieces are 6 pixels or more apart. */
  readonly pieces: readonly (readonly number[])[];
  readonly pixels: number;
}

export interface PlantedSetOptions {
  readonly seed: number;
  readonly items: number;
  /** Side of the square images, 48 to 1024 px. */
  readonly size: number;
}

export const smallestRegion = 3;
export const largestShare = 0.4;

/** Kept free along the border, so that a mask moved by a pixel loses none. */
const border = 2;
const apart = 6;

/** By size, smallest first. @throws DomainError BAD_INPUT for options outside their limits */
export function plantedRegions(options: PlantedSetOptions): PlantedRegion[] {
  const { items, size } = options;
  if (!Number.isInteger(items) || items < 2 || items > 10_000 || !Number.isInteger(size) || size < 48 || size > 1024) {
    const message = `Expected 2 to 10000 items of 48 to 1024 px, got ${items} of ${size}`;
    throw new DomainError("BAD_INPUT", message, { items, size });
  }
  return Array.from({ length: items }, (_, rank) => plantedRegion(options, rank));
}

function plantedRegion({ seed, items, size }: PlantedSetOptions, rank: number): PlantedRegion {
  const random = randomStream("planted region", seed, size, rank);
  const largest = Math.floor(largestShare * size * size);
  const pixels = Math.round(smallestRegion * (largest / smallestRegion) ** (rank / (items - 1)));
  const mask = new Uint8Array(size * size);
  const pieces = drawPieces(pixels, size, random);
  for (const piece of pieces) for (const i of piece) mask[i] = 1;
  return { name: `planted${seed}-${String(rank).padStart(4, "0")}`, rank, size, mask, pieces, pixels };
}

/** One piece, or now and then two or three, of which each holds a seventh or more. */
function drawPieces(pixels: number, size: number, random: RandomStream): number[][] {
  const several = pixels >= 40 && pixels < 0.12 * size * size && random.uniform() < 0.3;
  const weights = Array.from({ length: several ? 2 + random.integer(2) : 1 }, () => random.between(0.4, 1));
  const total = weights.reduce((a, b) => a + b);
  const sizes = weights.map((weight) => Math.floor((pixels * weight) / total));
  sizes[0] = sizes[0]! + pixels - sizes.reduce((a, b) => a + b);
  const taken = new Uint8Array(size * size);
  const pieces: number[][] = [];
  for (const count of sizes) {
    const piece = placeBlob({ pixels: count, size, taken, apart, border, random });
    if (!piece) return [growBlob({ pixels, size, x: size / 2, y: size / 2, random })]; // no room beside the others
    for (const i of piece) taken[i] = 1;
    pieces.push(piece);
  }
  return pieces;
}

/** The region as another tint on a bowel wall. @returns [size*size*3] RGB, 0 to 255 */
export function picture({ size, mask, name }: PlantedRegion): Uint8Array {
  const world = worlds.a;
  const look = lookOf(world, name, 0);
  const mucosa = paintMucosa(size, world, look, [name]);
  const tint = drawTint(randomStream(name, "tint"), 0.9, 1.9);
  for (let i = 0; i < mask.length; i++) {
    for (let c = 0; c < 3 && mask[i] === 1; c++) mucosa.albedo[i * 3 + c]! += tint[c]!;
  }
  return shade(size, mucosa, new Uint8Array(size * size).fill(1), world, look, [name]);
}
