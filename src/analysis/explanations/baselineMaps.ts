/** @file Maps that know no model: an edge detector and a prior for the middle. What a heat map shows has to be more than they do. */

/**
 * The gradient's length under Sobel's operator (Sobel & Feldman 1968); the border is repeated.
 * @param grey [size*size]
 */
export function edgeMap(grey: ArrayLike<number>, size: number): Float32Array {
  const at = (x: number, y: number) => grey[inside(y, size) * size + inside(x, size)]!;
  return Float32Array.from({ length: size * size }, (_, i) => {
    const [x, y] = [i % size, Math.floor(i / size)];
    const side = (dx: number) => at(x + dx, y - 1) + 2 * at(x + dx, y) + at(x + dx, y + 1);
    const row = (dy: number) => at(x - 1, y + dy) + 2 * at(x, y + dy) + at(x + 1, y + dy);
    return Math.hypot(side(1) - side(-1), row(1) - row(-1));
  });
}

const inside = (place: number, size: number): number => Math.min(size - 1, Math.max(0, place));

/** Minus the distance to the middle of the image, pixels: where a photographer puts things. */
export function centreMap(size: number): Float32Array {
  const middle = (size - 1) / 2;
  return Float32Array.from(
    { length: size * size },
    (_, i) => -Math.hypot((i % size) - middle, Math.floor(i / size) - middle),
  );
}

/** [size*size*3] -> [size*size]: the mean of the three channels. */
export function greyOf(image: ArrayLike<number>): Float32Array {
  return Float32Array.from({ length: image.length / 3 }, (_, i) => {
    return (image[3 * i]! + image[3 * i + 1]! + image[3 * i + 2]!) / 3;
  });
}
