/**
 * @file A bag's tiles as NumPy's .npy, so that numpy.load reads what a researcher downloads: format 1.0, little-endian float32, row by row.
 *
 * After numpy.lib.format of NumPy 2. Only such files are read, too: they are our own.
 */
import { DomainError } from "../errors.ts";

export interface BagFeatures {
  readonly tiles: number;
  /** Per tile. */
  readonly features: number;
  /** [tiles * features], tile by tile */
  readonly values: Float32Array;
}

const magic = "\x93NUMPY\x01\x00";
const start = magic.length + 2;

/** @param bytes the numbers, row by row, little-endian */
export function npyFile(descr: string, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  const header = npyHeader(descr, shape);
  const file = new Uint8Array(header.length + bytes.length);
  file.set(header);
  file.set(bytes, header.length);
  return file;
}

/** What comes before the numbers: for a file that is written as its numbers are read. */
export function npyHeader(descr: string, shape: readonly number[]): Uint8Array {
  const sides = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${sides}, }`;
  const length = Math.ceil((start + text.length + 1) / 64) * 64; // the numbers begin at a multiple of 64 bytes
  const header = new Uint8Array(length);
  header.set(Uint8Array.from(magic, (character) => character.charCodeAt(0)));
  new DataView(header.buffer).setUint16(magic.length, length - start, true);
  header.set(new TextEncoder().encode(`${text.padEnd(length - start - 1)}\n`), start);
  return header;
}

/** Where the numbers begin, and the sides. The beginning of a file is enough. @throws DomainError BAD_FILE for another file */
export function readNpy(
  bytes: Uint8Array,
  descr: string,
): { readonly start: number; readonly shape: readonly number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = bytes.length > start && [...magic].every((character, i) => bytes[i] === character.charCodeAt(0));
  const length = begins ? start + view.getUint16(magic.length, true) : 0;
  const text = new TextDecoder("latin1").decode(bytes.subarray(start, Math.max(start, length)));
  const sides = /^\{'descr': '([^']+)', 'fortran_order': False, 'shape': \((\d+(?:, \d+)*),?\), \}\s*$/.exec(text);
  if (sides === null || sides[1] !== descr) throw bad(`it is no .npy array of ${descr} in rows`);
  return { start: length, shape: sides[2]!.split(", ").map(Number) };
}

export function encodeBag({ tiles, features, values }: BagFeatures): Uint8Array {
  if (values.length !== tiles * features) {
    throw new TypeError(`Expected ${tiles} x ${features} values, got ${values.length}`);
  }
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setFloat32(4 * index, value, true);
  return npyFile("<f4", [tiles, features], bytes);
}

/** Where a bag's rows begin in its file, from the file's first bytes. @throws DomainError BAD_FILE for another file */
export function readBagSides(bytes: Uint8Array): {
  readonly start: number;
  readonly tiles: number;
  readonly features: number;
} {
  const { start: begins, shape } = readNpy(bytes, "<f4");
  const [tiles, features] = shape;
  if (tiles === undefined || features === undefined || shape.length !== 2) throw bad("it is no array with two axes");
  return { start: begins, tiles, features };
}

/** @throws DomainError BAD_FILE for another file, or one that is cut */
export function decodeBag(bytes: Uint8Array): BagFeatures {
  const { start: begins, tiles, features } = readBagSides(bytes);
  if (bytes.length !== begins + 4 * tiles * features) {
    throw bad(`its header claims ${tiles} x ${features} numbers, and it has ${bytes.length - begins} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = Float32Array.from({ length: tiles * features }, (_, i) => view.getFloat32(begins + 4 * i, true));
  return { tiles, features, values };
}

const bad = (message: string) => new DomainError("BAD_FILE", `The bag of tiles: ${message}`);
