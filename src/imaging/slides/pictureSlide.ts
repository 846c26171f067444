/** @file A plain picture as a slide of one level: a TIFF that is no pyramid, a PNG or JPEG tile. Its pixels are decoded once and held. */
import { DomainError } from "@tessera/domain/errors";
import sharp from "sharp";
import { pixelLimit, reading } from "../decode.ts";
import type { SlideReader } from "./slide.ts";

/** Where nothing is: white, as glass is under a microscope. */
const background = 255;

/** Of its TIFF pages the first. The scale for print that such files carry is no microscope's, and is not taken. @throws DomainError BAD_FILE */
export async function openPictureSlide(path: string): Promise<SlideReader> {
  sharp.unblock({ operation: ["VipsForeignLoadTiff"] }); // this child's only: the other decoders keep to JPEG and PNG
  const open = () => sharp(path, { limitInputPixels: false, failOn: "warning", sequentialRead: true });
  const { width, height } = await reading(() => open().metadata());
  if (width * height > pixelLimit) {
    throw new DomainError(
      "BAD_FILE",
      `The picture has ${width} x ${height} pixels and no tiles that can be read one by one; expected at most ${pixelLimit / 2 ** 20} megapixels, or a tiled TIFF`,
      { width, height, pixelLimit },
    );
  }
  const pixels = await reading(() =>
    open().flatten({ background: "white" }).toColourspace("srgb").removeAlpha().raw().toBuffer(),
  );
  return {
    info: {
      format: "picture",
      width,
      height,
      levels: [{ width, height, downsample: 1 }],
      magnification: null,
      micronsPerPixel: null,
      hidden: { pictures: 0, properties: 0 },
    },
    read: (_level, x, y, columns, rows) => cut({ pixels, width, height }, Math.round(x), Math.round(y), columns, rows),
    close: () => undefined,
  };
}

interface Picture {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

function cut({ pixels, width, height }: Picture, x: number, y: number, columns: number, rows: number): Uint8Array {
  const region = new Uint8Array(3 * columns * rows).fill(background);
  const [from, to] = [Math.max(0, x), Math.min(width, x + columns)];
  if (from >= to) return region;
  for (let row = Math.max(0, -y); row < Math.min(rows, height - y); row++) {
    const line = 3 * width * (y + row);
    region.set(pixels.subarray(line + 3 * from, line + 3 * to), 3 * (row * columns + from - x));
  }
  return region;
}
