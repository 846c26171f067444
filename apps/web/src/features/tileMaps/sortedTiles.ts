/** @file The values of a tile map, and a bag's tiles by them as a strip that fits a screen. */

/** Of a map: one value per tile, little endian, as every browser's numbers are. */
export const readValues = async (response: Response): Promise<Float32Array> =>
  new Float32Array(await response.arrayBuffer());

/** Highest first, in at most so many columns: the mean of the tiles that share one. */
export function sortedColumns(values: Float32Array, most: number): number[] {
  const sorted = Float32Array.from(values).sort().reverse();
  const columns = Math.min(most, sorted.length);
  return Array.from({ length: columns }, (_, column) => {
    const from = Math.floor((column * sorted.length) / columns);
    const to = Math.floor(((column + 1) * sorted.length) / columns);
    let sum = 0;
    for (let at = from; at < to; at++) sum += sorted[at]!;
    return sum / (to - from);
  });
}

/** Of the sum of all values above 0, the share of the highest tenth of tiles. */
export function topShare(values: Float32Array): number | null {
  const positive = Float32Array.from(values.filter((value) => value > 0))
    .sort()
    .reverse();
  const sum = positive.reduce((all, value) => all + value, 0);
  if (sum === 0) return null;
  return positive.slice(0, Math.ceil(values.length / 10)).reduce((all, value) => all + value, 0) / sum;
}
