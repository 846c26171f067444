/**
 * @file Bags of feature vectors in one CSV table, as the classic sets of multiple-instance learning are passed on.
 *
 *   bag,label,F1,F2,…                     a line per tile (instance); all lines of a bag have its label
 *   bag,subject,site,fold,label,F1,…      with whose bag it is
 *   bag,label,tile_label,F1,…             with each tile's own label, 1 of a witness: bags can be composed anew of them (decision 0052)
 *
 * Columns come in any order; every other column is a feature, and its values are numbers. Values are taken as they are.
 */

import type { BagFeatures } from "../bags/npy.ts";
import { type ClassValues, oneClass } from "../classValues.ts";
import { DomainError } from "../errors.ts";
import type { Fold } from "../words.ts";
import { orderedClasses } from "./classNames.ts";
import { csvRows } from "./csv.ts";
import { foldNamed } from "./folds.ts";

export interface TableBag {
  readonly name: string;
  readonly subject: string | null;
  readonly site: string | null;
  readonly fold: Fold | null;
  readonly values: ClassValues;
  readonly tiles: BagFeatures;
  /** In the order of the tiles, 1 of a witness; null: the table does not say. */
  readonly tileLabels: Uint8Array | null;
}

export interface BagTable {
  readonly classes: readonly string[];
  /** The names of the features, in the order of the tiles' values. */
  readonly features: readonly string[];
  /** In the order in which they begin. */
  readonly bags: readonly TableBag[];
}

const meanings = {
  bag: /^(bag|slide)([ _]?id)?$/i,
  subject: /^(subject|patient)([ _]?id)?$/i,
  site: /^site$/i,
  fold: /^(fold|split)$/i,
  label: /^(label|class)$/i,
  tileLabel: /^(tile|instance)[ _]?label$/i,
} as const;
type Meaning = keyof typeof meanings;

/** readBagTable, in one go. */
export function parseBagTable(text: string, listed: readonly string[] | null): BagTable {
  const reading = readBagTable(text, listed);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
  }
}

/**
 * Stops after every line, so that whoever reads a table of some 10 MB can do something else in between.
 * @param listed the order of the classes, where a list beside the table gives one. @throws DomainError BAD_FILE naming line and column
 */
export function* readBagTable(text: string, listed: readonly string[] | null): Generator<void, BagTable> {
  const rows = csvRows(text);
  const { value: heading } = rows.next();
  if (!heading) throw bad("it is empty; expected a heading line and a line per tile");
  const names = heading.fields;
  const columns = columnsOf(names);
  const ofBag = new Map<
    string,
    { readonly first: readonly string[]; readonly lines: number; readonly numbers: number[]; readonly own: number[] }
  >();
  const told = [columns.label, columns.subject, columns.site, columns.fold].filter((column) => column !== null);
  for (const { line, fields } of rows) {
    if (fields.length !== names.length)
      throw bad(`line ${line} has ${fields.length} fields, the heading ${names.length}`);
    const name = fields[columns.bag]!;
    if (name === "") throw bad(`line ${line} names no bag`);
    const known = ofBag.get(name) ?? { first: fields, lines: line, numbers: [], own: [] };
    const other = told.find((column) => fields[column] !== known.first[column]);
    if (other !== undefined) {
      throw bad(
        `line ${line}: ${names[other]} of the bag ${name} is "${fields[other]}", and on line ${known.lines} it is "${known.first[other]}"; a bag has one`,
      );
    }
    for (const column of columns.features) known.numbers.push(numberAt(fields[column]!, line, names[column]!));
    if (columns.tileLabel !== null)
      known.own.push(ownLabel(fields[columns.tileLabel]!, line, names[columns.tileLabel]!));
    ofBag.set(name, known);
    yield;
  }
  const labels = [...ofBag.values()].map(({ first }) => first[columns.label]!);
  const classes = orderedClasses(labels.filter(Boolean), listed);
  if (classes.length < 2)
    throw bad(`its bags have ${classes.length === 1 ? "one label" : "no label"}; expected at least two`);
  const at = (fields: readonly string[], column: number | null) => (column === null ? null : fields[column] || null);
  const bags = [...ofBag].map(([name, { first, lines, numbers, own }]): TableBag => {
    const label = first[columns.label]!;
    if (label === "") throw bad(`line ${lines}: the bag ${name} has no label`);
    const fold = foldNamed(at(first, columns.fold) ?? "");
    if (fold === null && at(first, columns.fold) !== null) {
      throw bad(`line ${lines}: expected a fold train, val or test, got "${at(first, columns.fold)}"`);
    }
    const features = columns.features.length;
    return {
      name,
      subject: at(first, columns.subject),
      site: at(first, columns.site),
      fold,
      values: oneClass(classes.indexOf(label), classes.length),
      tiles: { tiles: numbers.length / features, features, values: Float32Array.from(numbers) },
      tileLabels: columns.tileLabel === null ? null : Uint8Array.from(own),
    };
  });
  const table = { classes, features: columns.features.map((column) => names[column]!), bags };
  refuseLeak(table);
  refuseContradiction(table);
  return table;
}

