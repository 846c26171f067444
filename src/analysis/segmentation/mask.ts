/** @file What every measure of a mask asks of it: Uint8Array [height*width], row by row; anything but 0 is foreground. */
import { DomainError } from "@tessera/domain/errors";

/** @throws DomainError BAD_INPUT when the length is not width*height */
export function checkMask(name: string, mask: Uint8Array, width: number, height: number): void {
  const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
  if (whole && mask.length === width * height) return;
  throw new DomainError(
    "BAD_INPUT",
    `${name}: expected ${width} x ${height} = ${width * height} pixels, got ${mask.length}; give masks at one size`,
    { width, height, pixels: mask.length },
  );
}

export function countPixels(mask: Uint8Array): number {
  let pixels = 0;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) pixels++;
  return pixels;
}
