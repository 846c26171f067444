/** @file A mask while it is drawn: class index + 1 per pixel, 0 for background, at its image's own size. */

export interface MaskImage {
  readonly width: number;
  readonly height: number;
  /** [height*width] */
  readonly indices: Uint8Array;
}

/** In image coordinates: pixel (x, y) covers x to x + 1; its centre is at x + 0.5. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Pixels from (x0, y0) up to, not including, (x1, y1). */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** [height*width] 1 where a tool reaches. */
export type Reached = Uint8Array;

export const emptyMask = (width: number, height: number): MaskImage => ({
  width,
  height,
  indices: new Uint8Array(width * height),
});

/** Whole pixels of a box that lie in the image. */
export const clipped = ({ x0, y0, x1, y1 }: Box, width: number, height: number): Box => ({
  x0: Math.max(0, Math.floor(x0)),
  y0: Math.max(0, Math.floor(y0)),
  x1: Math.min(width, Math.ceil(x1)),
  y1: Math.min(height, Math.ceil(y1)),
});

/** What a tool puts where it reaches. */
export interface Paint {
  /** Class index + 1; 0 erases. */
  readonly value: number;
  /** Pixels of other classes stay as they are; an eraser then takes this class alone. */
  readonly only: number | null;
}

/** Changes `indices` in place. @returns the box that holds every changed pixel; null: nothing changed */
export function paint(mask: MaskImage, reached: Reached, { value, only }: Paint, within?: Box): Box | null {
  const { width, height, indices } = mask;
  const box = within ?? { x0: 0, y0: 0, x1: width, y1: height };
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      const at = y * width + x;
      const before = indices[at]!;
      if (reached[at] !== 1 || before === value || (only !== null && before !== only)) continue;
      indices[at] = value;
      [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x + 1), Math.max(y1, y + 1)];
    }
  }
  return x1 > x0 ? { x0, y0, x1, y1 } : null;
}
