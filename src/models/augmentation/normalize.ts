/** @file The units that models take: 0 … 255 becomes −1 … 1. Training and evaluation both come through here. */

/** Bytes as normalised units; floats are taken to be normalised already and are copied. */
export function normalizeImage(image: Uint8Array | Float32Array): Float32Array {
  return image instanceof Float32Array ? image.slice() : Float32Array.from(image, (byte) => byte / 127.5 - 1);
}

/** 1 where a mask byte is not 0, else 0. */
export function normalizeMask(mask: Uint8Array): Float32Array {
  return Float32Array.from(mask, (byte) => (byte === 0 ? 0 : 1));
}
