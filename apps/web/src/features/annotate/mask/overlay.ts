/** @file Masks as pictures: what lies over an image. */
import { classColor } from "@/features/masks/classColors";
import type { Box, MaskImage } from "./maskImage.ts";

const channels = (color: string) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

/** Draws a part of a mask again, each class in its colour. */
export function drawIndices(
  context: OffscreenCanvasRenderingContext2D,
  { width, indices }: MaskImage,
  { x0, y0, x1, y1 }: Box,
): void {
  const picture = context.createImageData(x1 - x0, y1 - y0);
  const colors = new Map<number, number[]>();
  for (let y = y0, at = 0; y < y1; y++) {
    for (let x = x0; x < x1; x++, at += 4) {
      const value = indices[y * width + x]!;
      if (value === 0) continue;
      const color = colors.get(value) ?? channels(classColor(value - 1));
      colors.set(value, color);
      picture.data.set([...color, 255], at);
    }
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
  return pixelCanvas(width, height, color, (at) => {
    const own = indices[at]!;
    if (own === 0) return false;
    const x = at % width;
    const beside = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
    return beside.some((other) => other < 0 || other >= indices.length || indices[other] !== own);
  });
}

/** @param chosen [height*width] 1 where it is drawn */
export const chosenCanvas = (chosen: Uint8Array, width: number, height: number, color: string): OffscreenCanvas =>
  pixelCanvas(width, height, color, (at) => chosen[at] === 1);

function pixelCanvas(width: number, height: number, color: string, isDrawn: (at: number) => boolean): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d")!;
  const picture = context.createImageData(width, height);
  const paint = [...channels(color), 255];
  for (let at = 0; at < width * height; at++) if (isDrawn(at)) picture.data.set(paint, at * 4);
  context.putImageData(picture, 0, 0);
  return canvas;
}
