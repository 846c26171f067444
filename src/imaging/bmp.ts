/** @file Uncompressed Windows bitmaps, which libvips does not read: 24 and 32 bits, and 8 bits with a palette. */
import { DomainError } from "@tessera/domain/errors";
import { pixelLimit } from "./decode.ts";

export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** [height*width*3] RGB, row by row from the top. */
  readonly rgb: Uint8Array;
}

export const isBitmap = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d; // BM

const refuse = (words: string) =>
  new DomainError("BAD_FILE", `The bitmap (BMP) cannot be read: ${words}; save it as PNG`);

/** @throws DomainError BAD_FILE */
export function bitmap(bytes: Uint8Array): Bitmap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 54) throw refuse(`it has ${bytes.length} bytes, fewer than its header`);
  const [start, headerBytes, width, signedHeight] = [
    view.getUint32(10, true),
    view.getUint32(14, true),
    view.getInt32(18, true),
    view.getInt32(22, true),
  ];
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  const height = Math.abs(signedHeight); // below 0: the first row is the topmost
  if (headerBytes < 40 || compression !== 0 || ![8, 24, 32].includes(bits)) {
    throw refuse(
      `expected 8, 24 or 32 bits a pixel and no compression, got ${bits} bits and compression ${compression}`,
    );
  }
  if (width < 1 || height < 1 || width * height > pixelLimit)
    throw refuse(`${width}x${height} is no size, or over the limit`);
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  if (start + rowBytes * height > bytes.length) throw refuse("it ends before the image does");
  const palette = bits === 8 ? 14 + headerBytes : null; // null: pixels are colours themselves
  const rgb = new Uint8Array(width * height * 3);
  const step = bits / 8;
  for (let y = 0; y < height; y++) {
    const row = start + rowBytes * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0, to = y * width * 3; x < width; x++, to += 3) {
      const at = palette === null ? row + x * step : palette + bytes[row + x]! * 4;
      if (at + 2 >= bytes.length) throw refuse("a pixel names a colour that its palette has not");
      rgb[to] = bytes[at + 2]!; // stored blue, green, red
      rgb[to + 1] = bytes[at + 1]!;
      rgb[to + 2] = bytes[at]!;
    }
  }
  return { width, height, rgb };
}
