/** @file The standard normal distribution. */
import jstat from "jstat";

const { jStat } = jstat;

/** P(Z <= z). */
export const normalProbability = (z: number): number => jStat.normal.cdf(z, 0, 1);

/** The value that Z exceeds with probability 1 - `probability`. */
export const normalQuantile = (probability: number): number => jStat.normal.inv(probability, 0, 1);
