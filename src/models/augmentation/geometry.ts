/** @file The eight symmetries of a square, applied alike to an image and its mask: no pixel is interpolated. */

export interface Symmetry {
  /** Left and right exchanged, before the turn. */
  readonly flip: boolean;
  /** Quarter turns clockwise, 0 … 3. */
  readonly turns: number;
}

/**
 * Moves the pixels and looks each byte up on the way.
 * @param pixels [size, size, channels], row by row.
 * @param values [256]: what each byte becomes.
 * @param into   [size, size, channels]: the result.
 */
export function transform(
  pixels: Uint8Array,
  size: number,
  channels: 1 | 3,
  symmetry: Symmetry,
  values: Float32Array,
  into: Float32Array,
): void {
  const source = (row: number, column: number) => channels * sourcePixel(row, column, size, symmetry);
  const start = source(0, 0);
  const right = source(0, 1) - start; // the source moves evenly with the place in the result
  const down = source(1, 0) - start;
  let to = 0;
  for (let row = 0; row < size; row++) {
    let from = start + row * down;
    for (let column = 0; column < size; column++, to += channels, from += right) {
      into[to] = values[pixels[from]!]!;
      if (channels === 1) continue;
      into[to + 1] = values[pixels[from + 1]!]!; // not a loop over channels, which takes twice as long
      into[to + 2] = values[pixels[from + 2]!]!;
    }
  }
}

function sourcePixel(row: number, column: number, size: number, { flip, turns }: Symmetry): number {
  let [fromRow, fromColumn] = [row, column];
  for (let turn = 0; turn < turns; turn++) [fromRow, fromColumn] = [size - 1 - fromColumn, fromRow];
  return fromRow * size + (flip ? size - 1 - fromColumn : fromColumn);
}
