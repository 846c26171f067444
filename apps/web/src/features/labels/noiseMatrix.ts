/** @file Chances of asymmetric noise: [true class][label], rows sum to 1. Of classes that do not exclude each other one of [absent, present] each. */
import type { Diff } from "./model.ts";

export type Matrix = readonly (readonly number[])[];
export type MatrixSource = "uniform" | "pairFlip" | "measured" | "own";
interface Classes {
  readonly classes: readonly string[];
  readonly exclusive?: boolean | null;
}

export interface MatrixDraft {
  readonly source: MatrixSource;
  /** Measured: how often `labelId` says what of the values of `trueId`. */
  readonly trueId: string;
  readonly labelId: string;
  /** Measured or own; presets are computed from the classes. */
  readonly matrices: readonly Matrix[] | null;
  /** Of measured ones, items behind each chance. */
  readonly counts: readonly Matrix[] | null;
}

export const emptyMatrix: MatrixDraft = { source: "uniform", trueId: "", labelId: "", matrices: null, counts: null };

/** One per question: how many, and of how many values each. */
const shapeOf = ({ classes, exclusive }: Classes) =>
  exclusive ? { count: 1, size: classes.length } : { count: classes.length, size: 2 };

const filled = (schema: Classes, chance: (truth: number, label: number, size: number) => number): Matrix[] => {
  const { count, size } = shapeOf(schema);
  const places = Array.from({ length: size }, (_, place) => place);
  const matrix = places.map((truth) => places.map((label) => chance(truth, label, size)));
  return Array.from({ length: count }, () => matrix);
};

/** At its full strength: no label stays, and becomes any other alike. */
const uniform = (schema: Classes): Matrix[] =>
  filled(schema, (truth, label, size) => (truth === label ? 0 : 1 / (size - 1)));
/** At its full strength: every label becomes the next class (Patrini et al. 2017, arXiv:1609.03683, section 5). */
const pairFlip = (schema: Classes): Matrix[] =>
  filled(schema, (truth, label, size) => (label === (truth + 1) % size ? 1 : 0));

/** Of two values the next one is any other one. */
export const matrixSources = (schema: Classes): { readonly value: MatrixSource; readonly label: string }[] => [
  { value: "uniform", label: "Uniform: to any other class alike" },
  ...(shapeOf(schema).size > 2 ? [{ value: "pairFlip" as const, label: "Pair flip: each class to the next" }] : []),
  { value: "measured", label: "Measured from two label versions" },
  { value: "own", label: "My own numbers" },
];

/** Null where none are there yet, or are of other classes. */
export function matricesOf({ source, matrices }: MatrixDraft, schema: Classes): readonly Matrix[] | null {
  if (source === "uniform") return uniform(schema);
  if (source === "pairFlip") return pairFlip(schema);
  const { count, size } = shapeOf(schema);
  return matrices?.length === count && matrices.every((matrix) => matrix.length === size) ? matrices : null;
}

/** Of the pairs of values that both versions know; a value that no item has stays as it is. */
export function measuredMatrices(
  changes: Diff["classChanges"],
  schema: Classes,
): { readonly matrices: readonly Matrix[]; readonly counts: readonly Matrix[] } {
  const { count, size } = shapeOf(schema);
  const counts = Array.from({ length: count }, () =>
    Array.from({ length: size }, () => new Array<number>(size).fill(0)),
  );
  for (const { classIndex, before, after, items } of changes) {
    const row = counts[classIndex ?? 0]?.[before ?? -1];
    if (row && after !== null && after !== undefined) row[after] = items;
  }
  const rates = (row: readonly number[], truth: number) => {
    const all = row.reduce((sum, each) => sum + each, 0);
    return row.map((each, label) => (all === 0 ? Number(label === truth) : each / all));
  };
  return { counts, matrices: counts.map((rows) => rows.map(rates)) };
}

/** With one chance changed; what is left of the row stays as it was. */
export function withChance(
  matrices: readonly Matrix[],
  at: { readonly question: number; readonly truth: number; readonly label: number },
  chance: number,
): Matrix[] {
  return matrices.map((matrix, question) =>
    question !== at.question
      ? matrix
      : matrix.map((row, truth) => {
          if (truth !== at.truth) return row;
          const changed = row.map((each, label) => (label === at.label ? chance : each));
          const flipped = changed.reduce((sum, each, label) => (label === truth ? sum : sum + each), 0);
          return changed.map((each, label) => (label === truth ? 1 - flipped : each));
        }),
  );
}

/** A row whose flips are more than all of its labels. */
export const isOver = (row: readonly number[]): boolean => row.some((chance) => chance < -1e-9);

/** share × matrix + (1 - share) × no change. */
export const atShare = (matrices: readonly Matrix[], share: number): Matrix[] =>
  matrices.map((matrix) =>
    matrix.map((row, truth) => row.map((chance, label) => share * chance + (label === truth ? 1 - share : 0))),
  );

/** What the matrix lacks, in words after "Still missing:"; null: nothing. */
export function matrixMissing(draft: MatrixDraft, schema: Classes): string | null {
  const matrices = matricesOf(draft, schema);
  if (matrices === null) {
    return draft.source === "measured" ? "two label versions to measure the noise from" : "chances of every class";
  }
  return matrices.some((matrix) => matrix.some(isOver)) ? "rows of chances that are at most 100 %" : null;
}
