/** @file Smooth noise over a square picture, the stuff of mucosa: random values on a lattice, joined smoothly. */
import type { RandomStream } from "@tessera/domain/random";

/**
 * Adds value noise of standard deviation about 0.35 * amplitude.
 * @param target [size*size]
 * @param cells  lattice cells across the picture: the scale of the pattern does not depend on `size`.
 */
export function addNoise(
  target: Float32Array,
  size: number,
  cells: number,
  amplitude: number,
  random: RandomStream,
): void {
  const points = cells + 1;
  const lattice = Float32Array.from({ length: points * points }, () => (2 * random.uniform() - 1) * amplitude);
  const left = new Int32Array(size);
  const blend = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const at = ((i + 0.5) / size) * cells;
    left[i] = Math.min(Math.floor(at), cells - 1);
    const t = at - left[i]!;
    blend[i] = t * t * (3 - 2 * t);
  }
  const row = new Float32Array(points); // the lattice at this height
  for (let y = 0; y < size; y++) {
    const top = left[y]! * points;
    for (let i = 0; i < points; i++) {
      const above = lattice[top + i]!;
      row[i] = above + blend[y]! * (lattice[top + points + i]! - above);
    }
    const start = y * size;
    for (let x = 0; x < size; x++) {
      const at = left[x]!;
      const before = row[at]!;
      target[start + x] = target[start + x]! + before + blend[x]! * (row[at + 1]! - before);
    }
  }
}

/** Several octaves: each doubles the cells and keeps `gain` of the amplitude. @returns [size*size] */
export function octaves(size: number, cells: number, count: number, gain: number, random: RandomStream): Float32Array {
  const field = new Float32Array(size * size);
  for (let octave = 0; octave < count; octave++) addNoise(field, size, cells * 2 ** octave, gain ** octave, random);
  return field;
}
