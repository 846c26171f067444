/**
 * @file Weight statistics only: fresh random weights with the mean and variance of trained ones, which keep the scale and none of
 * the features.
 *
 * Source: Raghu et al. 2019, arXiv:1902.07208, section 5, "Mean Var": independent normal numbers per layer. Differs in one way: a
 * depthwise kernel is taken channel by channel, and so is every kernel whose batch normalisation was folded into it, since the
 * factor of a channel is in its kernel there and one variance for all channels would not be its scale.
 */
import { randomStream } from "@tessera/domain/random";
import type { NamedWeight, NamedWeights } from "./named.ts";

export interface TensorStatistics {
  readonly shape: readonly number[];
  /** One of each for the whole tensor, or one per output channel. */
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

export type WeightStatistics = ReadonlyMap<string, TensorStatistics>;

/** They follow the data, not the weights: what is drawn has none, and a model keeps its own start. */
export const isMovingAverage = (name: string): boolean =>
  name.endsWith("/movingMean") || name.endsWith("/movingVariance");

/** In a model's kernels of four axes, the last is the output channel, but in a depthwise one [h, w, channels, 1] the one before. */
const isDepthwise = (shape: readonly number[]): boolean => shape.length === 4 && shape[3] === 1;

/** @param folded whether batch normalisation was folded into the kernels: then every kernel goes by channel */
export function statisticsOf(weights: NamedWeights, folded: boolean): Map<string, TensorStatistics> {
  const statistics = new Map<string, TensorStatistics>();
  for (const [name, { shape, data }] of weights) {
    if (isMovingAverage(name) || data.length === 0) continue;
    const byChannel = shape.length === 4 && (folded || isDepthwise(shape));
    const groups = byChannel ? (isDepthwise(shape) ? shape[2]! : shape[3]!) : 1; // channels vary fastest in both
    statistics.set(name, { shape, ...moments(data, groups) });
  }
  return statistics;
}

function moments(data: Float32Array, groups: number): Pick<TensorStatistics, "mean" | "variance"> {
  const each = data.length / groups;
  const mean = new Array<number>(groups).fill(0);
  const variance = new Array<number>(groups).fill(0);
  for (let i = 0; i < data.length; i++) mean[i % groups]! += data[i]! / each;
  for (let i = 0; i < data.length; i++) variance[i % groups]! += (data[i]! - mean[i % groups]!) ** 2 / each;
  return { mean, variance };
}

/** Normal numbers with these statistics; every tensor has a stream of its own, by its name. */
export function drawn(statistics: WeightStatistics, seed: number): Map<string, NamedWeight> {
  const weights = new Map<string, NamedWeight>();
  for (const [name, { shape, mean, variance }] of statistics) {
    const random = randomStream(seed, "weight statistics", name);
    const length = shape.reduce((product, side) => product * side, 1);
    const data = Float32Array.from({ length }, (_, i) => {
      const group = i % mean.length;
      return mean[group]! + Math.sqrt(variance[group]!) * random.normal();
    });
    weights.set(name, { shape, data });
  }
  return weights;
}
