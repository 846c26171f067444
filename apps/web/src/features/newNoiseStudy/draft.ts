/** @file The noise of a study while it is being written, and what the api takes of it. */
import type { Schema } from "../labels/model.ts";
import { emptyMatrix, type MatrixDraft, matricesOf, matrixMissing } from "../labels/noiseMatrix.ts";
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
  /** Whose labels take the place of the version's, of second-reader noise; one that the dataset lacks counts as the first. */
  readonly reader: string;
  /** Of asymmetric noise. */
  readonly matrix: MatrixDraft;
}

/** What noise is made for. */
export interface NoiseTarget {
  readonly schema: Pick<Schema, "task" | "classes" | "exclusive">;
  /** Who has opinions of that schema. */
  readonly readers: readonly string[];
}

export const offeredNoises = ({ schema, readers }: NoiseTarget) =>
  noiseModels(schema).filter(({ value }) => value !== "secondReader" || readers.length > 0);

/** Kinds of which a study may have several: by reader, or by matrix. */
export const mayRepeat = (kind: string): boolean => kind === "secondReader" || kind === "asymmetric";

export const readerOf = ({ reader }: DraftNoise, { readers }: NoiseTarget): string =>
  readers.includes(reader) ? reader : (readers[0] ?? "");

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
/** Of noise that somebody has made: half of it, and all. */
const levelsOfReal = "50, 100";

const levelsOf = (kind: string, { source }: MatrixDraft): string =>
  kind === "secondReader" || (kind === "asymmetric" && source === "measured") ? levelsOfReal : usualLevels[levelUnit(kind)]; // biome-ignore format: one line

export const newNoise = (key: number, kind: string, matrix = emptyMatrix): DraftNoise => {
  const levels = levelsOf(kind, matrix);
  return {
    ...{ key, kind, items: 100, radius: 3, reader: "", matrix },
    training: levels,
    evaluation: levels.split(",")[0]!,
  };
};

/** With other chances; where they become measured ones, or are so no more, with the levels usual of those. */
export function withMatrix(noise: DraftNoise, matrix: MatrixDraft): DraftNoise {
  const same = levelsOf(noise.kind, noise.matrix) === levelsOf(noise.kind, matrix) || matrix.source === "own";
  return same ? { ...noise, matrix } : newNoise(noise.key, noise.kind, matrix);
}

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

const matrixNames = {
  uniform: "asymmetric: uniform",
  pairFlip: "pair flip",
  measured: "measured",
  own: "asymmetric",
} as const;

/** A name of its own where a study may have several of the kind; else the api's. */
function nameOf(noise: DraftNoise, target: NoiseTarget): string | null {
  if (noise.kind === "secondReader") return `reader ${readerOf(noise, target)}`.replaceAll(" · ", " ").slice(0, 40);
  return noise.kind === "asymmetric" ? matrixNames[noise.matrix.source] : null;
}

/** As createNoiseStudy takes it; levels that cannot be read count as none. */
export function noiseInput(noise: DraftNoise, target: NoiseTarget) {
  const { kind, training, evaluation, items, radius, matrix } = noise;
  const { schema } = target;
  const name = nameOf(noise, target);
  return {
    ...(name !== null && { name }),
    model: {
      kind,
      ...(hasItems(kind, schema) && items !== 100 && { rate: items / 100 }),
      ...(kind === "spuriousBlobs" && { radius: [radius, 2 * radius] }),
      ...(kind === "secondReader" && { reader: readerOf(noise, target) }),
      ...(kind === "asymmetric" && { matrices: matricesOf(matrix, schema) }),
    },
    trainingLevels: parseLevels(training, kind) ?? [],
    evaluationLevels: parseLevels(evaluation, kind) ?? [],
  };
}

/** Whether a share of the items is chosen besides the level; of a second reader the level is that share. */
export const hasItems = (kind: string, { task }: Pick<Schema, "task">): boolean =>
  task === "SEGMENTATION" && kind !== "secondReader";

/** What the noises still lack, in words after "Still missing:". */
export function noisesMissing(noises: readonly DraftNoise[], target: NoiseTarget): string[] {
  const unreadable = ({ training, evaluation, kind }: DraftNoise) =>
    parseLevels(training, kind) === null || parseLevels(evaluation, kind) === null;
  const empty = ({ training, evaluation, kind }: DraftNoise) =>
    [...(parseLevels(training, kind) ?? []), ...(parseLevels(evaluation, kind) ?? [])].every((level) => level === 0);
  const names = noises.map((noise) => nameOf(noise, target) ?? noise.kind);
  const matrices = noises.flatMap(({ kind, matrix }) =>
    kind === "asymmetric" ? (matrixMissing(matrix, target.schema) ?? []) : [],
  );
  return [
    ...(noises.length === 0 ? ["a kind of noise"] : []),
    ...(noises.some(unreadable)
      ? ["levels that are numbers"]
      : noises.some(empty)
        ? ["a level above 0 of every noise"]
        : []),
    ...matrices.slice(0, 1),
    ...(noises.some(({ kind }) => kind === "secondReader") && target.readers.length === 0 ? ["a second reader"] : []),
    ...(new Set(names).size < names.length ? ["different kinds of noise"] : []),
  ];
}
