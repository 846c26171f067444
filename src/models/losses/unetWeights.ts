import { squaredDistances } from "@tessera/domain/distanceTransform";
import { labelComponents } from "@tessera/domain/labelComponents";

export interface UNetWeightOptions {
  /** Weight of a gap of no width between two pieces. */
  readonly w0: number;
  /** Pixels. */
  readonly sigma: number;
}

/** Sigmas from a piece at which its part of a gap's weight is less than 1e-10 of w0, and left out. */
const reach = 7;

/**
 * The U-Net's weights: a balance of the two classes, and more in the gaps between pieces that lie near each other,
 *
 *   w_c + w0 * exp(-(d1 + d2)^2 / (2 sigma^2))
 *
 * with d1 and d2 the distances to the nearest and to the second nearest piece (8-connected), pixels; the second term is for
 * the background only, and 0 where there are not two pieces. w_c is n / (2 n_c) for the n_c of the n pixels that are of the
 * pixel's class, so that both classes weigh the same and the mean is 1; 1 in a mask of one class.
 *
 * @param mask [height, width], 0 or 1.
 * @param into [height, width], where the weights go.
 *
 * Source: Ronneberger, Fischer & Brox 2015, arXiv:1505.04597, equation 2, with their w0 = 10 and sigma = 5. They do not say
 * how classes are balanced; distances are to the nearest pixel of a piece, and pixels of a piece have no second term, which
 * they do not say either.
 */
export function unetWeights(
  mask: ArrayLike<number>,
  width: number,
  height: number,
  into: Float32Array,
  { w0, sigma }: UNetWeightOptions,
): void {
  const inside = Uint8Array.from(mask);
  const pixels = inside.length;
  let foreground = 0;
  for (let i = 0; i < pixels; i++) foreground += inside[i]!;
  const balance = (count: number) => (foreground === 0 || foreground === pixels ? 1 : pixels / (2 * count));
  const [ofBackground, ofForeground] = [balance(pixels - foreground), balance(foreground)];
  for (let i = 0; i < pixels; i++) into[i] = inside[i] === 1 ? ofForeground : ofBackground;
  const labels = labelComponents(inside, width, height);
  const boxes = boxesOf(labels, width);
  if (boxes.length < 2) return;
  const [nearest, second] = twoNearest(labels, boxes, width, height, Math.ceil(reach * sigma));
  for (let i = 0; i < pixels; i++) {
    if (inside[i] === 1 || second[i] === Number.POSITIVE_INFINITY) continue;
    const gap = Math.sqrt(nearest[i]!) + Math.sqrt(second[i]!);
    into[i] = ofBackground + w0 * Math.exp(-(gap ** 2) / (2 * sigma ** 2));
  }
}

/** Squared distances of every pixel to its nearest and second nearest piece; Infinity where they are more than `reach` pixels off. */
function twoNearest(
  labels: Int32Array,
  boxes: readonly Box[],
  width: number,
  height: number,
  reach: number,
): [Float64Array, Float64Array] {
  const nearest = new Float64Array(labels.length).fill(Number.POSITIVE_INFINITY);
  const second = new Float64Array(labels.length).fill(Number.POSITIVE_INFINITY);
  for (const [piece, box] of boxes.entries()) {
    const [left, top] = [Math.max(0, box.left - reach), Math.max(0, box.top - reach)];
    const across = Math.min(width - 1, box.right + reach) - left + 1;
    const down = Math.min(height - 1, box.bottom + reach) - top + 1;
    const place = (i: number) => (top + Math.floor(i / across)) * width + left + (i % across);
    const alone = new Uint8Array(across * down);
    for (let i = 0; i < alone.length; i++) if (labels[place(i)] === piece + 1) alone[i] = 1;
    const distances = squaredDistances(alone, across, down);
    for (let i = 0; i < distances.length; i++) {
      const at = place(i);
      const distance = distances[i]!;
      if (distance >= second[at]!) continue;
      second[at] = Math.max(distance, nearest[at]!);
      nearest[at] = Math.min(distance, nearest[at]!);
    }
  }
  return [nearest, second];
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Of every piece, in their order. */
function boxesOf(labels: Int32Array, width: number): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at < labels.length; at++) {
    const label = labels[at]!;
    if (label === 0) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    const box = boxes[label - 1];
    if (box === undefined) boxes.push({ left: x, right: x, top: y, bottom: y });
    else {
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.bottom = y;
    }
  }
  return boxes;
}
