/** @file Class changes of a diff as a matrix: from down, to across. */
import type { Diff, Schema } from "./model.ts";

export interface ChangeMatrix {
  readonly values: readonly (number | null)[];
  readonly lines: readonly {
    readonly before: number | null;
    readonly items: number;
    readonly cells: readonly { readonly after: number | null; readonly n: number }[];
  }[];
}

const inOrder = (a: number | null, b: number | null) =>
  (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY);

/** Only values that occur, what is not known last. @param classIndex null: of exclusive classes */
export function changeMatrix(changes: Diff["classChanges"], classIndex: number | null): ChangeMatrix {
  const own = changes.filter((each) => (each.classIndex ?? null) === classIndex);
  const values = [...new Set(own.flatMap(({ before, after }) => [before ?? null, after ?? null]))].sort(inOrder);
  const lines = values.map((before) => {
    const cells = values.map((after) => {
      const found = own.find((each) => (each.before ?? null) === before && (each.after ?? null) === after);
      return { after, n: found?.items ?? 0 };
    });
    return { before, cells, items: cells.reduce((sum, { n }) => sum + n, 0) };
  });
  return { values, lines };
}

export function valueName(value: number | null, { exclusive, classes }: Schema): string {
  if (value === null) return "not known";
  return exclusive ? (classes[value] ?? `class ${value}`) : value === 1 ? "present" : "absent";
}
