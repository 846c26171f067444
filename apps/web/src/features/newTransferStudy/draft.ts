/** @file The transfer study while it is being written, and the arithmetic on it. */
import { measuredStepMs } from "../newExperiment/cost.ts";
import { type Configuration, stepsPerRun } from "../newExperiment/draft.ts";
import type { FormRun } from "../newExperiment/formRun.ts";
import type { Source } from "../startingWeights/sources.ts";
import { type StartingWeights, sourceId, sourceOf, startingWeights } from "../startingWeights/startingWeights.ts";

export interface DraftArm {
  /** Only for React's list. */
  readonly key: number;
  /** As typed; empty: the suggested one. */
  readonly name: string;
  readonly weights: StartingWeights;
}

/** As the api splits an arm's name from its fraction. */
const separator = " · ";

export const offeredFractions = [0.05, 0.1, 0.25, 0.5, 1] as const;

/** "5 %" */
export const fractionText = (fraction: number): string => `${Number((fraction * 100).toPrecision(6))} %`;

/** Subjects that a run learns from, as the api counts them; items where each is its own. */
export const partSize = (trainSubjects: number, fraction: number): number =>
  Math.max(0, Math.min(trainSubjects, Math.ceil(trainSubjects * fraction - 1e-9)));

/** "ImageNet", "statistics of ImageNet", "first 3 blocks of ImageNet"; empty where nothing is chosen yet. */
export function suggestedName(weights: StartingWeights, sources: readonly Source[]): string {
  const chosen = sourceOf(weights);
  if (chosen === null || weights.kind === "random") return "random";
  const source = sources.find(({ kind, id }) => kind === chosen.kind && id === sourceId(chosen));
  if (!source) return "";
  const { part, blocks } = weights;
  const taken = part === "firstBlocks" ? `first ${blocks === 1 ? "block" : `${blocks ?? "?"} blocks`} of ` : "";
  const all = part === "all" ? ", all layers" : "";
  return `${weights.kind === "statistics" ? "statistics of " : ""}${taken}${source.name}${all}`.slice(0, 80);
}

export const armName = (arm: DraftArm, sources: readonly Source[]): string =>
  arm.name.trim() || suggestedName(arm.weights, sources);

/** The arm that answers whether it is the features or their scale; null of a random start and of statistics. */
export function statisticsOf({ kind, ...weights }: StartingWeights): StartingWeights | null {
  if (kind === "random" || kind === "statistics") return null;
  const value = { kind, ...weights } as Exclude<StartingWeights, { kind: "random" | "statistics" }>;
  const start = kind === "run" ? "statisticsOfRun" : "statisticsOfImported";
  const id = sourceId(value);
  return id === "" ? null : startingWeights(start, id, value);
}

/** Updates of the weights in one run, whatever its fraction; null where a field is missing. */
export function budgetOf({ epochs, stepsPerEpoch }: Configuration): number | null {
  return typeof epochs === "number" && typeof stepsPerEpoch === "number" ? epochs * stepsPerEpoch : null;
}

/** How often each item is seen within the budget; where subjects have several items, by their mean. */
export function passesOf(base: Configuration, trainItems: number, fraction: number): number | null {
  const budget = budgetOf(base);
  const { batchSize } = base;
  const items = partSize(trainItems, fraction);
  if (budget === null || typeof batchSize !== "number" || items < 1) return null;
  return (budget * batchSize) / items;
}

/** One pass over all training items. */
export const usualSteps = (batchSize: unknown, trainItems: number | undefined): number =>
  typeof batchSize === "number" && batchSize >= 1 && trainItems ? Math.ceil(trainItems / batchSize) : 50;

/** Each arm's full configuration at the largest fraction, for the api's check. */
export const armConfiguration = (arm: DraftArm, base: Configuration): Configuration => ({
  ...base,
  startingWeights: arm.weights,
});

/** Milliseconds of all runs on one worker, from finished runs with the same model; null where there was none. */
export function studyMs(
  base: Configuration,
  runs: number,
  trainItems: number | undefined,
  known: readonly FormRun[],
): number | null {
  const [step, steps] = [measuredStepMs(base, known), stepsPerRun(base, trainItems ?? 0)];
  return step === undefined || steps === null ? null : step * steps * runs;
}

/** What the arms still lack, in words after "Still missing:". */
export function armsMissing(arms: readonly DraftArm[], sources: readonly Source[]): string[] {
  const names = arms.map((arm) => armName(arm, sources));
  const starts = arms.map(({ weights }) => JSON.stringify(weights));
  return [
    ...(arms.length < 2 ? ["weights to compare with random ones"] : []),
    ...(names.some((name) => name === "") ? ["a name for every arm"] : []),
    ...(names.some((name) => name.includes(separator)) ? [`names without “${separator}”`] : []),
    ...(new Set(names).size < names.length ? ["different names for the arms"] : []),
    ...(new Set(starts).size < starts.length ? ["different starting weights for the arms"] : []),
  ];
}

export const toggled = (fractions: readonly number[], fraction: number): number[] =>
  (fractions.includes(fraction) ? fractions.filter((each) => each !== fraction) : [...fractions, fraction]).sort(
    (a, b) => a - b,
  );
