/**
 * @file Which pixels of an overview are tissue: Otsu's threshold on saturation, without pen marks, specks and dark borders.
 *
 * Otsu 1979 (IEEE Trans. SMC 9:62) on the saturation of HSV, as CLAM (Lu et al. 2021) and others do. Different from them: pen is taken
 * out before the threshold is chosen, and a slide without tissue has none, as the threshold has a floor.
 */

export interface TissueMask {
  readonly width: number;
  readonly height: number;
  /** [height*width] 0 or 1. */
  readonly mask: Uint8Array;
  /** Saturation of 0 to 255 from which a pixel is tissue. */
  readonly threshold: number;
  /** Share of the pixels that are pen, in [0, 1]. */
  readonly pen: number;
}

/** Saturation of glass and its noise: a threshold below it would find tissue on an empty slide. */
const leastThreshold = 15;
/** Darker is no tissue: black borders, black ink, the edge of a coverslip. */
const darkest = 50;
/** How far ink bleeds into the pixels beside it. A stroke is solid: single pixels of its colour, as at torn edges, are none. */
const penMargin = 3;
/** A pixel stays where at least half of the (2 r + 1)² pixels around it are tissue: specks go, small holes close. */
const smoothing = 2;

/** @param rgb [height*width*3] */
export function tissueMask(rgb: Uint8Array, width: number, height: number): TissueMask {
  const pixels = width * height;
  const saturation = new Uint8Array(pixels);
  const pen = new Uint8Array(pixels);
  const dark = new Uint8Array(pixels);
  for (let at = 0; at < pixels; at++) {
    const [red, green, blue] = [rgb[3 * at]!, rgb[3 * at + 1]!, rgb[3 * at + 2]!];
    const most = Math.max(red, green, blue);
    saturation[at] = most === 0 ? 0 : Math.round((255 * (most - Math.min(red, green, blue))) / most);
    dark[at] = Number(most < darkest);
    pen[at] = Number(isPen(red, green, blue));
  }
  const inked = grown(majority(pen, width, height, smoothing), width, height, penMargin);
  const histogram = new Float64Array(256);
  for (let at = 0; at < pixels; at++) if (!inked[at] && !dark[at]) histogram[saturation[at]!]!++;
  const threshold = Math.max(leastThreshold, otsuThreshold(histogram));
  const found = Uint8Array.from(saturation, (value, at) => Number(value >= threshold && !inked[at] && !dark[at]));
  return {
    width,
    height,
    mask: majority(found, width, height, smoothing),
    threshold,
    pen: inked.reduce((sum, value) => sum + value, 0) / pixels,
  };
}

/**
 * Ink of a green, blue or red marker: purer than any stain. Haematoxylin is a violet blue, eosin a pink red, DAB a brown; all of them let through
 * a good part of every colour, and ink does not. The bounds were set on the pen marks and tissue of wsi-small.
 */
export function isPen(red: number, green: number, blue: number): boolean {
  const greenInk = green - red > 25 && green - blue > -25 && red < 160;
  const blueInk = blue - red > 60 && green - red > 10 && red < 110;
  const redInk = red > 130 && red - green > 115 && Math.abs(green - blue) < 35 && green < 85;
  return greenInk || blueInk || redInk;
}

/** The value at which the two sides of a histogram differ most (their variance between classes); a pixel at it is on the upper side. */
export function otsuThreshold(histogram: Float64Array): number {
  let [total, sum] = [0, 0];
  for (const [value, count] of histogram.entries()) {
    total += count;
    sum += value * count;
  }
  let [below, sumBelow, best, threshold] = [0, 0, 0, 0];
  for (let value = 1; value < histogram.length; value++) {
    below += histogram[value - 1]!;
    sumBelow += (value - 1) * histogram[value - 1]!;
    const above = total - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2;
    if (between <= best) continue;
    best = between;
    threshold = value;
  }
  return threshold;
}

/** Sums over the rectangle from the first pixel: [(height+1)*(width+1)]. */
export function integral(mask: Uint8Array, width: number, height: number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += mask[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return sums;
}

/** Ones within [x0, x1) x [y0, y1). */
export function sumWithin(sums: Float64Array, width: number, x0: number, y0: number, x1: number, y1: number): number {
  const at = (x: number, y: number) => sums[y * (width + 1) + x]!;
  return at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0);
}

function around(
  mask: Uint8Array,
  width: number,
  height: number,
  radius: number,
  keep: (ones: number, of: number) => boolean,
) {
  const sums = integral(mask, width, height);
  const result = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) {
    const [y0, y1] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    for (let x = 0; x < width; x++) {
      const [x0, x1] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
      result[y * width + x] = Number(keep(sumWithin(sums, width, x0, y0, x1, y1), (x1 - x0) * (y1 - y0)));
    }
  }
  return result;
}

const grown = (mask: Uint8Array, width: number, height: number, radius: number) =>
  around(mask, width, height, radius, (ones) => ones > 0);
const majority = (mask: Uint8Array, width: number, height: number, radius: number) =>
  around(mask, width, height, radius, (ones, of) => 2 * ones >= of);
