/** @file Truths and predictions like those of one lesion class: a wavy region, found moved and ragged, with specks and a hole. */
import { randomStream } from "@tessera/domain/random";

export interface MaskPair {
  readonly truth: Uint8Array;
  readonly prediction: Uint8Array;
}

/** The same for the same index on every machine: [side*side] each, 0 or 1. The region covers 0.5 to 30 % of the image. */
export function maskPair(index: number, side: number): MaskPair {
  const random = randomStream("bench", "metrics", index);
  const shape = {
    x: side * random.between(0.3, 0.7),
    y: side * random.between(0.3, 0.7),
    radius: side * random.between(0.04, 0.3),
    waves: Array.from({ length: 5 }, () => [random.between(-0.08, 0.08), random.between(0, 6.28)] as const),
  };
  const off = [random.between(-3, 3), random.between(-3, 3), random.between(0.9, 1.1)] as const;
  const found = { ...shape, x: shape.x + off[0], y: shape.y + off[1], radius: shape.radius * off[2] };
  const prediction = region(found, side);
  for (let speck = 0; speck < 6; speck++) {
    const at = { x: random.integer(side), y: random.integer(side), radius: random.between(1, 4), waves: [] };
    region(at, side).forEach((value, i) => {
      if (value === 1) prediction[i] = speck % 3 === 0 ? 0 : 1;
    });
  }
  return { truth: region(shape, side), prediction };
}

interface Shape {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Amplitude and phase of the outline's waves, once, twice, … around. */
  readonly waves: readonly (readonly [number, number])[];
}

function region({ x: cx, y: cy, radius, waves }: Shape, side: number): Uint8Array {
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [dx, dy] = [(i % side) - cx, Math.floor(i / side) - cy];
    const angle = Math.atan2(dy, dx);
    const wave = waves.reduce((sum, [amplitude, phase], k) => sum + amplitude * Math.sin((k + 1) * angle + phase), 1);
    return Math.hypot(dx, dy) <= radius * wave ? 1 : 0;
  });
}
