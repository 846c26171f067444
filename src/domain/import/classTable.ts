/**
 * @file A table of whole images: which subject, site and fold each is of, and which classes it has.
 *
 *   item,subject,site,fold,class        one class per item: the last column holds its name
 *   item,subject,site,fold,A,B,…        any number of classes: 1 present, 0 absent, empty not known
 *   item,reader,reader_kind,…           a line per item and reader; kind: person, report or program
 *
 *   slide,mpp,deidentified,…            of slides: microns per pixel where the file does not say; yes: the file names nobody
 *
 *   slide_id,case_id,label              as CLAM's tables have them
 *   item,slide,…                        of files of features, where the slide has another name than they
 *
 * Only `item` must be there; columns come in any order. For item also image, slide, file, filename, name; for subject patient,
 * patient_id, case_id; for fold split; for class label; for reader annotator, in upper or lower case. Every other column is a class.
 */
import { type ClassValues, oneClass } from "../classValues.ts";
import { DomainError } from "../errors.ts";
import { type ReaderKind, readerKinds } from "../labels/request.ts";
import type { Fold } from "../words.ts";
import { orderedClasses } from "./classNames.ts";
import { type CsvRow, parseCsv } from "./csv.ts";
import { foldNamed } from "./folds.ts";

export interface TableRow {
  readonly item: string;
  readonly line: number;
  readonly subject: string | null;
  readonly site: string | null;
  readonly fold: Fold | null;
  /** null where the table has no column of readers. */
  readonly reader: string | null;
  readonly readerKind: ReaderKind;
  /** Of slides: microns per pixel of level 0; absent where the table does not say. */
  readonly micronsPerPixel?: number;
  /** Of slides: the file names nobody, and may be kept as it is. */
  readonly deidentified?: true;
  /** Of features: the slide that they are of; absent where the table has no such column beside `item`. */
  readonly slide?: string;
  /** null where no class of the item is known. */
  readonly values: ClassValues | null;
}

export interface ClassTable {
  readonly classes: readonly string[];
  readonly exclusive: boolean;
  /** In the order in which the table names them; null where it has no column of readers. */
  readonly readers: readonly string[] | null;
  readonly rows: readonly TableRow[];
}

const meanings = {
  item: /^(item|image|file|file_?name|name)$/i,
  slide: /^slide([ _]?id)?$/i,
  subject: /^(subject|patient|case)([ _]?id)?$/i,
  site: /^site$/i,
  fold: /^(fold|split)$/i,
  class: /^(class|label)$/i,
  reader: /^(reader|annotator)([ _]?name)?$/i,
  readerKind: /^(reader|annotator)[ _]kind$/i,
  micronsPerPixel: /^(mpp|microns[ _]per[ _]pixel)$/i,
  deidentified: /^deidentified$/i,
} as const;
type Meaning = keyof typeof meanings;

/**
 * @param listed the order of the classes, where a list beside the table gives one
 * @param ofSlides whether an item may name its slide beside itself
 * @throws DomainError BAD_FILE, BAD_INPUT
 */
export function parseClassTable(text: string, listed: readonly string[] | null, ofSlides = false): ClassTable {
  const [heading, ...rows] = parseCsv(text);
  if (heading === undefined) throw bad("it is empty; expected a heading line and a line per item");
  const columns = columnsOf(heading.fields, ofSlides);
  const ragged = rows.find(({ fields }) => fields.length !== heading.fields.length);
  if (ragged) {
    throw bad(`line ${ragged.line} has ${ragged.fields.length} fields, the heading ${heading.fields.length}`);
  }
  const exclusive = columns.class !== null;
  const classes = exclusive
    ? orderedClasses(rows.map(({ fields }) => fields[columns.class!]!).filter(Boolean), listed)
    : columns.others.map((column) => heading.fields[column]!);
  if (classes.length < (exclusive ? 2 : 1)) {
    const columnsSaid = exclusive ? `the column "class" has ${classes.length} class` : "there is no column of a class";
    throw bad(`${columnsSaid}; expected ${exclusive ? "at least two" : "a column class, or one per class"}`);
  }
  const valuesOf = (row: CsvRow): ClassValues | null =>
    exclusive ? ofName(row.fields[columns.class!]!, classes) : ofColumns(row, columns.others, heading.fields);
  const seen = new Set<string>();
  const at = (row: CsvRow, column: number | null) => (column === null ? null : row.fields[column] || null);
  return {
    classes,
    exclusive,
    rows: rows.map((row) => {
      const item = row.fields[columns.item]!;
      if (item === "") throw bad(`line ${row.line} names no item`);
      const reader = at(row, columns.reader);
      if (columns.reader !== null && reader === null) throw bad(`line ${row.line} names no reader; fill it in`);
      const key = JSON.stringify([item, reader]);
      if (seen.has(key))
        throw bad(`line ${row.line}: ${item} is listed twice${reader ? ` by ${reader}` : ""}; keep one line`);
      seen.add(key);
      const [subject, site] = [at(row, columns.subject), at(row, columns.site)];
      const fold = foldAt(row, columns.fold);
      return {
        item,
        line: row.line,
        subject,
        site,
        fold,
        reader,
        readerKind: kindAt(row, columns.readerKind),
        ...scaleAt(row, columns.micronsPerPixel),
        ...deidentifiedAt(row, columns.deidentified),
        ...(at(row, columns.slide) !== null && { slide: at(row, columns.slide)! }),
        values: valuesOf(row),
      };
    }),
    readers: columns.reader === null ? null : [...new Set(rows.map(({ fields }) => fields[columns.reader!]!))],
  };
}

