/**
 * @file Bags of feature vectors.
 *
 *   [any folders/]NAME.csv                                   of several, bags.csv first, then by name
 *   [any folders/]classes.json, classes.txt or labels.txt    the order of the classes
 */
import type { LayoutProblem } from "./layoutProblem.ts";
import { classListFile, fileOf, isClutter, unused } from "./paths.ts";

export interface BagLayout {
  readonly tablePath?: string;
  readonly classesPath?: string;
  readonly problems: readonly LayoutProblem[];
}

export function findBags(paths: readonly string[]): BagLayout {
  const rest = [...paths].sort().filter((path) => !isClutter(path));
  const tables = rest.filter((path) => /\.csv$/i.test(path));
  const tablePath = tables.find((path) => /^bags\.csv$/i.test(fileOf(path))) ?? tables[0];
  const classesPath = rest.find((path) => classListFile.test(path));
  const problems = rest
    .filter((path) => path !== tablePath && path !== classesPath)
    .map((path) =>
      tables.includes(path) ? unused(path, `one table is read, and that is ${tablePath}`) : unused(path),
    );
  return {
    ...(tablePath !== undefined && { tablePath }),
    ...(classesPath !== undefined && { classesPath }),
    problems,
  };
}
