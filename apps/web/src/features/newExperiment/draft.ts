/** @file The experiment while it is being written, and the arithmetic on it. */

import type { StartingWeights } from "../startingWeights/startingWeights.ts";
import type { Field } from "./field.ts";
import { allFields } from "./fields.ts";

export type Configuration = Readonly<Record<string, unknown>>;

export interface Change {
  readonly path: string;
  readonly value: unknown;
}

export interface DraftArm {
  /** Only for React's list. */
  readonly key: number;
  readonly name: string;
  readonly weights: StartingWeights;
  readonly changes: readonly Change[];
  /** Absent: the label version of all. */
  readonly labelVersionId?: string;
}

const isObject = (value: unknown): value is Configuration =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function readPath(configuration: Configuration, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), configuration);
}

export function writePath(configuration: Configuration, path: string, value: unknown): Configuration {
  const [key, ...rest] = path.split(".");
  if (key === undefined) return configuration;
  if (rest.length === 0) return { ...configuration, [key]: value };
  const inner = configuration[key];
  return { ...configuration, [key]: writePath(isObject(inner) ? inner : {}, rest.join("."), value) };
}

function withoutPath(configuration: Configuration, path: string): Configuration {
  const [key, ...rest] = path.split(".");
  if (key === undefined || !(key in configuration)) return configuration;
  const { [key]: inner, ...others } = configuration;
  if (rest.length === 0) return others;
  return { ...configuration, [key]: isObject(inner) ? withoutPath(inner, rest.join(".")) : inner };
}

const groups: Readonly<Record<string, readonly string[]>> = {
  images: ["segmentation", "classification"],
  classes: ["classification", "mil"],
};

/** Whether an option has a meaning beside the others. */
export const isUsed = ({ task, when }: Field, configuration: Configuration): boolean =>
  (task === undefined || task === configuration.task || groups[task]?.includes(String(configuration.task)) === true) &&
  (when === undefined || Object.hasOwn(when.starts, String(readPath(configuration, when.path))));

const decides = (path: string) => allFields.some(({ when }) => when?.path === path);

/** A new choice brings the options that belong to it, at their start, and takes those of the former one away. */
function withDependents(configuration: Configuration, path: string, value: unknown): Configuration {
  return allFields
    .filter(({ when }) => when?.path === path)
    .reduce(
      (all, field) =>
        isUsed(field, all)
          ? writePath(all, field.path, field.when!.starts[String(value)])
          : withoutPath(all, field.path),
      configuration,
    );
}

/** Depth and skips belong together: a new depth gets as many switches, all on where there were none. */
export function withField(configuration: Configuration, path: string, value: unknown): Configuration {
  const written = writePath(configuration, path, value);
  const next = readPath(configuration, path) === value ? written : withDependents(written, path, value);
  if (path !== "model.depth" || typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 7)
    return next;
  const skips = readPath(configuration, "model.skips");
  const known = Array.isArray(skips) ? (skips as boolean[]) : [];
  return writePath(
    next,
    "model.skips",
    Array.from({ length: value }, (_, level) => known[level] ?? true),
  );
}

/** The changes that mean something beside the arm's other options: a momentum does not, once the optimiser is Adam. */
export function usedChanges(arm: DraftArm, base: Configuration): readonly Change[] {
  const chosen = arm.changes
    .filter(({ path }) => decides(path))
    .reduce((all, { path, value }) => withField(all, path, value), base);
  return arm.changes.filter(({ path }) => {
    const fields = allFields.filter((field) => field.path === path);
    return fields.length === 0 || fields.some((field) => isUsed(field, chosen));
  });
}

/** An arm's changes as the api takes them: nested, starting weights whole. */
export function armChanges(arm: DraftArm, base: Configuration): Configuration {
  let changes: Configuration = { startingWeights: arm.weights };
  for (const { path, value } of usedChanges(arm, base)) {
    changes = writePath(changes, path, value);
    if (path === "model.depth" && !arm.changes.some((change) => change.path === "model.skips")) {
      changes = writePath(changes, "model.skips", readPath(withField(base, path, value), "model.skips"));
    }
  }
  return changes;
}

/** The full configuration of an arm, for the api's check. */
export function armConfiguration(arm: DraftArm, base: Configuration): Configuration {
  let full: Configuration = { ...base, startingWeights: arm.weights };
  const ordered = [...usedChanges(arm, base)].sort((a, b) => Number(decides(b.path)) - Number(decides(a.path)));
  for (const { path, value } of ordered) full = withField(full, path, value);
  return full;
}

/** "1-5, 8" → [1, 2, 3, 4, 5, 8]; null where it cannot be read. */
export function parseSeeds(text: string): number[] | null {
  const seeds = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const match = /^(\d{1,10})(?:[-–](\d{1,10}))?$/.exec(part);
    if (!match) return null;
    const [low, high] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (high < low || high - low > 99) return null;
    for (let seed = low; seed <= high; seed++) seeds.add(seed);
  }
  return seeds.size > 0 ? [...seeds] : null;
}

export function stepsPerRun(configuration: Configuration, trainItems: number): number | null {
  const { batchSize, epochs, trainingFraction, stepsPerEpoch } = configuration;
  if (typeof batchSize !== "number" || typeof epochs !== "number" || batchSize < 1) return null;
  if (typeof stepsPerEpoch === "number") return stepsPerEpoch * epochs;
  const fraction = typeof trainingFraction === "number" ? trainingFraction : 1;
  return Math.ceil(Math.ceil(trainItems * fraction - 1e-9) / batchSize) * epochs;
}

/** The places of the first two configurations that are equal, or null. */
export function alike(configurations: readonly Configuration[]): readonly [number, number] | null {
  const seen = new Map<string, number>();
  for (const [place, configuration] of configurations.entries()) {
    const key = JSON.stringify(sorted(configuration));
    const earlier = seen.get(key);
    if (earlier !== undefined) return [earlier, place];
    seen.set(key, place);
  }
  return null;
}

/** The same with its keys in one order, as an option that went and came back stands last. */
const sorted = (value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .map(([key, inner]): [string, unknown] => [key, sorted(inner)])
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;
