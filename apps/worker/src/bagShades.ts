/** @file A bag as a picture: a row per tile, a column per feature. */
import type { BagFeatures } from "@tessera/domain/bags/npy";

/** @returns [tiles * features] grey */
export type Shades = (tiles: BagFeatures) => Uint8Array;

/** For the eye alone: each feature from its least (black) to its most (white) over the bags given; beyond them, of another bag, black or white. */
export function greyOf(bags: readonly BagFeatures[]): Shades {
  const features = bags[0]?.features ?? 0;
  const [least, most] = [new Float64Array(features).fill(Infinity), new Float64Array(features).fill(-Infinity)];
  for (const { values } of bags) {
    for (const [index, value] of values.entries()) {
      const feature = index % features;
      least[feature] = Math.min(least[feature]!, value);
      most[feature] = Math.max(most[feature]!, value);
    }
  }
  const shade = (value: number, feature: number) => {
    const range = most[feature]! - least[feature]!;
    const share = range === 0 ? 0 : (value - least[feature]!) / range;
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  };
  return ({ values }) => Uint8Array.from(values, (value, index) => shade(value, index % features));
}
