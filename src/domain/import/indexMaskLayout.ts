/**
 * @file Masks whose pixel values are classes: the folders of the Kvasir-SEG layout, masks as PNG, and a list of the classes.
 *
 *   [any folders/]images/NAME.(jpg|jpeg|png)    masks/NAME.png
 *   [any folders/]classes.json, classes.txt or labels.txt; without one, classes are numbered
 *   and lists of a published split and subjects.csv, as there
 */
import { type KvasirLayout, pairKvasir } from "./kvasirLayout.ts";
import { classListFile, problemOf } from "./paths.ts";

export interface IndexMaskLayout extends Omit<KvasirLayout, "boxesPath"> {
  readonly classesPath?: string;
}

/** Never throws: whatever does not fit is in `problems`, and the rest is paired. */
export function pairIndexMasks(paths: readonly string[]): IndexMaskLayout {
  const classesPath = paths.filter((path) => classListFile.test(path)).sort()[0]; // classes.json first
  const { pairs, problems, ...layout } = pairKvasir(paths.filter((path) => path !== classesPath));
  const png = pairs.filter(({ maskPath }) => /\.png$/i.test(maskPath));
  const others = pairs.filter((pair) => !png.includes(pair));
  const message = "expected a PNG: JPEG compression changes pixel values, and here a value is a class";
  return {
    ...layout,
    pairs: png,
    ...(classesPath !== undefined && { classesPath }),
    problems: [...problems, ...others.map(({ maskPath }) => problemOf(maskPath, "NOT_AN_IMAGE", message))],
  };
}
