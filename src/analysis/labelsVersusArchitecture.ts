/**
 * @file Is it the labels or the architecture? Effects in a grid of label versions × architectures × seeds (board 25).
 *
 * Main effects: what a level changes against the factor's first, over pairs of arms that differ in that factor alone, averaged within each
 * seed; the interval is t over paired seeds. Of a full grid this is the fixed effect of a mixed model with seeds, and their interactions
 * with both factors, as random effects (its F test has seeds - 1 degrees of freedom). The seed alone: the SD that another seed gives to
 * one arm, pooled over arms. Arms share seeds, so it is a sum of two mean squares, of seeds and of seeds × arms, with the interval of
 * Graybill & Wang 1980 (Journal of the American Statistical Association 75:869); Satterthwaite's covers 91 % where seeds outweigh the rest.
 */
import { DomainError } from "@tessera/domain/errors";
import jstat from "jstat";
import type { RunCounts } from "./factorEffects.ts";
import { compareSeedValues, type ValuedArm, type ValuedRun } from "./seedValues.ts";
import { mean, standardDeviation } from "./summary.ts";
import type { Judgement, VerdictOptions } from "./verdict.ts";

const { jStat } = jstat;

export interface FactorialArm {
  readonly name: string;
  readonly labels: string;
  readonly architecture: string;
  /** A value per seed, all of the same items. */
  readonly runs: readonly ValuedRun[];
  readonly counts: RunCounts;
}

/** `judged` is null where no seed has all that it takes: the reason says so. */
export interface FactorialEffect {
  readonly level: string;
  readonly reference: string;
  /** Arms of the level that have a partner. */
  readonly arms: number;
  readonly judged: Judgement | null;
  readonly reason: string;
}

export interface SeedSpread {
  /** Of one arm's score over seeds. */
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  readonly seeds: number;
  readonly arms: number;
}

export interface LabelsVersusArchitecture {
  /** One per label version but the first. */
  readonly labels: readonly FactorialEffect[];
  readonly architecture: readonly FactorialEffect[];
  /** How much more the new labels bring with the architecture than with the first one; level is "labels × architecture". */
  readonly interaction: readonly FactorialEffect[];
  /** Null below two seeds that every arm has. */
  readonly seed: SeedSpread | null;
}

type Options = Pick<VerdictOptions, "delta" | "higherIsBetter">;

/** @param arms levels in the order of their first arm; the first of each is the reference */
export function labelsVersusArchitecture(
  arms: readonly FactorialArm[],
  options: Options = {},
): LabelsVersusArchitecture {
  const levels = (of: "labels" | "architecture") => [...new Set(arms.map((arm) => arm[of]))];
  const at = (labels: string, architecture: string) => arms.find((arm) => arm.labels === labels && arm.architecture === architecture); // biome-ignore format: one line
  const [firstLabels, ...otherLabels] = levels("labels") as [string, ...string[]];
  const [firstArchitecture, ...otherArchitectures] = levels("architecture") as [string, ...string[]];
  const effect = (
    level: string,
    reference: string,
    pairs: readonly (readonly [FactorialArm | undefined, FactorialArm | undefined])[],
  ) => {
    const matched = pairs.flatMap(([a, b]) => (a && b ? [[a, b] as const] : []));
    const [a, b] = [matched.map((pair) => pair[0]), matched.map((pair) => pair[1])];
    return judged(level, reference, matched.length, a, b, options);
  };
  return {
    labels: otherLabels.map((level) => effect(level, firstLabels, levels("architecture").map((each) => [at(firstLabels, each), at(level, each)]))), // biome-ignore format: one line
    architecture: otherArchitectures.map((level) => effect(level, firstArchitecture, levels("labels").map((each) => [at(each, firstArchitecture), at(each, level)]))), // biome-ignore format: one line
    interaction: otherLabels.flatMap((labels) =>
      otherArchitectures.flatMap((architecture) => {
        const four = [at(firstLabels, firstArchitecture), at(labels, firstArchitecture), at(firstLabels, architecture), at(labels, architecture)]; // biome-ignore format: one line
        if (four.some((arm) => arm === undefined)) return [];
        const [a0, a1, b0, b1] = four as [FactorialArm, FactorialArm, FactorialArm, FactorialArm];
        const [a, b] = [gained(`${labels} with ${firstArchitecture}`, a0, a1), gained(`${labels} with ${architecture}`, b0, b1)]; // biome-ignore format: one line
        return [judged(`${labels} × ${architecture}`, `${labels} with ${firstArchitecture}`, 1, [a], [b], options)];
      }),
    ),
    seed: seedSpread(arms),
  };
}

