/** @file The voxels of a decompressed NIfTI file as numbers, in stored order. */
import { endianness } from "node:os";

export type Voxels =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export interface VoxelType {
  readonly bytes: 1 | 2 | 4 | 8;
  /** 64-bit integers become floats: exact up to 2^53. */
  readonly read: (buffer: ArrayBuffer) => Voxels;
}

/** By NIfTI's datatype code. */
export const voxelTypes: ReadonlyMap<number, VoxelType> = new Map<number, VoxelType>([
  [2, { bytes: 1, read: (buffer) => new Uint8Array(buffer) }],
  [4, { bytes: 2, read: (buffer) => new Int16Array(buffer) }],
  [8, { bytes: 4, read: (buffer) => new Int32Array(buffer) }],
  [16, { bytes: 4, read: (buffer) => new Float32Array(buffer) }],
  [64, { bytes: 8, read: (buffer) => new Float64Array(buffer) }],
  [256, { bytes: 1, read: (buffer) => new Int8Array(buffer) }],
  [512, { bytes: 2, read: (buffer) => new Uint16Array(buffer) }],
  [768, { bytes: 4, read: (buffer) => new Uint32Array(buffer) }],
  [1024, { bytes: 8, read: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number) }],
  [1280, { bytes: 8, read: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number) }],
]);

/** @param bytes exactly the voxels; a copy of them is read */
export function readVoxels(bytes: Buffer, type: VoxelType, littleEndian: boolean): Voxels {
  const own = new Uint8Array(bytes.length); // a buffer of its own begins at 0, as typed arrays need
  own.set(bytes);
  if (littleEndian !== (endianness() === "LE")) {
    const swapped = Buffer.from(own.buffer);
    if (type.bytes === 2) swapped.swap16();
    if (type.bytes === 4) swapped.swap32();
    if (type.bytes === 8) swapped.swap64();
  }
  return type.read(own.buffer);
}
