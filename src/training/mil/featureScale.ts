/** @file The scale of the tiles' features, from the training bags alone. */
import type { BagFeatures } from "@tessera/domain/bags/npy";

export interface FeatureScale {
  /** [features] */
  readonly mean: Float64Array;
  /** [features]; 1 for a feature that never changes. */
  readonly deviation: Float64Array;
}

/** Over all tiles of all bags given, each tile counting once; Welford's running mean and variance (1962). */
export class RunningScale {
  private tiles = 0;
  private readonly mean: Float64Array;
  private readonly squares: Float64Array;

  constructor(features: number) {
    this.mean = new Float64Array(features);
    this.squares = new Float64Array(features);
  }

  add({ tiles, features, values }: BagFeatures): void {
    for (let tile = 0; tile < tiles; tile++) {
      this.tiles++;
      for (let feature = 0; feature < features; feature++) {
        const off = values[tile * features + feature]! - this.mean[feature]!;
        this.mean[feature]! += off / this.tiles;
        this.squares[feature]! += off * (values[tile * features + feature]! - this.mean[feature]!);
      }
    }
  }

  result(): FeatureScale {
    const deviation = this.squares.map((sum) => Math.sqrt(sum / this.tiles) || 1);
    return { mean: this.mean, deviation };
  }
}

/** Writes the bag's tiles, scaled, `into` [length, features]; what is beyond the bag stays as it is. */
export function scaleInto(
  { features, values }: BagFeatures,
  { mean, deviation }: FeatureScale,
  into: Float32Array,
): void {
  for (const [index, value] of values.entries()) {
    const feature = index % features;
    into[index] = (value - mean[feature]!) / deviation[feature]!;
  }
}
