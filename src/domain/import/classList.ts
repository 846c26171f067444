/**
 * @file Which pixel value is which class, from the small lists that data sets bring.
 *
 *   classes.txt, labels.txt   one name a line, for the values 1, 2, …; a first line that means background is value 0, and one
 *                             named "__ignore__" before it (as labelme writes) is no value at all
 *   classes.json              the same as an array, or {"1": "liver"}, or {"liver": 1}
 *   dataset.json              of the Medical Segmentation Decathlon or nnU-Net: its "labels", in either of these forms
 */
import { checkClasses } from "../classMask.ts";
import { DomainError } from "../errors.ts";

/** A class of the source, in the order of the label schema. */
export interface SourceClass {
  /** Of its pixels in the source's masks. */
  readonly value: number;
  readonly name: string;
}

const background = /^_*(background|bg|unlabell?ed)_*$/i;
const ignored = /^_*ignore_*$/i;
const mostValue = 65535;

/** @throws DomainError BAD_FILE, BAD_INPUT */
export function parseClassList(text: string): SourceClass[] {
  const names = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return checked(fromNames(names));
}

/** @throws DomainError BAD_FILE, BAD_INPUT */
export function parseClassJson(text: string): SourceClass[] {
  return checked(fromJson(parsed(text)));
}

/** The "labels" of a dataset.json; null where it has none. @throws DomainError BAD_FILE, BAD_INPUT */
export function parseDatasetLabels(text: string): SourceClass[] | null {
  const value = parsed(text);
  if (!isRecord(value) || value.labels === undefined) return null;
  return checked(fromJson(value.labels));
}

/** Where no list says more: class 1 to class `highest`. @throws DomainError BAD_INPUT */
export function numberedClasses(highest: number): SourceClass[] {
  checkClasses(highest);
  return Array.from({ length: highest }, (_, index) => ({ value: index + 1, name: `class ${index + 1}` }));
}

/** What each pixel value stands for: class index + 1, and 0 for background. */
export const valueIndices = (classes: readonly SourceClass[]): [value: number, index: number][] => [
  [0, 0],
  ...classes.map(({ value }, index): [number, number] => [value, index + 1]),
];

function fromNames(names: readonly string[]): SourceClass[] {
  const kept = ignored.test(names[0] ?? "") ? names.slice(1) : names;
  const first = background.test(kept[0] ?? "") ? 0 : 1;
  return kept.map((name, index) => ({ value: first + index, name })).filter(({ value }) => value !== 0);
}

function fromJson(value: unknown): SourceClass[] {
  if (Array.isArray(value) && value.every((name) => typeof name === "string")) return fromNames(value);
  if (!isRecord(value)) throw bad('expected an array of names, {"1": "liver"} or {"liver": 1}');
  const classes = Object.entries(value).map(([key, of]): SourceClass => {
    if (/^\d+$/.test(key) && typeof of === "string") return { value: Number(key), name: of };
    if (typeof of === "number") return { value: of, name: key };
    if (Array.isArray(of))
      throw bad(`"${key}" is made of several values (a region of nnU-Net); name one value per class`);
    throw bad(`"${key}": expected a value with its name, got ${JSON.stringify(of)}`);
  });
  // A pixel that nnU-Net is to ignore is of no class: a mask that has its value is refused.
  return classes
    .filter(({ value: of, name }) => !(of === 0 && background.test(name)) && !ignored.test(name))
    .sort((a, b) => a.value - b.value);
}

function checked(classes: SourceClass[]): SourceClass[] {
  checkClasses(classes.length);
  const values = new Set<number>();
  for (const { value, name } of classes) {
    if (!Number.isInteger(value) || value < 1 || value > mostValue) {
      throw bad(`"${name}": expected a whole value from 1 to ${mostValue}, got ${value}; 0 is background`);
    }
    if (values.has(value)) throw bad(`value ${value} has two names; give each value one`);
    values.add(value);
  }
  return classes;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw bad(`not valid JSON: ${(error as Error).message}`);
  }
}

const bad = (message: string) => new DomainError("BAD_FILE", `The list of classes: ${message}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
