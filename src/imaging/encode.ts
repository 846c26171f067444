/** @file Pixels to PNG or JPEG. Loads sharp: only the decoder child imports this. */
import { DomainError } from "@tessera/domain/errors";
import sharp from "sharp";
import type { ImageFormat } from "./fileKind.ts";

/** @param pixels [height*width] of 0..255. @returns PNG, 8-bit grey. */
export function encodeGrey(pixels: Uint8Array, width: number, height: number): Promise<Buffer> {
  checkLength(pixels, width * height, `${width}x${height}`);
  return sharp(pixels, { raw: { width, height, channels: 1 }, limitInputPixels: false })
    .toColourspace("b-w")
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** @param mask [height*width], 0 or 1. @returns PNG, 8-bit grey: 0 background, 255 foreground. */
export function encodeMask(mask: Uint8Array, width: number, height: number): Promise<Buffer> {
  return encodeGrey(
    mask.map((value) => (value === 0 ? 0 : 255)),
    width,
    height,
  );
}

/** @param rgb [height*width*3] of 0..255. @returns JPEG of quality 92, or PNG. */
export function encodeImage(rgb: Uint8Array, width: number, height: number, format: ImageFormat): Promise<Buffer> {
  checkLength(rgb, width * height * 3, `${width}x${height} RGB`);
  const pipeline = sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  return (format === "png" ? pipeline.png({ compressionLevel: 6 }) : pipeline.jpeg({ quality: 92 })).toBuffer();
}

function checkLength(pixels: Uint8Array, expected: number, what: string): void {
  if (pixels.length === expected) return;
  throw new DomainError("BAD_INPUT", `Expected ${expected} values for ${what}, got ${pixels.length}`);
}
