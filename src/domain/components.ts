/**
 * @file The pieces of a mask: 8-connected components (pixels that touch by a side or a corner are one piece).
 *
 * Works on runs of a row, so that memory follows the number of runs and not the number of pixels.
 */

/**
 * @param mask   [height*width], row by row; anything but 0 is foreground.
 * @returns the number of 8-connected pieces; 0 for an empty mask.
 * @throws RangeError when the length is not width*height.
 */
export function countComponents(mask: Uint8Array, width: number, height: number): number {
  if (mask.length !== width * height) {
    throw new RangeError(`countComponents: expected ${width}x${height} = ${width * height} pixels, got ${mask.length}`);
  }
  const parent: number[] = []; // union-find over runs
  const root = (run: number): number => {
    let at = run;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!; // halve the path
      at = parent[at]!;
    }
    return at;
  };

  let pieces = 0;
  let above: number[] = []; // [start, end (exclusive), run] of every run of the row before
  for (let y = 0; y < height; y++) {
    const here: number[] = [];
    const rowEnd = (y + 1) * width;
    let oldest = 0;
    for (let at = y * width; at < rowEnd; at++) {
      if (mask[at] === 0) continue;
      const start = at - y * width;
      while (at < rowEnd && mask[at] !== 0) at++;
      const end = at - y * width;
      const run = parent.length;
      parent.push(run);
      pieces++;
      while (oldest < above.length && above[oldest + 1]! < start) oldest += 3; // ends left of this run's corner
      for (let i = oldest; i < above.length && above[i]! <= end; i += 3) {
        const [a, b] = [root(above[i + 2]!), root(run)];
        if (a === b) continue;
        parent[a] = b;
        pieces--;
      }
      here.push(start, end, run);
    }
    above = here;
  }
  return pieces;
}
