/** @file A table of reports, a line per item: `item,report`, in any order of columns. */
import { DomainError } from "../errors.ts";
import { parseCsv } from "../import/csv.ts";

export interface ReportRow {
  readonly item: string;
  readonly report: string;
}

export const reportLimits = { rows: 5_000, characters: 20_000 } as const;

const columns = { item: /^(item|image|file|file_?name|name)$/i, report: /^(report|text)$/i } as const;

/** @throws DomainError BAD_FILE, naming the line */
export function parseReportTable(text: string): ReportRow[] {
  const [heading, ...rows] = parseCsv(text);
  const at = (column: keyof typeof columns) => {
    const place = heading?.fields.findIndex((name) => columns[column].test(name)) ?? -1;
    if (place < 0) throw bad(`its heading has no column ${column}; expected item,report`);
    return place;
  };
  const [item, report] = [at("item"), at("report")];
  if (rows.length === 0) throw bad("it has no line but its heading");
  if (rows.length > reportLimits.rows) {
    throw bad(`it has ${rows.length} reports; expected at most ${reportLimits.rows}, divide it`);
  }
  const seen = new Set<string>();
  return rows.map(({ line, fields }) => {
    const [name, said] = [fields[item] ?? "", fields[report] ?? ""];
    if (name === "" || said === "") throw bad(`line ${line} lacks its ${name === "" ? "item" : "report"}`);
    if (said.length > reportLimits.characters) {
      throw bad(`line ${line} has a report of ${said.length} characters; expected at most ${reportLimits.characters}`);
    }
    if (seen.has(name)) throw bad(`line ${line} names "${name}" a second time; expected one report per item`);
    seen.add(name);
    return { item: name, report: said };
  });
}

const bad = (what: string) => new DomainError("BAD_FILE", `The table of reports: ${what}`);
