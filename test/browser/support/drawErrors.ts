/** @file Predictions that err in a known way: drawn too small or too large, in specks, with holes, or blind to small regions. */
import { randomStream } from "@tessera/domain/random";
import { side } from "./pictures.ts";

export type Erring = (truth: Uint8Array, seed: number, item: string) => Uint8Array;

/** Grown by `pixels` in the four directions, or shrunk where it is negative. */
export function grown(mask: Uint8Array, pixels: number): Uint8Array {
  let now = Uint8Array.from(mask);
  const wanted = pixels > 0 ? 1 : 0;
  for (let step = 0; step < Math.abs(pixels); step++) {
    const before = now;
    now = before.map((value, at) => {
      const [x, y] = [at % side, Math.floor(at / side)];
      const beside = [
        x > 0 ? at - 1 : at,
        x < side - 1 ? at + 1 : at,
        y > 0 ? at - side : at,
        y < side - 1 ? at + side : at,
      ];
      return beside.some((other) => before[other] === wanted) ? wanted : value;
    });
  }
  return now;
}

const area = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);

function square(mask: Uint8Array, left: number, top: number, width: number, value: 0 | 1) {
  for (let y = top; y < Math.min(side, top + width); y++)
    mask.fill(value, y * side + left, y * side + Math.min(side, left + width));
}

/** Two pixels too small, whatever the size: small regions score badly by arithmetic alone. */
export const tooSmall: Erring = (truth, seed, item) =>
  grown(truth, -1 - (randomStream(seed, item, "too small").uniform() < 0.5 ? 1 : 0));

/** The right outline, with specks around it and holes in it. */
export const inPieces: Erring = (truth, seed, item) => {
  const random = randomStream(seed, item, "in pieces");
  const drawn = grown(truth, random.uniform() < 0.5 ? 0 : 1);
  for (let speck = 0; speck < 4; speck++) {
    const [x, y] = [Math.floor(random.uniform() * (side - 4)), Math.floor(random.uniform() * (side - 4))];
    if (!truth[y * side + x]) square(drawn, x, y, 3, 1);
    else square(drawn, x, y, 2, 0);
  }
  return drawn;
};

/** Exact where the region is large; finds little of a small one. */
export const blindToSmall: Erring = (truth, seed, item) => {
  const random = randomStream(seed, item, "blind to small");
  if (area(truth) > 0.06 * side * side) return grown(truth, random.uniform() < 0.3 ? 1 : 0);
  const half = truth.map((value, at) => (at % side < side / 2 + 40 * (random.uniform() - 0.5) ? value : 0));
  return grown(half, random.uniform() < 0.5 ? -1 : 2);
};
