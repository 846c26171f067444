/**
 * @file Area under the robustness curve: the mean score over the noise range, by trapezoids between the levels. One value per seed, so its
 * interval and verdict are those of every value of a whole run (`seedValues.ts`).
 */
import { DomainError } from "@tessera/domain/errors";
import { type ArmSummary, summarizeSeeds } from "../arm.ts";
import { compareSeedValues, type SeedValueComparison } from "../seedValues.ts";
import type { VerdictOptions } from "../verdict.ts";
import type { SeedCurves } from "./curve.ts";

/** @param x ascending. @throws DomainError BAD_INPUT for fewer than two places, or places that are not ascending */
export function meanOverRange(x: readonly number[], values: readonly number[]): number {
  if (x.length < 2 || x.length !== values.length || x.some((at, i) => i > 0 && !(at > x[i - 1]!))) {
    const got = `${x.length} places and ${values.length} values`;
    throw new DomainError("BAD_INPUT", `Expected two or more ascending places, with a value each, got ${got}`);
  }
  const area = x.slice(1).reduce((sum, at, i) => sum + ((values[i]! + values[i + 1]!) / 2) * (at - x[i]!), 0);
  return area / (x.at(-1)! - x[0]!);
}

const areasOf = ({ x, seeds }: SeedCurves) =>
  seeds.map(({ seed, values }) => ({ seed, mean: meanOverRange(x, values) }));

/** Null without a seed whose curve is whole. */
export function areaUnder(curves: SeedCurves): ArmSummary | null {
  return curves.seeds.length === 0 ? null : summarizeSeeds(curves.name, areasOf(curves), curves.items);
}

export type CurveDifference =
  | { readonly compared: SeedValueComparison; readonly reason: string }
  | { readonly compared: null; readonly reason: string };

/** Arm minus reference in the mean score over the noise range. Both on the same levels. */
export const compareAreas = (reference: SeedCurves | null, arm: SeedCurves | null, options: VerdictOptions) =>
  compareCurves(reference, arm, (curves) => areasOf(curves).map(({ seed, mean }) => ({ seed, value: mean })), options);

/** By one value per seed. Of it: why nothing can be said, where there is nothing. */
export function compareCurves(
  reference: SeedCurves | null,
  arm: SeedCurves | null,
  valuesOf: (curves: SeedCurves) => readonly { readonly seed: number; readonly value: number | null }[],
  options: VerdictOptions,
): CurveDifference {
  if (reference === null || arm === null || reference.seeds.length === 0 || arm.seeds.length === 0) {
    return { compared: null, reason: "No comparison yet: no seed of both methods has a score at every level." };
  }
  const valued = (curves: SeedCurves) => ({
    name: curves.name,
    runs: valuesOf(curves).map((each) => ({ ...each, n: Math.min(reference.items, arm.items) })),
  });
  try {
    const compared = compareSeedValues(valued(reference), valued(arm), options);
    return { compared, reason: compared.reason };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "BAD_INPUT") throw error;
    return { compared: null, reason: `No comparison: ${error.message}` };
  }
}
