/** @file The eight symmetries of a square, applied alike to an image and its mask: no pixel is interpolated. */

export interface Symmetry {
  /** Left and right exchanged, before the turn. */
  readonly flip: boolean;
  /** Quarter turns clockwise, 0 … 3. */
  readonly turns: number;
}

/** @param pixels [size, size, channels], row by row. @returns a new array. */
export function transformed(
  pixels: Float32Array,
  size: number,
  channels: number,
  { flip, turns }: Symmetry,
): Float32Array {
  const result = new Float32Array(pixels.length);
  const last = size - 1;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let [fromRow, fromColumn] = [row, column];
      for (let turn = 0; turn < turns; turn++) [fromRow, fromColumn] = [last - fromColumn, fromRow];
      if (flip) fromColumn = last - fromColumn;
      const from = (fromRow * size + fromColumn) * channels;
      const to = (row * size + column) * channels;
      for (let channel = 0; channel < channels; channel++) result[to + channel] = pixels[from + channel]!;
    }
  }
  return result;
}
