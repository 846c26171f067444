/** @file Polyps: where they are, their exact outline, and how they rise from the mucosa. */
import type { RandomStream } from "@tessera/domain/random";
import type { Mucosa } from "./mucosa.ts";
import { drawTint } from "./tint.ts";

export interface Polyp {
  /** Centre, as a share of the picture's side. */
  readonly x: number;
  readonly y: number;
  /** Radius of a circle of about the same area, as a share of the side. */
  readonly radius: number;
  readonly stretch: number;
  readonly turn: number;
  /** Radius changes by these harmonics of the angle: [harmonic, amplitude, phase]. */
  readonly waves: readonly (readonly [number, number, number])[];
  /** 0.5 (flat, pale, easily missed) to 1 (bold). */
  readonly contrast: number;
  /** Change of the mucosa's colour, RGB, at contrast 1. */
  readonly tint: readonly [number, number, number];
}

/** Log-uniform over 0.4 % to 40 %, spread evenly over the indices so that a small set has all sizes. */
export function plantedShare(seed: number, index: number): number {
  const golden = 0.6180339887498949;
  return 0.004 * 100 ** ((index * golden + (seed % 1000) * 0.137) % 1);
}

/** One to three polyps that together cover about `share` of the picture and do not overlap. */
export function drawPolyps(share: number, random: RandomStream): Polyp[] {
  const several = share > 0.008 && share < 0.15 && random.uniform() < 0.2;
  const count = several ? 2 + random.integer(2) : 1;
  const weights = Array.from({ length: count }, () => random.between(0.5, 1));
  const total = weights.reduce((a, b) => a + b);
  const contrast = random.between(0.5, 1);
  const polyps: Polyp[] = [];
  for (const weight of weights) {
    const radius = Math.sqrt((share * weight) / total / Math.PI);
    const shape = {
      radius,
      stretch: random.between(0.75, 1.33),
      turn: random.between(0, Math.PI),
      waves: [2, 3, 5].map((k) => [k, random.between(0, 0.22 / k), random.between(0, 2 * Math.PI)] as const),
      contrast,
      tint: drawTint(random, 0.9, 1.9),
    };
    const margin = Math.max(0.1, Math.min(0.45, 0.75 * radius + 0.09));
    const place = findPlace(margin, radius, polyps, random) ?? (polyps.length === 0 ? [0.5, 0.5] : undefined);
    if (place) polyps.push({ ...shape, x: place[0], y: place[1] });
  }
  return polyps;
}

/** A centre that the frame of no scope hides, apart from the polyps already there. */
function findPlace(
  margin: number,
  radius: number,
  others: readonly Polyp[],
  random: RandomStream,
): readonly [number, number] | undefined {
  for (let attempt = 0; attempt < 30; attempt++) {
    const x = random.between(margin, 1 - margin);
    const y = random.between(margin, 1 - margin);
    const hidden = Math.abs(x - 0.5) + Math.abs(y - 0.5) > 0.53 || Math.hypot(x - 0.5, y - 0.5) > 0.43;
    if (hidden || others.some((other) => Math.hypot(x - other.x, y - other.y) < 1.5 * (radius + other.radius)))
      continue;
    return [x, y];
  }
  return undefined;
}

/** What a polyp changes is within this many relative radii. */
const reach = 1.35;

/**
 * Calls `visit(i, rho)` for every pixel near the polyp: rho is the distance from the centre over the outline's distance in
 * that direction, at the pixel's centre; below 1 is inside.
 */
export function nearPolyp(polyp: Polyp, size: number, visit: (i: number, rho: number) => void): void {
  const cos = Math.cos(polyp.turn);
  const sin = Math.sin(polyp.turn);
  const largest = polyp.radius * (1 + polyp.waves.reduce((sum, [, amplitude]) => sum + amplitude, 0));
  const half = reach * largest * Math.max(polyp.stretch, 1 / polyp.stretch);
  const from = (at: number) => Math.max(0, Math.floor((at - half) * size));
  const to = (at: number) => Math.min(size, Math.ceil((at + half) * size));
  for (let row = from(polyp.y); row < to(polyp.y); row++) {
    for (let column = from(polyp.x); column < to(polyp.x); column++) {
      const dx = (column + 0.5) / size - polyp.x;
      const dy = (row + 0.5) / size - polyp.y;
      const along = (dx * cos + dy * sin) / polyp.stretch;
      const across = (dy * cos - dx * sin) * polyp.stretch;
      const angle = Math.atan2(across, along);
      let outline = polyp.radius;
      for (const wave of polyp.waves) outline += polyp.radius * wave[1] * Math.cos(wave[0] * angle + wave[2]);
      const rho = Math.sqrt(along * along + across * across) / outline;
      if (rho < reach) visit(row * size + column, rho);
    }
  }
}

/**
 * Lays a polyp on the wall: dome, finer relief, tint, a soft crease around it, and the light it catches by rising.
 * @param relief [size*size] noise of about -1..1
 * @returns its exact mask, [size*size] of 0/1
 */
export function layPolyp(polyp: Polyp, size: number, wall: Mucosa, relief: Float32Array): Uint8Array {
  const mask = new Uint8Array(size * size);
  const { contrast, tint } = polyp;
  const top = polyp.radius * (0.25 + 0.4 * contrast);
  nearPolyp(polyp, size, (i, rho) => {
    const depth = 1 - rho; // in radii, below 0 outside
    const inside = Math.min(1, Math.max(0, depth / 0.15)) * contrast;
    const crease = 0.16 * contrast * Math.exp(-(((rho - 1.03) / 0.1) ** 2));
    for (let c = 0; c < 3; c++) {
      const at = i * 3 + c;
      wall.albedo[at] = (wall.albedo[at]! + inside * (tint[c]! + 0.06 * relief[i]!)) * (1 - crease);
    }
    if (depth <= 0) return;
    mask[i] = 1;
    const dome = (1 - rho * rho) ** (1.5 - 0.7 * contrast); // flat ones rise gently
    wall.height[i]! += top * dome + 0.002 * contrast * relief[i]! * Math.min(1, depth / 0.2);
    wall.light[i]! += (0.9 - wall.light[i]!) * 0.75 * Math.min(1, depth / 0.25);
  });
  return mask;
}
