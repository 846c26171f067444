/** A NIfTI-1 file of 16-bit integers, i running to the right, j to the front and k up, as a test needs it. */
export interface NiftiVolume {
  readonly shape: readonly [number, number, number];
  /** mm */
  readonly zooms: readonly [number, number, number];
  /** i fastest */
  readonly values: ArrayLike<number>;
  /** Of the first voxel, mm. */
  readonly offset?: readonly [number, number, number];
}

export function niftiFile({ shape, zooms, values, offset = [0, 0, 0] }: NiftiVolume): Buffer {
  const file = Buffer.alloc(352 + 2 * values.length);
  file.writeInt32LE(348, 0);
  [3, ...shape, 1, 1, 1, 1].forEach((side, i) => void file.writeInt16LE(side, 40 + 2 * i));
  file.writeInt16LE(4, 70);
  file.writeInt16LE(16, 72);
  [1, ...zooms].forEach((zoom, i) => void file.writeFloatLE(zoom, 76 + 4 * i));
  file.writeFloatLE(352, 108);
  file[123] = 2; // mm
  file.writeInt16LE(1, 254);
  for (const axis of [0, 1, 2]) {
    file.writeFloatLE(zooms[axis]!, 280 + 20 * axis);
    file.writeFloatLE(offset[axis]!, 292 + 16 * axis);
  }
  file.write("n+1\0", 344, "latin1");
  for (let i = 0; i < values.length; i++) file.writeInt16LE(values[i]!, 352 + 2 * i);
  return file;
}
