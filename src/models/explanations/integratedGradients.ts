/**
 * @file Integrated gradients: the share of every pixel in the difference between an image's logit and a baseline's.
 *
 *   map_i = (x_i − b_i) · mean over t in (0, 1) of  d logit(b + t (x − b)) / d x_i,   summed over the three channels of a pixel
 *
 * Source: Sundararajan, Taly & Yan 2017, arXiv:1703.01365, equation 1. The mean over t is taken at the middles of equal steps (the paper's
 * equation 3 takes their ends: the middle is exact to one more order). Completeness (their proposition 1): the map's sum is
 * logit(x) − logit(b); what is missing is returned, and steps are doubled while it is more than the paper's 5 %.
 */

/** The network, on plain arrays. */
export interface PathGradients {
  /** Gradients of the explained logit at [b] images, each [size*size*3]. */
  gradients(points: readonly Float32Array[]): Promise<readonly Float32Array[]>;
  /** The explained logit of each. */
  logits(images: readonly Float32Array[]): Promise<readonly number[]>;
}

export interface IntegratedGradients {
  /** [size*size], signed, in logits. */
  readonly map: Float32Array;
  readonly steps: number;
  /** logit(x) − logit(b), which the map's sum should be. */
  readonly difference: number;
  /** The map's sum minus it. */
  readonly missing: number;
}

/** Of the difference: the paper's section 5. */
export const toleratedShare = 0.05;

/** Below so many logits the difference is nothing, and a share of it says nothing. */
const smallestDifference = 0.01;

export const isComplete = ({ difference, missing }: Pick<IntegratedGradients, "difference" | "missing">): boolean =>
  Math.abs(missing) <= toleratedShare * Math.max(Math.abs(difference), smallestDifference);

export interface IntegrationSteps {
  readonly steps: number;
  /** Doubled up to so many while the map is not complete; as `steps`: never. */
  readonly most: number;
}

/**
 * @param image [size*size*3], normalised
 * @param baseline the same length
 */
export async function integratedGradients(
  network: PathGradients,
  image: Float32Array,
  baseline: Float32Array,
  { steps, most }: IntegrationSteps,
): Promise<IntegratedGradients> {
  const [atImage, atBaseline] = await network.logits([image, baseline]);
  const difference = atImage! - atBaseline!;
  for (let count = steps; ; count *= 2) {
    const map = await integrated(network, image, baseline, count);
    const result = { map, steps: count, difference, missing: map.reduce((sum, value) => sum + value, 0) - difference };
    if (isComplete(result) || count * 2 > most) return result;
  }
}

/** Points of the path that are in the network at once. */
const atOnce = 16;

async function integrated(
  network: PathGradients,
  image: Float32Array,
  baseline: Float32Array,
  steps: number,
): Promise<Float32Array> {
  const mean = new Float64Array(image.length);
  for (let from = 0; from < steps; from += atOnce) {
    const points = Array.from({ length: Math.min(atOnce, steps - from) }, (_, place) => {
      const share = (from + place + 0.5) / steps;
      return image.map((value, i) => baseline[i]! + share * (value - baseline[i]!));
    });
    for (const gradient of await network.gradients(points)) {
      for (let i = 0; i < mean.length; i++) mean[i]! += gradient[i]! / steps;
    }
  }
  const map = new Float32Array(image.length / 3);
  for (let i = 0; i < map.length; i++) {
    let sum = 0;
    for (let at = 3 * i; at < 3 * i + 3; at++) sum += (image[at]! - baseline[at]!) * mean[at]!;
    map[i] = sum;
  }
  return map;
}
