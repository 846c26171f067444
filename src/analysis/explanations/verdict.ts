/**
 * @file Whether a heat map tells of the model: the word that is put beside it.
 *
 * "Left" is what similarity.ts calls so: the share of the map that is there without what the model learnt. It is known from several draws
 * of random weights, or from several items, and so has an interval. The thresholds are ours (Adebayo et al. 2018 name none), see decision 0033.
 */
import { DomainError } from "@tessera/domain/errors";
import {
  type GuardCheck,
  type GuardVerdict,
  type Left,
  type SimilarityMeasure,
  similarityMeasures,
} from "@tessera/domain/inspections/guard";
import { crossedMean } from "../crossedMean.ts";
import { tInterval } from "../studentT.ts";
import { mean } from "../summary.ts";
import type { LeftValues } from "./similarity.ts";

/** Above this the map is more the image's than the model's. */
export const mostlyLeft = 0.5;
/** Above this the map is the same, for a reader's eye, whatever the model. */
export const allLeft = 0.8;
/** Fewer draws or items carry no verdict. */
export const fewestForVerdict = 5;

/**
 * Against one network: the interval is over items, and speaks of that network alone.
 *
 * @param left a value per item, at least one
 * @throws DomainError BAD_INPUT for no values
 */
export const guardCheck = (left: LeftValues): GuardCheck =>
  checked(left.signed.length, left.signed.length, (measure) => {
    const values = left[measure];
    return values && { estimate: mean(values), ...tInterval(values) };
  });

/**
 * Against several networks on the same items: the interval speaks of other draws and of other items, which both are drawn (crossedMean.ts).
 *
 * @param left per network, on the same items in the same order; at least one
 * @throws DomainError BAD_INPUT for no networks
 */
export const guardCheckOfDraws = (left: readonly LeftValues[]): GuardCheck =>
  checked(left.length, Math.min(left.length, left[0]?.signed.length ?? 0), (measure) => {
    const table = left.flatMap((draw) => (draw[measure] === null ? [] : [draw[measure]]));
    return table.length === 0 ? null : crossedMean(table);
  });

function checked(
  n: number,
  fewest: number,
  of: (measure: SimilarityMeasure) => Omit<Left, "measure"> | null,
): GuardCheck {
  if (n === 0) throw new DomainError("BAD_INPUT", "guardCheck: expected at least one draw or item, got none");
  const left = similarityMeasures.flatMap((measure) => {
    const known = of(measure);
    return known === null ? [] : [{ measure, ...known }];
  });
  return { left, n, verdict: fewest < fewestForVerdict ? "undecided" : verdictOf(left) };
}

function verdictOf(left: readonly Left[]): GuardVerdict {
  if (left.some(({ low }) => low! > allLeft)) return "independent";
  return left.every(({ high }) => high! < mostlyLeft) ? "passes" : "partly";
}

const worst: readonly GuardVerdict[] = ["independent", "partly", "undecided", "passes"];

/** Of a method: the worst of its checks; a check that was not made leaves it undecided. */
export const methodVerdict = (checks: readonly (GuardCheck | null)[]): GuardVerdict =>
  worst.find((verdict) => checks.some((check) => (check?.verdict ?? "undecided") === verdict)) ?? "undecided";
