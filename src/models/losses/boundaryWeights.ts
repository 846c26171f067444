import { squaredDistances } from "@tessera/domain/distanceTransform";

export interface BoundaryWeightOptions {
  /** What the outline weighs more than a pixel far from it. */
  readonly weight: number;
  /** Pixels. */
  readonly sigma: number;
}

/**
 * Weights that rise towards the outline of a mask, on both sides alike:
 *
 *   1 + weight * exp(-d^2 / (2 sigma^2))
 *
 * with d the distance to the outline, pixels: to the nearest pixel of the other side, less the half pixel that the outline
 * lies before it. 1 everywhere where there is no outline (an empty or a full mask). The image's border is no outline.
 *
 * @param mask [height, width], 0 or 1.
 * @param into [height, width], where the weights go.
 *
 * Source: our own, in the form of Ronneberger et al. 2015, arXiv:1505.04597, equation 2.
 */
export function boundaryWeights(
  mask: ArrayLike<number>,
  width: number,
  height: number,
  into: Float32Array,
  { weight, sigma }: BoundaryWeightOptions,
): void {
  const inside = Uint8Array.from(mask);
  const outside = new Uint8Array(inside.length);
  for (let i = 0; i < inside.length; i++) outside[i] = 1 - inside[i]!;
  const toInside = squaredDistances(inside, width, height);
  const toOutside = squaredDistances(outside, width, height);
  const spread = 2 * sigma ** 2;
  for (let i = 0; i < into.length; i++) {
    const distance = Math.sqrt(inside[i] === 1 ? toOutside[i]! : toInside[i]!) - 0.5;
    into[i] = 1 + weight * Math.exp(-(distance ** 2) / spread);
  }
}
