/** @file The answers of a depth's shown filters as one picture: a column per filter, a row per set of answers. */
import { filterMap } from "@tessera/models/filters/responses";

export interface FilterPictures {
  /** [height*width*3], grey. */
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Side of one filter's picture, pixels. */
  readonly shownSide: number;
  /** What black and white mean, by shown filter: the same in its whole column, so that its pictures can be compared. */
  readonly ranges: readonly { readonly black: number; readonly white: number }[];
}

/** @param rows each [side*side, filters] */
export function filterPictures(
  rows: readonly Float32Array[],
  filters: number,
  shown: readonly number[],
  most: number,
): FilterPictures {
  const columns = shown.map((filter) => rows.map((values) => filterMap(values, filters, filter, most)));
  const shownSide = Math.sqrt(columns[0]![0]!.length);
  const [width, height] = [shown.length * shownSide, rows.length * shownSide];
  const pixels = new Uint8Array(width * height * 3);
  const ranges = columns.map((maps, column) => {
    const [black, white] = limits(maps);
    for (const [row, map] of maps.entries()) {
      for (const [at, value] of map.entries()) {
        const grey = white > black ? Math.round((255 * (value - black)) / (white - black)) : 0;
        const [y, x] = [row * shownSide + Math.floor(at / shownSide), column * shownSide + (at % shownSide)];
        pixels.fill(grey, 3 * (y * width + x), 3 * (y * width + x) + 3);
      }
    }
    return { black, white };
  });
  return { pixels, width, height, shownSide, ranges };
}

/** From 0, what a ReLU leaves, to the highest; a linear answer may be below. */
function limits(maps: readonly Float32Array[]): [number, number] {
  let [low, high] = [0, 0];
  for (const map of maps) {
    for (const value of map) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