function columnsOf(heading: readonly string[]) {
  const found: Record<Meaning, number | null> = {
    bag: null,
    subject: null,
    site: null,
    fold: null,
    label: null,
    tileLabel: null,
  };
  const features: number[] = [];
  for (const [column, name] of heading.entries()) {
    if (name === "") throw bad(`column ${column + 1} has no name; give each column one`);
    if (heading.indexOf(name) !== column) throw bad(`two columns are called "${name}"`);
    const meaning = (Object.keys(meanings) as Meaning[]).find((each) => meanings[each].test(name));
    if (meaning === undefined) features.push(column);
    else if (found[meaning] !== null) throw bad(`"${heading[found[meaning]]}" and "${name}" both name the ${meaning}`);
    else found[meaning] = column;
  }
  const { bag, label } = found;
  if (bag === null || label === null) {
    throw bad(
      `expected columns "bag" and "label", got ${heading.slice(0, 6).join(", ")}${heading.length > 6 ? ", …" : ""}`,
    );
  }
  if (features.length === 0) throw bad("there is no column of a feature beside bag and label");
  return { ...found, bag, label, features };
}

function numberAt(text: string, line: number, column: string): number {
  const value = text === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw bad(`line ${line}, column "${column}": expected a number, got "${text}"`);
}

function ownLabel(text: string, line: number, column: string): number {
  if (text === "0" || text === "1") return Number(text);
  throw bad(
    `line ${line}, column "${column}": expected 1 for a tile that makes its bag positive, else 0, got "${text}"`,
  );
}

/** A bag is of the second class where one of its tiles is positive. @throws DomainError BAD_FILE naming the bag */
function refuseContradiction({ classes, bags }: BagTable): void {
  if (bags[0]?.tileLabels === null) return;
  if (classes.length !== 2) throw bad(`labels of tiles need bags of two classes, got ${classes.length}`);
  const wrong = bags.find(({ tileLabels, values }) => Number(tileLabels!.includes(1)) !== values[1]);
  if (wrong === undefined) return;
  const has = wrong.tileLabels!.includes(1) ? "a positive tile" : "no positive tile";
  throw bad(
    `the bag ${wrong.name} has ${has}, and its label is "${classes[wrong.values[1] ?? 0]}"; a bag with a positive tile is "${classes[1]}", the second class (classes.txt gives their order)`,
  );
}

/**
 * A copy of MUSK1 goes about with a 167th column that holds the tile's own label: 0 in every tile of a negative bag, 1 in some of a
 * positive one. Whatever learns from it finds nothing but that.
 * @throws DomainError BAD_FILE naming the column
 */
function refuseLeak({ classes, features, bags }: BagTable): void {
  if (classes.length !== 2) return;
  for (const [column, name] of features.entries()) {
    const isLabel = bags.every(({ values, tiles }) => {
      const ofTiles = Array.from({ length: tiles.tiles }, (_, tile) => tiles.values[tile * tiles.features + column]!);
      return ofTiles.every((value) => value === 0 || value === 1) && Number(ofTiles.includes(1)) === values[1];
    });
    if (!isLabel) continue;
    throw bad(
      `column "${name}" is 0 in every tile of the bags of "${classes[0]}" and 1 in some tile of each bag of "${classes[1]}": it is the label; remove it`,
    );
  }
}

const bad = (message: string) => new DomainError("BAD_FILE", `The table of bags: ${message}`);
