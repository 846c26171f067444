/** @file NIH ChestX-ray14's text-mined labels, and radiologists' adjudication of some of its films. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseCsv } from "@tessera/domain/import/csv";

export interface Finding {
  readonly name: string;
  /** Column of the adjudicated table. */
  readonly adjudicated: string;
  /** A film is labelled with the finding where it has one of these NIH labels. */
  readonly labels: readonly string[];
}

export const findings: readonly Finding[] = [
  { name: "pneumothorax", adjudicated: "Pneumothorax", labels: ["Pneumothorax"] },
  { name: "nodule or mass", adjudicated: "Nodule or mass", labels: ["Nodule", "Mass"] },
  {
    name: "airspace opacity",
    adjudicated: "Airspace opacity",
    labels: ["Atelectasis", "Consolidation", "Infiltration", "Pneumonia", "Edema"],
  },
];

export interface Film {
  readonly set: string;
  readonly patient: string;
  /** 1: there. */
  readonly adjudicated: 0 | 1;
  readonly labelled: 0 | 1;
}

export interface Films {
  /** By the finding's name. */
  readonly adjudicated: ReadonlyMap<string, readonly Film[]>;
  /** Share of all films that are labelled with it. */
  readonly labelled: ReadonlyMap<string, number>;
  readonly all: number;
}

const files = { adjudicated: "google2019_nih-chest-xray-labels.csv.gz", all: "Data_Entry_2017_v2020.csv.gz" };

/** @throws Error where the folder is not there */
export function readFilms(): Films {
  const directory = resolve(process.env.CXR_LABELS ?? "../shared/data/cxr-labels");
  if (!existsSync(directory))
    throw new Error(`${directory} does not exist: set CXR_LABELS to the folder of the tables`);
  const table = (file: string) => {
    const [heading, ...rows] = parseCsv(gunzipSync(readFileSync(join(directory, file))).toString("utf8"));
    const column = (name: string) => heading!.fields.indexOf(name);
    return { rows, column };
  };
  const has = (text: string, { labels }: Finding): 0 | 1 =>
    text.split("|").some((label) => labels.includes(label)) ? 1 : 0;

  const read = table(files.adjudicated);
  const [set, patient, label] = ["Set Id", "Patient ID", "Finding Labels"].map(read.column) as [number, number, number];
  const adjudicated = findings.map((finding) => {
    const at = read.column(finding.adjudicated);
    const films = read.rows.map(
      ({ fields }): Film => ({
        set: fields[set]!,
        patient: fields[patient]!,
        adjudicated: fields[at] === "YES" ? 1 : 0,
        labelled: has(fields[label]!, finding),
      }),
    );
    return [finding.name, films] as const;
  });
  const all = table(files.all);
  const place = all.column("Finding Labels");
  const texts = all.rows.map(({ fields }) => fields[place]!);
  const labelled = findings.map((finding) => [finding.name, texts.filter((text) => has(text, finding)).length / texts.length] as const); // biome-ignore format: one line
  return { adjudicated: new Map(adjudicated), labelled: new Map(labelled), all: texts.length };
}
