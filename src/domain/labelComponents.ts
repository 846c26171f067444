/** @file The pieces of a mask as numbered pixels: 8-connected, as countComponents counts them. */

/**
 * @param mask [height*width], row by row; anything but 0 is foreground.
 * @returns [height*width]: 0 for background, else 1 + the number of the piece, in reading order of the pieces' first pixels.
 * @throws RangeError when the length is not width*height.
 */
export function labelComponents(mask: Uint8Array, width: number, height: number): Int32Array {
  if (mask.length !== width * height) {
    throw new RangeError(`labelComponents: expected ${width}x${height} = ${width * height} pixels, got ${mask.length}`);
  }
  const labels = new Int32Array(mask.length);
  const open: number[] = [];
  let pieces = 0;
  const take = (at: number) => {
    if (mask[at] === 0 || labels[at] !== 0) return;
    labels[at] = pieces;
    open.push(at);
  };
  for (let first = 0; first < mask.length; first++) {
    if (mask[first] === 0 || labels[first] !== 0) continue;
    pieces++;
    take(first);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width;
      const row = at - x;
      for (let beside = row - width; beside <= row + width; beside += width) {
        if (beside < 0 || beside >= mask.length) continue;
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++) take(beside + i);
      }
    }
  }
  return labels;
}
