/**
 * @file Arrays of whole images in one .npz file, as MedMNIST publishes them.
 *
 *   [any folders/]NAME.npz    train_images, train_labels, and the same of val and test
 *   [any folders/]classes.json, classes.txt or labels.txt: the classes' names, from class 0 on; numbered without
 *
 * Images are [items, height, width] or [items, height, width, 3] of uint8. Labels are [items] or [items, 1] class numbers, one
 * class per item; or [items, classes] of 0 and 1, any number of classes per item.
 */
import { type ClassValues, oneClass } from "../classValues.ts";
import { DomainError } from "../errors.ts";
import { type Fold, folds } from "../words.ts";
import { foldNamed } from "./folds.ts";
import type { LayoutProblem } from "./layoutProblem.ts";
import { classListFile, isClutter, unused } from "./paths.ts";

export interface NpzLayout {
  readonly arraysPath?: string;
  readonly classesPath?: string;
  readonly problems: readonly LayoutProblem[];
}

export function findNpz(paths: readonly string[]): NpzLayout {
  const rest = [...paths].sort().filter((path) => !isClutter(path));
  const arraysPath = rest.find((path) => /\.npz$/i.test(path));
  const classesPath = rest.find((path) => classListFile.test(path));
  const problems = rest
    .filter((path) => path !== arraysPath && path !== classesPath)
    .map((path) =>
      /\.npz$/i.test(path) ? unused(path, `one .npz is imported at a time, and that is ${arraysPath}`) : unused(path),
    );
  return {
    ...(arraysPath !== undefined && { arraysPath }),
    ...(classesPath !== undefined && { classesPath }),
    problems,
  };
}

/** An array, its values row by row. */
export interface SourceArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export interface ArrayFold<Images extends SourceArray> {
  readonly fold: Fold;
  /** What the arrays call it: "val". */
  readonly name: string;
  readonly images: Images;
  /** [items] */
  readonly labels: readonly ClassValues[];
}

export interface ArrayFolds<Images extends SourceArray> {
  readonly classes: readonly string[];
  readonly exclusive: boolean;
  /** Training, validation, test: those that are there. */
  readonly folds: readonly ArrayFold<Images>[];
}

/** @param listed the classes' names; null: numbered. @throws DomainError BAD_FILE naming the array */
export function readFolds<Array extends SourceArray>(
  arrays: readonly Array[],
  listed: readonly string[] | null,
): ArrayFolds<Array> {
  const parts = folds.flatMap((fold) => {
    const of = (what: string) =>
      arrays.find(({ name }) => name.endsWith(`_${what}`) && foldNamed(name.slice(0, -what.length - 1)) === fold);
    const [images, labels] = [of("images"), of("labels")];
    if (images === undefined && labels === undefined) return [];
    if (images === undefined || labels === undefined) {
      throw bad(`${(images ?? labels)!.name} has no ${images ? "labels" : "images"} beside it`);
    }
    const items = images.shape[0]!;
    if (labels.shape[0] !== items) {
      throw bad(`${images.name} has ${items} rows, ${labels.name} ${labels.shape[0]}; expected as many`);
    }
    return [{ fold, name: images.name.slice(0, -"_images".length), images, labels }];
  });
  if (parts.length === 0) {
    throw bad(`expected train_images and train_labels, got ${arrays.map(({ name }) => name).join(", ") || "no array"}`);
  }
  const columns = columnsOf(parts.map(({ labels }) => labels));
  const exclusive = columns === 1;
  const classes = namesOf(exclusive ? highest(parts) + 1 : columns, listed, exclusive);
  return {
    classes,
    exclusive,
    folds: parts.map(({ labels, ...part }) => ({
      ...part,
      labels: exclusive ? numbers(labels, classes.length) : zerosAndOnes(labels, columns),
    })),
  };
}

function columnsOf(labels: readonly SourceArray[]): number {
  const each = labels.map(({ name, shape }) => {
    if (shape.length === 1) return 1;
    if (shape.length === 2 && shape[1]! >= 1) return shape[1]!;
    throw bad(`${name} has the shape ${shape.join("x")}; expected a class number, or a row of 0 and 1, per item`);
  });
  if (new Set(each).size > 1) throw bad(`the folds' labels have ${each.join(", ")} columns; expected as many in each`);
  return each[0]!;
}

const mostClasses = 254;

function highest(parts: readonly { labels: SourceArray }[]): number {
  let most = 1;
  for (const { labels } of parts) {
    for (let at = 0; at < labels.values.length; at++) {
      const value = labels.values[at]!;
      if (!Number.isInteger(value) || value < 0 || value >= mostClasses) {
        throw bad(`${labels.name} has the value ${value}; expected class numbers from 0 to ${mostClasses - 1}`);
      }
      most = Math.max(most, value);
    }
  }
  return most;
}

function namesOf(count: number, listed: readonly string[] | null, exclusive: boolean): readonly string[] {
  if (listed === null) return Array.from({ length: count }, (_, index) => `class ${index}`);
  if (listed.length === count || (exclusive && listed.length > count)) return listed;
  throw bad(`its labels have ${count} classes, the list of classes has ${listed.length}; name each class`);
}

const numbers = ({ values }: SourceArray, classes: number): ClassValues[] =>
  Array.from({ length: values.length }, (_, row) => oneClass(values[row]!, classes));

function zerosAndOnes({ name, values, shape }: SourceArray, columns: number): ClassValues[] {
  return Array.from({ length: shape[0]! }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const value = values[row * columns + column];
      if (value === 0 || value === 1) return value;
      throw bad(`${name} has the value ${value} in row ${row}; expected 0 or 1 for each class`);
    }),
  );
}

const bad = (message: string) => new DomainError("BAD_FILE", `The arrays: ${message}`);
