/** @file What the labels at the end of a chain are worth, at a given prevalence. */
import type { Matrix } from "./matrices.ts";

export interface ClassQuality {
  /** Share of the items of the class that are labelled so. */
  readonly sensitivity: number;
  /** Share of the items of other classes that are not labelled so. */
  readonly specificity: number;
  /** Share of what is labelled so that is of the class; null: nothing is labelled so. */
  readonly ppv: number | null;
  /** Share of all items that are labelled so. */
  readonly labelled: number;
}

export interface LabelQuality {
  /** Share of all items whose label is right. */
  readonly accuracy: number;
  readonly classes: readonly ClassQuality[];
}

/** @param matrix [class of the image][label] @param prevalence sums to 1 */
export function labelQuality(matrix: Matrix, prevalence: readonly number[]): LabelQuality {
  const classes = prevalence.map((share, at): ClassQuality => {
    const labelled = prevalence.reduce((sum, each, row) => sum + each * matrix[row]![at]!, 0);
    const right = share * matrix[at]![at]!;
    // of the others as common as they are; where there are no others, alike
    const others = 1 - share;
    const wrong =
      others > 0 ? (labelled - right) / others : meanOf(matrix.flatMap((row, i) => (i === at ? [] : row[at]!)));
    return {
      sensitivity: matrix[at]![at]!,
      specificity: Math.min(1, Math.max(0, 1 - wrong)),
      ppv: labelled > 0 ? right / labelled : null,
      labelled,
    };
  });
  const accuracy = prevalence.reduce((sum, share, at) => sum + share * matrix[at]![at]!, 0);
  return { accuracy, classes };
}

const meanOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
