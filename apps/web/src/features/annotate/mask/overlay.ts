/** @file Masks as pictures: what lies over an image. */
import { classColor } from "@/features/masks/classColors";
import type { Box, MaskImage } from "./maskImage.ts";

/** #rrggbb as one opaque RGBA pixel of this machine's byte order (every browser's: little-endian). */
const pixel = (color: string): number =>
  (0xff000000 | (part(color, 5) << 16) | (part(color, 3) << 8) | part(color, 1)) >>> 0;
const part = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16);
const palette = Uint32Array.from({ length: 256 }, (_, value) => (value === 0 ? 0 : pixel(classColor(value - 1))));

/** Draws a part of a mask again, each class in its colour. */
export function drawIndices(
  context: OffscreenCanvasRenderingContext2D,
  { width, indices }: MaskImage,
  { x0, y0, x1, y1 }: Box,
): void {
  const picture = context.createImageData(x1 - x0, y1 - y0);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let y = y0, at = 0; y < y1; y++) {
    for (let x = x0; x < x1; x++, at++) pixels[at] = palette[indices[y * width + x]!]!;
  }
  context.putImageData(picture, x0, y0);
}

export function maskCanvas(mask: MaskImage): OffscreenCanvas {
  const canvas = new OffscreenCanvas(mask.width, mask.height);
  drawIndices(canvas.getContext("2d")!, mask, { x0: 0, y0: 0, x1: mask.width, y1: mask.height });
  return canvas;
}

/** Pixels of a class beside a pixel of another one. @param color #rrggbb */
export function outlineCanvas({ width, height, indices }: MaskImage, color: string): OffscreenCanvas {
  const end = width * height;
  const differs = (at: number, own: number) => at < 0 || at >= end || indices[at] !== own;
  return pixelCanvas(width, height, color, (at) => {
    const own = indices[at]!;
    if (own === 0) return false;
    const x = at % width;
    const sideways = x === 0 || x === width - 1 || indices[at - 1] !== own || indices[at + 1] !== own;
    return sideways || differs(at - width, own) || differs(at + width, own);
  });
}

/** @param chosen [height*width] 1 where it is drawn */
export const chosenCanvas = (chosen: Uint8Array, width: number, height: number, color: string): OffscreenCanvas =>
  pixelCanvas(width, height, color, (at) => chosen[at] === 1);

function pixelCanvas(width: number, height: number, color: string, isDrawn: (at: number) => boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  const picture = context.createImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  const paint = pixel(color);
  for (let at = 0; at < pixels.length; at++) if (isDrawn(at)) pixels[at] = paint;
  context.putImageData(picture, 0, 0);
  return canvas;
}