function columnsOf(heading: readonly string[], ofSlides: boolean) {
  const found: Record<Meaning, number | null> = {
    item: null,
    slide: null,
    subject: null,
    site: null,
    fold: null,
    class: null,
    reader: null,
    readerKind: null,
    micronsPerPixel: null,
    deidentified: null,
  };
  const others: number[] = [];
  for (const [column, name] of heading.entries()) {
    if (name === "") throw bad(`column ${column + 1} has no name; give each column one`);
    if (heading.indexOf(name) !== column) throw bad(`two columns are called "${name}"`);
    const meaning = (Object.keys(meanings) as Meaning[]).find((each) => meanings[each].test(name));
    if (meaning === undefined) others.push(column);
    else if (found[meaning] !== null) throw bad(`"${heading[found[meaning]]}" and "${name}" both name the ${meaning}`);
    else found[meaning] = column;
  }
  const { slide } = found;
  if (found.item !== null && slide !== null && !ofSlides)
    throw bad(`"${heading[found.item]}" and "${heading[slide]}" both name the item`);
  const item = found.item ?? slide;
  if (item === null) throw bad(`expected a column "item", got ${heading.join(", ")}`);
  if (found.class !== null && others.length > 0) {
    throw bad(
      `beside the column "${heading[found.class]}" there are ${others.map((column) => heading[column]).join(", ")}; keep one column class, or one column per class`,
    );
  }
  return { ...found, item, slide: item === slide ? null : slide, others };
}

const ofName = (name: string, classes: readonly string[]) =>
  name === "" ? null : oneClass(classes.indexOf(name), classes.length);

function ofColumns(row: CsvRow, columns: readonly number[], heading: readonly string[]): ClassValues | null {
  const values = columns.map((column) => {
    const text = row.fields[column]!;
    if (text === "") return null;
    const value = Number(text);
    if (value === 0 || value === 1) return value;
    throw bad(
      `line ${row.line}, column "${heading[column]}": expected 1, 0 or nothing (not known), got "${text}"; remove columns that are no class`,
    );
  });
  return values.every((value) => value === null) ? null : values;
}

function foldAt({ line, fields }: CsvRow, column: number | null): Fold | null {
  const text = column === null ? "" : fields[column]!;
  const fold = foldNamed(text);
  if (fold === null && text !== "") throw bad(`line ${line}: expected a fold train, val or test, got "${text}"`);
  return fold;
}

function kindAt({ line, fields }: CsvRow, column: number | null): ReaderKind {
  const text = (column === null ? "" : fields[column]!).toLowerCase();
  const kind = readerKinds.find((each) => each === text);
  if (kind === undefined && text !== "")
    throw bad(`line ${line}: expected a reader kind ${readerKinds.join(", ")}, got "${text}"`);
  return kind ?? "person";
}

function scaleAt({ line, fields }: CsvRow, column: number | null): Pick<TableRow, "micronsPerPixel"> {
  const text = column === null ? "" : fields[column]!;
  if (text === "") return {};
  const micronsPerPixel = Number(text);
  if (micronsPerPixel >= 0.05 && micronsPerPixel <= 20) return { micronsPerPixel };
  throw bad(`line ${line}: expected microns per pixel from 0.05 to 20, or nothing, got "${text}"`);
}

function deidentifiedAt({ line, fields }: CsvRow, column: number | null): Pick<TableRow, "deidentified"> {
  const text = (column === null ? "" : fields[column]!).toLowerCase();
  if (text === "yes") return { deidentified: true };
  if (text === "" || text === "no") return {};
  throw bad(`line ${line}, column "deidentified": expected yes or no, got "${text}"`);
}

const bad = (message: string) => new DomainError("BAD_FILE", `The table of classes: ${message}`);
