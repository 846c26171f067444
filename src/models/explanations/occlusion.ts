/**
 * @file Occlusion: by how much the logit of a class falls when a square of the image is painted over.
 *
 * Source: Zeiler & Fergus 2014, arXiv:1311.2901, section 4.2, which shows the class' probability by the square's place. Here the logit's fall is
 * shown, and by pixel: the mean over the squares that cover it. The square is painted in the baseline's colour (theirs: grey).
 */
import { DomainError } from "@tessera/domain/errors";

export interface OcclusionSquares {
  /** Side of the square, pixels. */
  readonly patch: number;
  /** Between neighbouring squares, pixels; at most the patch, so that every pixel is covered. */
  readonly stride: number;
}

/** An eighth of the side, moved by half of itself: about 225 squares whatever the side. */
export function usualSquares(size: number): OcclusionSquares {
  const patch = Math.max(1, Math.round(size / 8));
  return { patch, stride: Math.max(1, Math.floor(patch / 2)) };
}

/** The explained logit of each image. */
export type LogitsOf = (images: readonly Float32Array[]) => Promise<readonly number[]>;

/** Images that are in the network at once. */
const atOnce = 32;

/**
 * @param image [size*size*3], normalised
 * @param baseline the same length: what the square is painted with
 * @returns [size*size], in logits: above 0 where the class loses by the square
 * @throws DomainError BAD_INPUT when a square does not fit the image, or squares leave gaps
 */
export async function occlusion(
  logitsOf: LogitsOf,
  image: Float32Array,
  baseline: Float32Array,
  squares: OcclusionSquares,
): Promise<Float32Array> {
  const size = Math.sqrt(image.length / 3);
  const { patch } = squares;
  const starts = startsOf(size, squares);
  const corners = starts.flatMap((y) => starts.map((x) => ({ x, y })));
  const [whole] = await logitsOf([image]);
  const sums = new Float64Array(size * size);
  const covers = new Float64Array(size * size);
  for (let from = 0; from < corners.length; from += atOnce) {
    const some = corners.slice(from, from + atOnce);
    const logits = await logitsOf(some.map((corner) => painted(image, baseline, size, patch, corner)));
    for (const [place, corner] of some.entries()) {
      for (const i of pixelsOf(size, patch, corner)) {
        sums[i]! += whole! - logits[place]!;
        covers[i]!++;
      }
    }
  }
  return Float32Array.from(sums, (sum, i) => sum / covers[i]!);
}

/** 0, stride, … and last the one that ends at the border. */
function startsOf(size: number, { patch, stride }: OcclusionSquares): number[] {
  const whole = Number.isInteger(patch) && Number.isInteger(stride);
  if (!whole || stride < 1 || stride > patch || patch > size) {
    const message = `occlusion: expected 1 <= stride <= patch <= ${size} pixels, got stride ${stride}, patch ${patch}`;
    throw new DomainError("BAD_INPUT", message, { size, patch, stride });
  }
  const last = size - patch;
  return [...Array.from({ length: Math.ceil(last / stride) }, (_, place) => place * stride), last];
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function* pixelsOf(size: number, patch: number, { x, y }: Corner): Generator<number> {
  for (let row = y; row < y + patch; row++)
    for (let column = x; column < x + patch; column++) yield row * size + column;
}

function painted(
  image: Float32Array,
  baseline: Float32Array,
  size: number,
  patch: number,
  corner: Corner,
): Float32Array {
  const copy = image.slice();
  for (const i of pixelsOf(size, patch, corner)) copy.set(baseline.subarray(3 * i, 3 * i + 3), 3 * i);
  return copy;
}
