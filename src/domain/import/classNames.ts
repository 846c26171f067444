/**
 * @file The classes of a data set of whole images, from the list beside it: their order is that of the label schema.
 *
 *   classes.txt, labels.txt   one name a line
 *   classes.json              an array of names, or {"0": "normal", "1": "pneumonia"}
 *
 * Of two classes of which an item has one, the second is the positive one.
 */
import { checkClasses } from "../classMask.ts";
import { DomainError } from "../errors.ts";

/** @throws DomainError BAD_FILE, BAD_INPUT */
export function parseClassNames(text: string): string[] {
  const plain = text.replace(/^\uFEFF/, "").trim();
  const names = (/^[[{]/.test(plain) ? fromJson(plain) : plain.split(/\r?\n/))
    .map((name) => name.trim())
    .filter(Boolean);
  checkClasses(names.length);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw bad(`"${twice}" is listed twice; give each class its own name`);
  return names;
}

function fromJson(text: string): string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw bad(`not valid JSON: ${(error as Error).message}`);
  }
  const numbered = typeof value === "object" && value !== null && !Array.isArray(value);
  const names: unknown[] = numbered
    ? Object.keys(value as object).map((_, index) => (value as Record<string, unknown>)[String(index)])
    : (value as unknown[]);
  if (names.every((name) => typeof name === "string")) return names;
  throw bad('expected an array of names, or {"0": "normal", "1": "pneumonia"} with numbers from 0 on');
}

/**
 * The classes found among the items, in the order of the list, or by name where there is none.
 * @throws DomainError BAD_INPUT where one is not in the list
 */
export function orderedClasses(found: Iterable<string>, listed: readonly string[] | null): string[] {
  const names = [...new Set(found)].sort();
  if (listed === null) return names;
  const missing = names.filter((name) => !listed.includes(name));
  if (missing.length === 0) return [...listed];
  throw new DomainError(
    "BAD_INPUT",
    `The list of classes lacks ${missing.join(", ")}; add what it lacks, or remove the list`,
  );
}

const bad = (message: string) => new DomainError("BAD_FILE", `The list of classes: ${message}`);
