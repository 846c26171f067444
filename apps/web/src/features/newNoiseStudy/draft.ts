/** @file The noise of a study while it is being written, and what the api takes of it. */
import type { Schema } from "../labels/model.ts";
import { noiseModels } from "../labels/ruleForm.ts";

export interface DraftNoise {
  /** Only for React's list. */
  readonly key: number;
  readonly kind: string;
  /** As typed: percent of a share, pixels, or blobs; no noise is always there. */
  readonly training: string;
  readonly evaluation: string;
  /** Share of the masks that are corrupted, percent. */
  readonly items: number;
  /** Of blobs, the least, pixels. */
  readonly radius: number;
}

/** Those that need nothing but a level; a second reader's labels and a matrix are for the api. */
export const offeredNoises = (schema: Pick<Schema, "task">) =>
  noiseModels(schema).filter(({ value }) => value !== "secondReader");

/** What a level is typed in. */
export function levelUnit(kind: string): "percent" | "pixels" | "blobs" {
  if (["boundaryShift", "dilation", "erosion", "polygon"].includes(kind)) return "pixels";
  return kind === "spuriousBlobs" ? "blobs" : "percent";
}

export const levelLabel: Readonly<Record<ReturnType<typeof levelUnit>, string>> = {
  percent: "%",
  pixels: "pixels of the item",
  blobs: "blobs per item",
};

const usualLevels = { percent: "20, 40", pixels: "2, 4", blobs: "1, 3" } as const;

export const newNoise = (key: number, kind: string): DraftNoise => ({
  ...{ key, kind, items: 100, radius: 3 },
  training: usualLevels[levelUnit(kind)],
  evaluation: usualLevels[levelUnit(kind)].split(",")[0]!,
});

/** "20, 40" of a share is [0.2, 0.4]; empty is none. Null where it is no list of numbers of 0 or more. */
export function parseLevels(text: string, kind: string): number[] | null {
  const parts = text
    .replaceAll("%", " ")
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
  const numbers = parts.map((part) => Number(part));
  if (numbers.some((value) => !Number.isFinite(value) || value < 0)) return null;
  const levels = numbers.map((value) =>
    levelUnit(kind) === "percent" ? Number((value / 100).toPrecision(12)) : value,
  );
  return [...new Set(levels)].toSorted((a, b) => a - b);
}

/** As createNoiseStudy takes it; levels that cannot be read count as none. */
export function noiseInput({ kind, training, evaluation, items, radius }: DraftNoise, masks: boolean) {
  return {
    model: {
      kind,
      ...(masks && items !== 100 && { rate: items / 100 }),
      ...(kind === "spuriousBlobs" && { radius: [radius, 2 * radius] }),
    },
    trainingLevels: parseLevels(training, kind) ?? [],
    evaluationLevels: parseLevels(evaluation, kind) ?? [],
  };
}

/** What the noises still lack, in words after "Still missing:". */
export function noisesMissing(noises: readonly DraftNoise[]): string[] {
  const unreadable = ({ training, evaluation, kind }: DraftNoise) =>
    parseLevels(training, kind) === null || parseLevels(evaluation, kind) === null;
  const empty = ({ training, evaluation, kind }: DraftNoise) =>
    [...(parseLevels(training, kind) ?? []), ...(parseLevels(evaluation, kind) ?? [])].every((level) => level === 0);
  return [
    ...(noises.length === 0 ? ["a kind of noise"] : []),
    ...(noises.some(unreadable)
      ? ["levels that are numbers"]
      : noises.some(empty)
        ? ["a level above 0 of every noise"]
        : []),
    ...(new Set(noises.map(({ kind }) => kind)).size < noises.length ? ["different kinds of noise"] : []),
  ];
}
