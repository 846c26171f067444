/** @file A CSV file as rows of fields, after RFC 4180: quotes may hold commas, line breaks and doubled quotes. */
import { DomainError } from "../errors.ts";

export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  /** Without spaces around them. */
  readonly fields: readonly string[];
}

const field = /[ \t]*(?:"((?:[^"]|"")*)"[ \t]*|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/** Empty lines are left out. @throws DomainError BAD_FILE naming the line */
export const parseCsv = (text: string): CsvRow[] => [...csvRows(text)];

/** Row by row, as parseCsv: for tables too long to be read in one go. */
export function* csvRows(text: string): Generator<CsvRow, void> {
  const start = text.startsWith("\uFEFF") ? 1 : 0; // spreadsheets put a byte order mark first
  let fields: string[] = [];
  let line = 1;
  let rowLine = 1;
  for (let at = start; at < text.length || fields.length > 0; ) {
    field.lastIndex = at;
    const match = field.exec(text);
    if (match === null) {
      throw new DomainError(
        "BAD_FILE",
        `The table, line ${line}: a quote stands within a field or is not closed; double it or close it`,
      );
    }
    const [whole, quoted, plain, end] = match;
    fields.push((quoted?.replaceAll('""', '"') ?? plain!).trim());
    line += (quoted?.match(/\r\n|\n|\r/g)?.length ?? 0) + (end === "," ? 0 : 1);
    at += whole.length;
    if (end === ",") continue;
    if (fields.some((value) => value !== "")) yield { line: rowLine, fields };
    fields = [];
    rowLine = line;
  }
}