function judged(
  level: string,
  reference: string,
  pairs: number,
  a: readonly FactorialArm[],
  b: readonly FactorialArm[],
  options: Options,
): FactorialEffect {
  const none = { level, reference, arms: pairs, judged: null };
  if (pairs === 0) return { ...none, reason: `No comparison: no arm with ${level} has a partner with ${reference} that differs in this alone.` }; // biome-ignore format: one line
  const runs = total([...a, ...b]);
  try {
    const found = compareSeedValues(averaged(reference, a), averaged(level, b), { ...options, runs });
    return { level, reference, arms: pairs, judged: found, reason: found.reason };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "BAD_INPUT") throw error;
    return { ...none, reason: `No comparison yet: ${error.message}` };
  }
}

/** Seeds that every one of `arms` has a value for. */
function commonSeeds(arms: readonly FactorialArm[]): number[] {
  const [first, ...others] = arms.map(({ runs }) => runs.filter(({ value }) => value !== null).map(({ seed }) => seed));
  return (first ?? []).filter((seed) => others.every((each) => each.includes(seed)));
}

const runAt = ({ runs }: FactorialArm, seed: number) => runs.find((run) => run.seed === seed)!;

function averaged(name: string, arms: readonly FactorialArm[]): ValuedArm {
  const runs = commonSeeds(arms).map((seed) => ({ seed, value: mean(arms.map((arm) => runAt(arm, seed).value!)), n: runAt(arms[0]!, seed).n })); // biome-ignore format: one line
  return { name, runs };
}

/** What b has over a, seed by seed, as if it were an arm. */
function gained(name: string, a: FactorialArm, b: FactorialArm): FactorialArm {
  const runs = commonSeeds([a, b]).map((seed) => ({ seed, value: runAt(b, seed).value! - runAt(a, seed).value!, n: runAt(a, seed).n })); // biome-ignore format: one line
  return { ...b, name, runs, counts: total([a, b]) };
}

function total(arms: readonly FactorialArm[]): RunCounts {
  const sum = (of: "planned" | "pending" | "failed") => arms.reduce((all, { counts }) => all + counts[of], 0);
  const unmeasured = arms.reduce((all, { counts }) => all + (counts.unmeasured ?? 0), 0);
  return { planned: sum("planned"), pending: sum("pending"), failed: sum("failed"), unmeasured };
}

/** Mean squares of seeds and of seeds × arms, combined to the variance of one arm over seeds. */
export function seedSpread(arms: readonly FactorialArm[], confidence = 0.95): SeedSpread | null {
  const seeds = commonSeeds(arms);
  if (seeds.length < 2) return null;
  const values = arms.map((arm) => seeds.map((seed) => runAt(arm, seed).value!));
  const armMeans = values.map(mean);
  const seedMeans = seeds.map((_, s) => mean(values.map((row) => row[s]!)));
  const whole = mean(armMeans);
  const df = seeds.length - 1;
  const ofSeeds = arms.length * standardDeviation(seedMeans)! ** 2;
  const rest = values.flatMap((row, a) => row.map((value, s) => (value - armMeans[a]! - seedMeans[s]! + whole) ** 2));
  const dfRest = (arms.length - 1) * df;
  const ofRest = dfRest === 0 ? 0 : rest.reduce((sum, each) => sum + each, 0) / dfRest;
  const parts = [ofSeeds / arms.length, ((arms.length - 1) / arms.length) * ofRest] as const;
  const variance = parts[0] + parts[1];
  const tail = (1 - confidence) / 2;
  const reach = (probability: number) =>
    Math.hypot(
      ...parts.map((part, at) => {
        const freedom = [df, dfRest][at]!;
        return freedom === 0 ? 0 : part * (freedom / jStat.chisquare.inv(probability, freedom) - 1);
      }),
    );
  const [low, high] = [Math.max(0, variance - reach(1 - tail)), variance + reach(tail)].map(Math.sqrt) as [number, number]; // biome-ignore format: one line
  return { sd: Math.sqrt(variance), low, high, seeds: seeds.length, arms: arms.length };
}
