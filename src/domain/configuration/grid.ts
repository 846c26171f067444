/** @file An experiment's arms × seeds, expanded into one full configuration per run. */
import { DomainError } from "../errors.ts";
import { withLossChanges } from "./loss.ts";
import { withMilModelChanges } from "./milModelChanges.ts";
import { withOptimizerChanges } from "./optimizer.ts";
import { parseRun, type RunConfiguration } from "./run.ts";

/** One arm: a name, and what it changes in the base configuration (nested fields are merged, lists replaced). */
export interface Arm {
  readonly name: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

export interface GridRun {
  readonly arm: string;
  readonly seed: number;
  readonly configuration: RunConfiguration;
}

export const gridLimits = { arms: 50, seeds: 100, runs: 1000 } as const;

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `base` with `changes` laid over it. Some fields depend on another's choice: startingWeights is replaced whole, an encoder or method of
 * another kind too, and a loss of another name, or an optimiser of another name or schedule, loses what only the former one had; so does a
 * model of bags of another family.
 */
export function withChanges(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) return changes;
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (key === "startingWeights") merged[key] = value;
    else if (key === "model" && base.task === "mil") merged[key] = withMilModelChanges(base[key], value);
    else if (key === "loss") merged[key] = withLossChanges(base[key], value);
    else if (key === "optimizer") merged[key] = withOptimizerChanges(base[key], value);
    else if ((key === "encoder" || key === "method") && isOtherKind(base[key], value)) merged[key] = value;
    else merged[key] = withChanges(base[key], value);
  }
  return merged;
}

const isOtherKind = (base: unknown, changes: unknown): boolean =>
  isObject(changes) && "kind" in changes && !(isObject(base) && base.kind === changes.kind);

/** @throws DomainError BAD_INPUT for an empty or oversized grid, a doubled name or seed, or a bad configuration. */
export function expandGrid(base: unknown, arms: readonly Arm[], seeds: readonly number[]): GridRun[] {
  const refuse = (field: string, message: string): never => {
    throw new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
  };
  if (arms.length < 1 || arms.length > gridLimits.arms)
    refuse("arms", `expected 1 to ${gridLimits.arms} arms, got ${arms.length}`);
  if (seeds.length < 1 || seeds.length > gridLimits.seeds)
    refuse("seeds", `expected 1 to ${gridLimits.seeds} seeds, got ${seeds.length}`);
  if (arms.length * seeds.length > gridLimits.runs) {
    refuse("arms", `${arms.length} arms × ${seeds.length} seeds is over ${gridLimits.runs} runs; split the experiment`);
  }
  if (new Set(arms.map((arm) => arm.name)).size !== arms.length)
    refuse("arms", "two arms have the same name; rename one");
  if (arms.some((arm) => arm.name.trim() === "" || arm.name.length > 100))
    refuse("arms", "an arm needs a name of 1 to 100 characters");
  if (new Set(seeds).size !== seeds.length) refuse("seeds", "a seed is listed twice; the same seed gives the same run");
  if (seeds.some((seed) => !Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1)) {
    refuse("seeds", "expected whole numbers from 0 to 2147483647");
  }
  return arms.flatMap((arm) => {
    const configuration = parseRun(withChanges(base, arm.changes));
    return seeds.map((seed) => ({ arm: arm.name, seed, configuration }));
  });
}
