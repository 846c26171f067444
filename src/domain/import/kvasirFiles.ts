/** @file The small text files of a Kvasir-SEG folder: name lists, subjects.csv, bounding boxes. */
import { DomainError } from "../errors.ts";

const withoutEnding = (name: string) => name.trim().replace(/\.(jpe?g|png)$/i, "");

/** One name a line; a file ending and empty lines are dropped. @throws DomainError BAD_FILE for a name listed twice */
export function parseNameList(text: string): string[] {
  const names = lines(text).map(withoutEnding);
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new DomainError("BAD_FILE", `The list names ${name} twice; remove one line`, { name });
    seen.add(name);
  }
  return names;
}

/**
 * subjects.csv: a heading line "name,subject", then one line per item. No quoting: names and subjects hold no comma.
 * @throws DomainError BAD_FILE naming the line
 */
export function parseSubjects(text: string): Map<string, string> {
  const [heading, ...rows] = lines(text);
  if (heading?.replaceAll(" ", "").toLowerCase() !== "name,subject") {
    throw new DomainError("BAD_FILE", `subjects.csv: expected the first line "name,subject", got "${heading ?? ""}"`);
  }
  const subjects = new Map<string, string>();
  for (const [index, row] of rows.entries()) {
    const [name, subject, ...more] = row.split(",").map((part) => part.trim());
    if (!name || !subject || more.length > 0) {
      throw new DomainError("BAD_FILE", `subjects.csv line ${index + 2}: expected "name,subject", got "${row}"`);
    }
    const key = withoutEnding(name);
    if (subjects.has(key)) throw new DomainError("BAD_FILE", `subjects.csv line ${index + 2}: ${key} is listed twice`);
    subjects.set(key, subject);
  }
  return subjects;
}

/** A box as the source gave it, in pixels of the origin. */
export interface SourceBox {
  readonly label: string;
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/**
 * {"NAME": {"height", "width", "bbox": [{"label", "xmin", "ymin", "xmax", "ymax"}]}}, by name.
 * @throws DomainError BAD_FILE naming the entry
 */
export function parseBoxes(text: string): Map<string, SourceBox[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DomainError("BAD_FILE", `The bounding boxes are not valid JSON: ${(error as Error).message}`);
  }
  if (!isRecord(value)) throw new DomainError("BAD_FILE", "The bounding boxes: expected an object of names");
  const boxes = new Map<string, SourceBox[]>();
  for (const [name, entry] of Object.entries(value)) {
    const list = isRecord(entry) ? entry.bbox : undefined;
    if (!Array.isArray(list) || !list.every(isBox)) {
      throw new DomainError(
        "BAD_FILE",
        `The bounding boxes of ${name}: expected "bbox": [{label, xmin, ymin, xmax, ymax}]`,
      );
    }
    const rows = list.map(({ label, xmin, ymin, xmax, ymax }: SourceBox) => ({ label, xmin, ymin, xmax, ymax }));
    boxes.set(withoutEnding(name), rows);
  }
  return boxes;
}

const lines = (text: string) =>
  text
    .replace(/^\uFEFF/, "") // spreadsheets put a byte order mark first
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isBox = (box: unknown): box is SourceBox =>
  isRecord(box) &&
  typeof box.label === "string" &&
  [box.xmin, box.ymin, box.xmax, box.ymax].every((side) => typeof side === "number" && Number.isFinite(side));
