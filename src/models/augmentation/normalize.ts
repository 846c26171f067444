/** @file The units that models take: 0 … 255 becomes −1 … 1. Training and evaluation both come through here. */

/** [256]: what each byte of an image means. */
export const normalizedValues: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/** [256]: 1 where a byte of a mask is not 0, else 0. */
export const maskValues: Float32Array = Float32Array.from({ length: 256 }, (_, byte) => (byte === 0 ? 0 : 1));

/** Looks up every byte. */
export function lookUp(bytes: Uint8Array, values: Float32Array, into: Float32Array): void {
  for (let i = 0; i < bytes.length; i++) into[i] = values[bytes[i]!]!;
}
