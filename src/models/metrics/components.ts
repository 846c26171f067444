/** @file Connected pieces of a mask. */
import { DomainError } from "@tessera/domain/errors";

/**
 * Number of 8-connected pieces: pixels that touch at a side or a corner belong together.
 *
 * One pass with union-find (Wu, Otoo & Suzuki 2009): a pixel joins the pieces of the four neighbours already seen.
 *
 * @param mask [height, width], 0 is background.
 * @throws DomainError BAD_INPUT when the length is not width × height.
 */
export function componentCount(mask: Uint8Array, width: number, height: number): number {
  if (mask.length !== width * height) {
    throw new DomainError("BAD_INPUT", `componentCount: ${width} × ${height} is not a mask of ${mask.length} pixels`);
  }
  const parent = new Int32Array(mask.length);
  const root = (pixel: number): number => {
    let at = pixel;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!; // halves the path
      at = parent[at]!;
    }
    return at;
  };
  let pieces = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (mask[pixel] === 0) continue;
      parent[pixel] = pixel;
      pieces++;
      const join = (dx: number, dy: number): void => {
        if (x + dx < 0 || x + dx >= width || y + dy < 0) return;
        const neighbour = pixel + dy * width + dx;
        if (mask[neighbour] === 0) return;
        const [a, b] = [root(pixel), root(neighbour)];
        if (a === b) return;
        parent[a] = b;
        pieces--;
      };
      join(-1, 0);
      join(-1, -1);
      join(0, -1);
      join(1, -1);
    }
  }
  return pieces;
}
