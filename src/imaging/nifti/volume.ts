/**
 * @file NIfTI volumes as axial slices, turned to RAS+ (nibabel's closest canonical orientation).
 *
 * A slice is seen from below with the patient's left on the image's left: its columns run from left to right, its rows from front to back.
 * Slices are numbered from 0, the lowest.
 */
import { gunzipSync, constants as zlib } from "node:zlib";
import { DomainError } from "@tessera/domain/errors";
import type { IntensityWindow } from "@tessera/domain/import/layouts";
import type { Affine } from "./affine.ts";
import { headerBytes, readVolumeHeader, type VolumeHeader, volumeByteLimit } from "./header.ts";
import { percentiles } from "./percentile.ts";
import { readVoxels, type Voxels } from "./voxels.ts";

export interface VolumeInfo {
  /** Pixels of a slice, and how many there are. */
  readonly width: number;
  readonly height: number;
  readonly slices: number;
  /** mm per pixel, along a row and along a column. */
  readonly spacing: { readonly x: number; readonly y: number };
  /** Voxels to mm, after turning. */
  readonly affine: Affine;
}

export interface ImageVolume extends VolumeInfo {
  readonly window: IntensityWindow;
  /** [slices*height*width], 0 to 255: `window.low` and below is 0, `window.high` and above 255. */
  readonly pixels: Uint8Array;
}

export interface LabelVolume extends VolumeInfo {
  /** [slices*height*width] */
  readonly values: Uint16Array;
  /** The values that there are, rising. */
  readonly found: readonly number[];
}

/** Of a head or a whole file: its first 64 KiB are enough. @throws DomainError BAD_FILE */
export async function volumeInfo(head: Uint8Array): Promise<VolumeInfo> {
  return infoOf(readVolumeHeader(unzippedHead(buffer(head))));
}

/**
 * Without a window, the volume's percentiles 0.5 and 99.5 (of all voxels that are numbers) become black and white.
 * A pixel is floor((value − low) / (high − low) · 255 + 0.5), held within 0 to 255; what is no number is black.
 * @throws DomainError BAD_FILE
 */
export async function imageVolume(bytes: Uint8Array, window: IntensityWindow | null): Promise<ImageVolume> {
  const { header, voxels } = readVolume(buffer(bytes));
  const { slope, inter } = header;
  const shown = window ?? ownWindow(voxels, header);
  const range = shown.high > shown.low ? shown.high - shown.low : Infinity; // one value only: all black
  const pixels = new Uint8Array(voxels.length);
  turned(header, (from, to) => {
    const grey = Math.floor(((voxels[from]! * slope + inter - shown.low) / range) * 255 + 0.5);
    pixels[to] = grey > 255 ? 255 : grey > 0 ? grey : 0; // NaN: 0
  });
  return { ...infoOf(header), window: shown, pixels };
}

/** @throws DomainError BAD_FILE, also for a value that is no whole number from 0 to 65535 */
export async function labelVolume(bytes: Uint8Array): Promise<LabelVolume> {
  const { header, voxels } = readVolume(buffer(bytes));
  const { slope, inter } = header;
  const values = new Uint16Array(voxels.length);
  const seen = new Uint8Array(65536);
  turned(header, (from, to) => {
    const value = voxels[from]! * slope + inter;
    if (!(value >= 0 && value <= 65535 && Number.isInteger(value))) {
      throw new DomainError("BAD_FILE", `The label volume has the value ${value}; expected whole numbers from 0 on`, {
        value,
      });
    }
    values[to] = value;
    seen[value] = 1;
  });
  return { ...infoOf(header), values, found: Array.from(seen.keys()).filter((value) => seen[value] === 1) };
}

const buffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const isZipped = (file: Buffer) => file[0] === 0x1f && file[1] === 0x8b;

function infoOf({ shape, orientation, spacing, affine }: VolumeHeader): VolumeInfo {
  const [width, height, slices] = orientation.map(([axis]) => shape[axis]!) as [number, number, number];
  return { width, height, slices, spacing: { x: spacing[0], y: spacing[1] }, affine };
}

function readVolume(file: Buffer): { header: VolumeHeader; voxels: Voxels } {
  const header = readVolumeHeader(unzippedHead(file));
  const { start, shape, type, littleEndian } = header;
  const end = start + shape[0] * shape[1] * shape[2] * type.bytes;
  const whole = isZipped(file) ? unzipped(file, end) : file;
  if (whole.length < end) {
    throw new DomainError(
      "BAD_FILE",
      `The file is truncated: its header promises ${end} bytes, and it has ${whole.length}; copy it again from its source`,
      { truncated: true },
    );
  }
  return { header, voxels: readVoxels(whole.subarray(start, end), type, littleEndian) };
}

function unzippedHead(file: Buffer): Buffer {
  if (file.length === 0) throw new DomainError("BAD_FILE", "The file is empty (0 bytes); send it again");
  if (!isZipped(file)) return file.subarray(0, headerBytes);
  // The head of a head: whatever it holds, however cut, at most 64 KiB of it are looked at.
  return unzip(file.subarray(0, 65536), volumeByteLimit, zlib.Z_SYNC_FLUSH).subarray(0, headerBytes);
}

/** A file may hold more than its header promises; a little more is allowed for, a bomb is not. */
const unzipped = (file: Buffer, end: number) => unzip(file, end + 2 ** 20, zlib.Z_FINISH);

function unzip(file: Buffer, maxOutputLength: number, finishFlush: number): Buffer {
  try {
    return gunzipSync(file, { maxOutputLength, finishFlush });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE") {
      throw new DomainError(
        "BAD_FILE",
        "The file unpacks to more than its header promises; copy it again from its source",
      );
    }
    const truncated = code === "Z_BUF_ERROR";
    const what = truncated ? "truncated" : "damaged and cannot be unpacked";
    throw new DomainError("BAD_FILE", `The file is ${what}; copy it again from its source (${message})`, { truncated });
  }
}

/** Calls `put` for every voxel: its place in the file, and its place slice by slice, row by row. */
function turned({ shape, orientation }: VolumeHeader, put: (from: number, to: number) => void): void {
  const stride = [1, shape[0], shape[0] * shape[1]];
  const [columns, rows, slices] = orientation.map(([axis, backwards], out) => {
    const length = shape[axis]!;
    const fromEnd = out === 1 ? !backwards : backwards; // the front is up
    const step = fromEnd ? -stride[axis]! : stride[axis]!;
    return { length, step, first: fromEnd ? (length - 1) * stride[axis]! : 0 };
  }) as [Walk, Walk, Walk];
  let to = 0;
  for (let z = 0; z < slices.length; z++) {
    for (let y = 0; y < rows.length; y++) {
      let from = slices.first + z * slices.step + rows.first + y * rows.step + columns.first;
      for (let x = 0; x < columns.length; x++, from += columns.step) put(from, to++);
    }
  }
}

interface Walk {
  readonly length: number;
  readonly step: number;
  readonly first: number;
}

function ownWindow(voxels: Voxels, { slope, inter }: VolumeHeader): IntensityWindow {
  const numbers =
    voxels instanceof Float32Array || voxels instanceof Float64Array ? voxels.filter(Number.isFinite) : voxels.slice();
  if (numbers.length === 0) return { low: 0, high: 0 };
  const [low, high] = percentiles(numbers, [0.5, 99.5])
    .map((value) => value * slope + inter)
    .sort((a, b) => a - b);
  return { low: low!, high: high! };
}
