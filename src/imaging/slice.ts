/** @file One slice of a volume as a picture of its own. */
import { crc32 } from "node:zlib";
import { encodeGrey } from "./encode.ts";
import { type DecodedImage, image } from "./image.ts";

export interface SlicePicture extends DecodedImage {
  /** 8-bit grey, with a "Source" text. */
  readonly png: Buffer;
}

/**
 * @param pixels [height*width] of 0..255
 * @param source where it comes from: it makes pictures of equal pixels, as of two empty slices, two files
 */
export async function slicePicture(
  pixels: Uint8Array,
  width: number,
  height: number,
  source: string,
): Promise<SlicePicture> {
  const png = withText(await encodeGrey(pixels, width, height), "Source", source);
  return { ...(await image(png)), png };
}

const headEnd = 33; // the signature and IHDR

/** A tEXt part after the header (PNG specification, third edition, 11.3.3.2). */
function withText(png: Buffer, key: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${key}\0${text}`, "latin1");
  const part = Buffer.alloc(body.length + 8);
  part.writeUInt32BE(body.length - 4, 0);
  body.copy(part, 4);
  part.writeUInt32BE(crc32(body), body.length + 4);
  return Buffer.concat([png.subarray(0, headEnd), part, png.subarray(headEnd)]);
}
