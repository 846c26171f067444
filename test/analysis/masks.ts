/** @file Masks for the tests of segmentation measures: drawn, and any. */
import fc from "fast-check";

export interface Mask {
  readonly mask: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export interface Pair {
  readonly truth: Uint8Array;
  readonly prediction: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Rows of "." and anything else for foreground. */
export const drawn = (...rows: string[]): Mask => ({
  mask: Uint8Array.from(rows.join(""), (c) => (c === "." ? 0 : 1)),
  width: rows[0]!.length,
  height: rows.length,
});

export const byPixel = (width: number, height: number, inside: (x: number, y: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: width * height }, (_, i) => (inside(i % width, Math.floor(i / width)) ? 1 : 0));

/** Any mask of a size, from sparse to dense. */
const pixels = (count: number) =>
  fc
    .integer({ min: 0, max: 10 })
    .chain((tenths) =>
      fc
        .array(fc.integer({ min: 1, max: 10 }), { minLength: count, maxLength: count })
        .map((drawn) => Uint8Array.from(drawn, (each) => (each <= tenths ? 1 : 0))),
    );

const side = fc.integer({ min: 1, max: 12 });

export const anyMask = fc
  .tuple(side, side)
  .chain(([width, height]) => pixels(width * height).map((mask): Mask => ({ mask, width, height })));

export const anyPair = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .tuple(pixels(width * height), pixels(width * height))
      .map(([truth, prediction]): Pair => ({ truth, prediction, width, height })),
  );

/**
 * Flood fill, sharing no code with the runs. @returns the regions of pixels equal to `value`: `corners` joins those that touch
 * by a corner
 */
export function flooded({ mask, width, height }: Mask, value: 0 | 1, corners: boolean): number[][] {
  const left = new Set([...mask.keys()].filter((i) => mask[i] === value));
  const regions: number[][] = [];
  for (const seed of left) {
    const region = [seed];
    left.delete(seed);
    for (const at of region) {
      for (const [dx, dy] of [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const))) {
        const [x, y] = [(at % width) + dx, Math.floor(at / width) + dy];
        const near = corners || dx === 0 || dy === 0;
        if (near && x >= 0 && x < width && y >= 0 && y < height && left.delete(y * width + x))
          region.push(y * width + x);
      }
    }
    regions.push(region);
  }
  return regions;
}

export const holesOf = (mask: Mask): number[][] =>
  flooded(mask, 0, false).filter((region) =>
    region.every((i) => {
      const [x, y] = [i % mask.width, Math.floor(i / mask.width)];
      return x > 0 && y > 0 && x < mask.width - 1 && y < mask.height - 1;
    }),
  );
