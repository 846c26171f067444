/**
 * @file How robust are methods to label noise: methods × training noise as the arms of an experiment, and the label versions that its
 * runs learn from and are scored on. No noise is trained once for all kinds of noise.
 */
import { type Arm, gridLimits, withChanges } from "../configuration/grid.ts";
import { completeRun } from "../configuration/run.ts";
import { DomainError } from "../errors.ts";
import type { RuleSchema } from "../labels/parseRule.ts";
import { mostRunsOfSet } from "../scoredSet.ts";
import { sortedJson } from "../sortedJson.ts";
import { levelText, modelAtLevel, type NoiseFamily } from "./noiseFamily.ts";

export interface NoiseMethod {
  readonly name: string;
  /** Of the base configuration, as an arm's. */
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface NoiseChoice {
  /** Unique in the design. */
  readonly name: string;
  readonly model: NoiseFamily;
  /** Above 0, ascending; no noise is always trained and scored besides. */
  readonly trainingLevels: readonly number[];
  readonly evaluationLevels: readonly number[];
}

/** Kept with the study, as JSON. */
export interface NoiseDesign {
  /** Of the noise: one corrupted set per kind and level, for all methods and seeds of training. */
  readonly seed: number;
  /** The first is the reference. */
  readonly methods: readonly NoiseMethod[];
  readonly noises: readonly NoiseChoice[];
}

export interface NoiseArm extends Arm {
  readonly method: string;
  /** Null: no noise. */
  readonly noise: string | null;
  /** 0: no noise. */
  readonly level: number;
}

/** A label version that the design needs. */
export interface NoiseVersionPlan {
  readonly noise: string;
  readonly model: NoiseFamily;
  readonly level: number;
  readonly trains: boolean;
  readonly evaluates: boolean;
}

/** Runs × the label versions that they are scored on. */
export const mostScorings = 2000;
const separator = " · ";

const refuse = (field: string, message: string): never => {
  throw new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
};
const doubled = (values: readonly string[]): string | undefined =>
  values.find((each, place) => values.indexOf(each) !== place);
const ascending = (values: readonly number[]): number[] => [...new Set(values)].filter((each) => each !== 0).toSorted((a, b) => a - b); // biome-ignore format: one line

/**
 * The design in order: levels ascending and once each, no noise left out because it is always there.
 * @throws DomainError BAD_INPUT naming the list: empty, doubled, out of its limits, or noise that is not of these labels
 */
export function checkedDesign(design: NoiseDesign, base: unknown, schema: RuleSchema): NoiseDesign {
  const { seed, methods } = design;
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1) {
    refuse("noiseSeed", `expected a whole number from 0 to 2147483647, got ${seed}`);
  }
  if (methods.length === 0)
    refuse("methods", "expected at least one, got none; one without changes is the base itself");
  checkNames("methods", methods);
  const same = doubled(methods.map(({ changes }) => sortedJson(completeRun(withChanges(base, changes)))));
  if (same !== undefined) refuse("methods", "two of them change the base in the same way, and would be the same runs");
  if (design.noises.length === 0) refuse("noises", "expected at least one kind of noise, got none");
  checkNames("noises", design.noises);
  const noises = design.noises.map((noise, place) => {
    const { name, model } = noise;
    const [trainingLevels, evaluationLevels] = [ascending(noise.trainingLevels), ascending(noise.evaluationLevels)];
    const levels = [...trainingLevels, ...evaluationLevels];
    if (levels.length === 0) refuse(`noises.${place}`, `"${name}" has no level above 0, neither of training nor of evaluation`);
    for (const level of levels) checkLevel(`noises.${place}`, noise, level, schema);
    return { name, model, trainingLevels, evaluationLevels };
  }); // biome-ignore format: short
  return { seed, methods, noises };
}

function checkNames(field: string, list: readonly { readonly name: string }[]): void {
  const wrong = list.find(({ name }) => name.trim() === "" || name.length > 40 || name.includes(separator));
  if (wrong) refuse(field, `expected names of 1 to 40 characters without "${separator}", got "${wrong.name}"`);
  const twice = doubled(list.map(({ name }) => name));
  if (twice !== undefined) refuse(field, `"${twice}" is listed twice; rename one`);
}

function checkLevel(field: string, { name, model }: NoiseChoice, level: number, schema: RuleSchema): void {
  if (!(level > 0)) refuse(field, `"${name}": expected levels of 0 or more, got ${level}`);
  try {
    modelAtLevel(model, level, schema);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError("BAD_INPUT", `${field}: "${name}" at ${level}: ${error.message}`, { field });
  }
}

