/** Small pictures for the tests of imaging, made in this process (the decoder children make none of them). */
import sharp from "sharp";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** [height*width*3] */
  readonly rgb: Uint8Array;
}

/** A smooth colour ramp, so that JPEG changes it little. */
export function ramp(width: number, height: number): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.set([(200 * x) / width, (200 * y) / height, 90], (y * width + x) * 3);
  }
  return { width, height, rgb };
}

export const pipeline = ({ rgb, width, height }: Picture) => sharp(rgb, { raw: { width, height, channels: 3 } });

/** Grey pixels from rows of text: "." 0, "#" 255. */
export const grey = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  pixels: Uint8Array.from(rows.join(""), (c) => (c === "#" ? 255 : 0)),
});

export const greyPng = ({ pixels, width, height }: ReturnType<typeof grey>) =>
  sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
