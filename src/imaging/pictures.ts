/** @file Rows of an array of images as pictures of their own. */
import { DomainError } from "@tessera/domain/errors";
import { encodeGrey, encodeImage } from "./encode.ts";
import { type DecodedImage, image } from "./image.ts";

export interface Picture extends DecodedImage {
  /** 8-bit, grey or RGB. Equal pixels make equal bytes. */
  readonly png: Buffer;
}

export interface PictureShape {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 RGB */
  readonly channels: 1 | 3;
}

/** @param pixels [n*height*width*channels] of 0..255, row by row */
export async function pictures(pixels: Uint8Array, { width, height, channels }: PictureShape): Promise<Picture[]> {
  const bytes = width * height * channels;
  if (bytes === 0 || pixels.length % bytes !== 0) {
    throw new DomainError(
      "BAD_INPUT",
      `Expected whole pictures of ${width}x${height}x${channels}, got ${pixels.length} values`,
    );
  }
  const made: Picture[] = [];
  for (let at = 0; at < pixels.length; at += bytes) {
    const row = pixels.slice(at, at + bytes);
    const png = channels === 1 ? await encodeGrey(row, width, height) : await encodeImage(row, width, height, "png");
    made.push({ ...(await image(png)), png });
  }
  return made;
}