/** Methods, each without noise and then at every level of every kind. @throws DomainError BAD_INPUT for too many */
export function noiseArms({ methods, noises }: NoiseDesign): NoiseArm[] {
  const arms = methods.flatMap(({ name: method, changes }): NoiseArm[] => [
    { name: `${method}${separator}no noise`, changes, method, noise: null, level: 0 },
    ...noises.flatMap(({ name: noise, model, trainingLevels }) =>
      trainingLevels.map((level) => ({
        name: `${method}${separator}${noise} ${levelText(model, level)}`,
        ...{ changes, method, noise, level },
      })),
    ),
  ]);
  if (arms.length > gridLimits.arms) {
    refuse("methods", `${arms.length} arms (methods × training noise) are over the ${gridLimits.arms} of an experiment; leave some out`);
  } // biome-ignore format: short
  return arms;
}

export function noiseVersions({ noises }: NoiseDesign): NoiseVersionPlan[] {
  return noises.flatMap(({ name: noise, model, trainingLevels, evaluationLevels }) =>
    ascending([...trainingLevels, ...evaluationLevels]).map((level) => ({
      ...{ noise, model, level },
      trains: trainingLevels.includes(level),
      evaluates: evaluationLevels.includes(level),
    })),
  );
}

/** Scorings of one seed besides the first: a run is scored on the noise that it learnt from, one without noise on all. */
export const furtherScorings = ({ noises }: NoiseDesign, arms: readonly NoiseArm[]): number =>
  arms.reduce(
    (sum, { noise }) =>
      sum + noises.reduce((of, each) => of + (noise === null || each.name === noise ? each.evaluationLevels.length : 0), 0),
    0,
  ); // biome-ignore format: short

/** @throws DomainError BAD_INPUT where a board could not take them */
export function refuseTooMany(design: NoiseDesign, seeds: number): void {
  const arms = noiseArms(design);
  const runs = arms.length * seeds;
  if (runs > mostRunsOfSet) {
    refuse("seeds", `${arms.length} arms (methods × training noise) × ${seeds} seeds are over the ${mostRunsOfSet} runs that a board takes; leave some out`);
  } // biome-ignore format: short
  const scorings = furtherScorings(design, arms) * seeds;
  if (scorings > mostScorings) {
    refuse("noises", `${runs} runs on these evaluation levels are ${scorings} scorings, over the ${mostScorings} that a board takes; leave some levels out`);
  } // biome-ignore format: short
}

/**
 * All methods, kinds and levels that either has; nothing is taken away.
 * @throws DomainError CONFLICT where a method or noise of one name is another, or the noise has another seed
 */
export function grownDesign(known: NoiseDesign, asked: NoiseDesign): NoiseDesign {
  if (known.seed !== asked.seed) throw conflict("noiseSeed", `the study's noise has seed ${known.seed}, got ${asked.seed}`);
  for (const { name, changes } of asked.methods) {
    const there = known.methods.find((method) => method.name === name);
    if (there && sortedJson(there.changes) !== sortedJson(changes)) {
      throw conflict("methods", `method "${name}" is there already, with other changes`);
    }
  }
  for (const { name, model } of asked.noises) {
    const there = known.noises.find((noise) => noise.name === name);
    if (there && sortedJson(there.model) !== sortedJson(model)) {
      throw conflict("noises", `noise "${name}" is there already, of another model`);
    }
  }
  const names = { methods: known.methods.map(({ name }) => name), noises: known.noises.map(({ name }) => name) };
  return {
    seed: known.seed,
    methods: [...known.methods, ...asked.methods.filter(({ name }) => !names.methods.includes(name))],
    noises: [
      ...known.noises.map((noise) => {
        const more = asked.noises.find(({ name }) => name === noise.name);
        return {
          ...noise,
          trainingLevels: ascending([...noise.trainingLevels, ...(more?.trainingLevels ?? [])]),
          evaluationLevels: ascending([...noise.evaluationLevels, ...(more?.evaluationLevels ?? [])]),
        };
      }),
      ...asked.noises.filter(({ name }) => !names.noises.includes(name)),
    ],
  };
} // biome-ignore format: short

function conflict(field: string, message: string): DomainError {
  return new DomainError("CONFLICT", `${field}: ${message}; a study only ever grows, choose another name`, {
    field,
    differs: field,
  });
}
