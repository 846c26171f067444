/** @file The units that models take: 0 … 255 becomes −1 … 1. Training and evaluation both come through here. */

/** [256]: what each byte of an image means. */
export const normalizedValues: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/** [256]: 1 where a byte of a mask is not 0, else 0. */
export const maskValues: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => (byte === 0 ? 0 : 1));

/** [256]: each byte as it is. */
const byteValues: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => byte);

/**
 * An index map, 0 for background and class index + 1, as one mask per class.
 * @param move    puts the indices, looked up by the values given, where they belong
 * @param into    [pixels, classes], all 0 before: 1 where the pixel is of the class. One class: any index but 0
 */
export function splitClasses(
  pixels: number,
  move: (values: Float32Array, into: Float32Array) => void,
  into: Float32Array,
): void {
  const classes = into.length / pixels;
  if (classes === 1) {
    move(maskValues, into);
    return;
  }
  const indices = new Float32Array(pixels);
  move(byteValues, indices);
  for (let at = 0; at < pixels; at++) {
    const index = indices[at]!;
    if (index > 0) into[at * classes + index - 1] = 1;
  }
}

/** Looks up every byte. */
export function lookUp(bytes: Uint8Array, values: Float32Array, into: Float32Array): void {
  for (let i = 0; i < bytes.length; i++) into[i] = values[bytes[i]!]!;
}
