/** @file The bare wall of the bowel: its relief (waves and folds around the lumen), its colour, and how far light reaches. */
import { type RandomStream, randomStream } from "@tessera/domain/random";
import { octaves } from "./noise.ts";
import { drawTint } from "./tint.ts";
import type { World } from "./world.ts";

export interface Mucosa {
  /** [size*size], unit: side of the picture. */
  readonly height: Float32Array;
  /** [size*size*3] colour under white light, about 0..1. */
  readonly albedo: Float32Array;
  /** [size*size] share of light that reaches the place: little in the lumen and behind folds. */
  readonly light: Float32Array;
}

/** What a patient's bowel and the scope have in common over all their pictures. */
export interface Look {
  readonly mucosa: readonly [number, number, number];
  readonly vesselStrength: number;
  readonly wetness: number;
  readonly gain: number;
}

export function lookOf(world: World, subject: string, seed: number): Look {
  const random = randomStream(seed, subject, "look");
  const [red, green, blue] = world.mucosa;
  const warm = 0.05 * random.normal();
  return {
    mucosa: [red + 0.04 * random.normal(), green + warm, blue + 0.8 * warm + 0.02 * random.normal()],
    vesselStrength: world.vesselStrength * random.between(0.4, 1.2),
    wetness: random.between(0.3, 1),
    gain: random.between(0.88, 1.1),
  };
}

interface Fold {
  readonly distance: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
  readonly reach: number;
}

export function paintMucosa(size: number, world: World, look: Look, key: readonly (string | number)[]): Mucosa {
  const random = randomStream(...key, "mucosa");
  const height = octaves(size, 3, 3, 0.45, random);
  for (let i = 0; i < height.length; i++) height[i]! *= 0.035;
  const light = new Float32Array(size * size);
  addFolds(height, light, size, world, random);
  return { height, light, albedo: colour(size, world, look, random) };
}

/** Folds are arcs around the lumen, which lies in the picture in two of three cases and beside it in the others. */
function addFolds(height: Float32Array, light: Float32Array, size: number, world: World, random: RandomStream): void {
  const away = random.uniform() < 0.35 ? random.between(0.65, 1.1) : random.between(0.05, 0.38);
  const direction = random.between(0, 2 * Math.PI);
  const [lumenX, lumenY] = [0.5 + away * Math.cos(direction), 0.5 + away * Math.sin(direction)];
  const lumenSize = random.between(0.1, 0.24);
  const { count, width } = world.folds;
  const folds: Fold[] = Array.from({ length: count[0] + random.integer(count[1] - count[0] + 1) }, () => ({
    distance: random.between(0.12, 0.95),
    width: random.between(...width),
    height: random.between(0.4, 1.1),
    angle: random.between(0, 2 * Math.PI),
    reach: random.between(0.5, 1.5),
  }));
  const warp = octaves(size, 4, 2, 0.5, random);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const dx = (x + 0.5) / size - lumenX;
      const dy = (y + 0.5) / size - lumenY;
      const distance = Math.sqrt(dx * dx + dy * dy) + 0.07 * warp[i]!;
      const depth = Math.min(1, Math.max(0, distance / (2.2 * lumenSize)));
      let reached = 0.1 + 0.9 * depth * depth * (3 - 2 * depth);
      let angle = Number.NaN; // needed near a fold only
      for (const fold of folds) {
        const across = (distance - fold.distance) / fold.width;
        if (across < -4 || across > 3) continue;
        if (Number.isNaN(angle)) angle = Math.atan2(dy, dx);
        const turned = Math.abs(((angle - fold.angle + 3 * Math.PI) % (2 * Math.PI)) - Math.PI) / fold.reach;
        if (turned >= 1) continue;
        const present = (1 - turned * turned) ** 2;
        height[i]! += present * fold.height * fold.width * Math.exp(-across * across);
        const behind = across + 1.6; // the side that the scope does not see
        reached *= 1 - 0.6 * present * fold.height * Math.exp(-behind * behind);
      }
      light[i] = reached;
    }
  }
}

function colour(size: number, world: World, look: Look, random: RandomStream): Float32Array {
  const mottle = octaves(size, 4, 4, 0.6, random);
  const grain = octaves(size, 48, 1, 1, random);
  const vessels = octaves(size, world.vesselCells, 3, 0.55, random);
  const decoys = Array.from({ length: 1 + random.integer(2) }, () => ({
    tint: drawTint(random, 0.4, 1.1),
    noise: octaves(size, 3 + random.integer(4), 2, 0.5, random),
    level: random.between(0.2, 0.55),
  }));
  const albedo = new Float32Array(size * size * 3);
  for (let i = 0; i < mottle.length; i++) {
    const distance = Math.abs(vessels[i]!) / 0.1;
    const vessel =
      distance >= 1 ? 0 : (1 - distance) * look.vesselStrength * Math.min(1, Math.max(0, 0.5 + mottle[i]!));
    const shade = 1 + 0.08 * mottle[i]! + 0.05 * grain[i]!;
    for (let c = 0; c < 3; c++) {
      let value = look.mucosa[c]! * shade + (c === 0 ? 0 : 0.03 * mottle[i]!);
      for (const decoy of decoys) {
        const over = (decoy.noise[i]! - decoy.level) * 3.5;
        if (over > 0) value += decoy.tint[c]! * Math.min(1, over);
      }
      albedo[i * 3 + c] = value + vessel * (world.vessel[c]! - value);
    }
  }
  return albedo;
}
