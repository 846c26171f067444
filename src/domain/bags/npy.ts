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

export function encodeBag({ tiles, features, values }: BagFeatures): Uint8Array {
  if (values.length !== tiles * features) {
    throw new TypeError(`Expected ${tiles} x ${features} values, got ${values.length}`);
  }
  const header = bagHeader({ tiles, features });
  const bytes = new Uint8Array(header.length + 4 * values.length);
  const view = new DataView(bytes.buffer);
  bytes.set(header);
  for (const [index, value] of values.entries()) view.setFloat32(header.length + 4 * index, value, true);
  return bytes;
}

/** What comes before the numbers: for a bag that is written as it is read. */
export function bagHeader({ tiles, features }: Omit<BagFeatures, "values">): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tiles}, ${features}), }`;
  const length = Math.ceil((start + text.length + 1) / 64) * 64; // the numbers begin at a multiple of 64 bytes
  const bytes = new Uint8Array(length);
  bytes.set(Uint8Array.from(magic, (character) => character.charCodeAt(0)));
  new DataView(bytes.buffer).setUint16(magic.length, length - start, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - start - 1)}\n`), start);
  return bytes;
}

/** @throws DomainError BAD_FILE for another file, or one that is cut */
export function decodeBag(bytes: Uint8Array): BagFeatures {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = bytes.length > start && [...magic].every((character, i) => bytes[i] === character.charCodeAt(0));
  const length = begins ? start + view.getUint16(magic.length, true) : 0;
  const text = new TextDecoder("latin1").decode(bytes.subarray(start, Math.max(start, length)));
  const sides = /^\{'descr': '<f4', 'fortran_order': False, 'shape': \((\d+), (\d+)\), \}\s*$/.exec(text);
  if (sides === null) throw bad("it is no .npy array of float32 with two axes");
  const [tiles, features] = [Number(sides[1]), Number(sides[2])];
  if (bytes.length !== length + 4 * tiles * features) {
    throw bad(`its header claims ${tiles} x ${features} numbers, and it has ${bytes.length - length} bytes`);
  }
  const values = Float32Array.from({ length: tiles * features }, (_, i) => view.getFloat32(length + 4 * i, true));
  return { tiles, features, values };
}

const bad = (message: string) => new DomainError("BAD_FILE", `The bag of tiles: ${message}`);
