/** @file Areas by grey value or by class: growing from a point, thresholds inside a drawn area, and filling. */
import type { MaskImage, Point, Reached } from "./maskImage.ts";

/** Of an image: [height*width] luminance 0 to 255. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

/** The 4-connected area around a pixel whose values lie within `tolerance` of that pixel's own; empty outside the image. */
export function regionGrow({ width, height, grey }: GreyImage, at: Point, tolerance: number): Reached {
  const seed = indexAt(at, width, height);
  const own = seed === null ? 0 : grey[seed]!;
  return flood(width, height, seed, (index) => Math.abs(grey[index]! - own) <= tolerance);
}

/** Pixels of the drawn area whose values lie from `low` to `high`, both included. */
export function threshold({ grey }: GreyImage, area: Reached, low: number, high: number): Reached {
  return area.map((inside, index) => (inside === 1 && grey[index]! >= low && grey[index]! <= high ? 1 : 0));
}

/** The 4-connected area of one class (or of background) around a pixel: what a bucket of paint reaches. */
export function fill({ width, height, indices }: MaskImage, at: Point): Reached {
  const seed = indexAt(at, width, height);
  const own = seed === null ? 0 : indices[seed]!;
  return flood(width, height, seed, (index) => indices[index] === own);
}

/** What a class encloses: pixels of anything else from which no 4-connected way leads to the border of the image without crossing it. */
export function holes({ width, height, indices }: MaskImage, value: number): Reached {
  const outside = new Uint8Array(width * height);
  const start: number[] = [];
  const open = (index: number) => {
    if (outside[index] === 1 || indices[index] === value) return;
    outside[index] = 1;
    start.push(index);
  };
  for (let x = 0; x < width; x++) {
    open(x);
    open((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    open(y * width);
    open(y * width + width - 1);
  }
  spread(width, height, start, open);
  return outside.map((out, index) => (out === 0 && indices[index] !== value ? 1 : 0));
}

function indexAt({ x, y }: Point, width: number, height: number): number | null {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  return column >= 0 && row >= 0 && column < width && row < height ? row * width + column : null;
}

function flood(width: number, height: number, seed: number | null, belongs: (index: number) => boolean): Reached {
  const reached = new Uint8Array(width * height);
  if (seed === null) return reached;
  const stack: number[] = [];
  const visit = (index: number) => {
    if (reached[index] === 1 || !belongs(index)) return;
    reached[index] = 1;
    stack.push(index);
  };
  visit(seed);
  spread(width, height, stack, visit);
  return reached;
}

/** Visits the four neighbours of each pixel of `stack`, to which `visit` adds, until none is left. */
function spread(width: number, height: number, stack: number[], visit: (index: number) => void): void {
  for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
    const x = index % width;
    if (x > 0) visit(index - 1);
    if (x < width - 1) visit(index + 1);
    if (index >= width) visit(index - width);
    if (index < width * (height - 1)) visit(index + width);
  }
}
