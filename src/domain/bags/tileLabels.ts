/** @file The own labels of a bag's tiles, beside its features: a .npy array [tiles] of bytes, 1 where a tile is a witness, else 0. */
import { DomainError } from "../errors.ts";
import { npyFile, readNpy } from "./npy.ts";

/** @param labels in the order of the bag's rows */
export const encodeTileLabels = (labels: ArrayLike<number | boolean>): Uint8Array =>
  npyFile("|u1", [labels.length], Uint8Array.from(labels, Number));

/** @throws DomainError BAD_FILE for another file, or one that is cut */
export function decodeTileLabels(bytes: Uint8Array): Uint8Array {
  const { start, shape } = readNpy(bytes, "|u1");
  const [tiles] = shape;
  const labels = bytes.subarray(start);
  if (shape.length === 1 && labels.length === tiles && labels.every((label) => label <= 1)) return labels.slice();
  throw new DomainError("BAD_FILE", "The labels of a bag's tiles: expected one byte per tile, 0 or 1");
}
