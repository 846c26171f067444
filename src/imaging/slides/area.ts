/** @file A part of a slide at any scale: from the level that is just fine enough, block by block where it is large. */
import sharp from "sharp";
import { regionLimit, type SlideInfo, type SlideReader } from "./slide.ts";

/** In pixels of level 0; may be fractions, and may lie outside. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is read of a level at once. */
const blockSide = 2048;

/** The coarsest level that is not coarser than asked. */
export function levelFor({ levels }: Pick<SlideInfo, "levels">, downsample: number): number {
  let best = 0;
  for (const [level, { downsample: own }] of levels.entries()) {
    if (own <= downsample * 1.01 && own > levels[best]!.downsample) best = level;
  }
  return best;
}

/**
 * Area averages where it shrinks. The memory that it takes does not grow with the area: large ones are read in blocks.
 * @returns [height*width*3] RGB
 * @throws DomainError BAD_FILE
 */
export async function readArea(slide: SlideReader, area: Area, width: number, height: number): Promise<Uint8Array> {
  const level = levelFor(slide.info, Math.min(area.width / width, area.height / height));
  const { downsample } = slide.info.levels[level]!;
  const [columns, rows] = [Math.round(area.width / downsample), Math.round(area.height / downsample)];
  if (columns * rows <= Math.min(regionLimit, blockSide * blockSide)) {
    return scaled(slide, level, area, columns, rows, width, height);
  }
  const across = Math.max(1, Math.floor((blockSide * width) / columns));
  const down = Math.max(1, Math.floor((blockSide * height) / rows));
  const whole = new Uint8Array(3 * width * height);
  for (let top = 0; top < height; top += down) {
    for (let left = 0; left < width; left += across) {
      const [w, h] = [Math.min(across, width - left), Math.min(down, height - top)];
      const part = {
        x: area.x + (left / width) * area.width,
        y: area.y + (top / height) * area.height,
        width: (w / width) * area.width,
        height: (h / height) * area.height,
      };
      const [c, r] = [
        Math.max(1, Math.round(part.width / downsample)),
        Math.max(1, Math.round(part.height / downsample)),
      ];
      const block = await scaled(slide, level, part, c, r, w, h);
      for (let row = 0; row < h; row++) {
        whole.set(block.subarray(3 * w * row, 3 * w * (row + 1)), 3 * ((top + row) * width + left));
      }
    }
  }
  return whole;
}

async function scaled(
  slide: SlideReader,
  level: number,
  { x, y }: Area,
  columns: number,
  rows: number,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const pixels = await slide.read(level, Math.round(x), Math.round(y), Math.max(1, columns), Math.max(1, rows));
  if (columns === width && rows === height) return pixels;
  return sharp(pixels, {
    raw: { width: Math.max(1, columns), height: Math.max(1, rows), channels: 3 },
    limitInputPixels: false,
  })
    .resize(width, height, { fit: "fill", kernel: "linear" })
    .raw()
    .toBuffer();
}
