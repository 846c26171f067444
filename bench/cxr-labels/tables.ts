/** @file The figures of the study as Markdown. */
import { cohensKappa } from "@tessera/analysis/agreement/cohen";
import { countsOf } from "./chains.ts";
import type { Films, Finding } from "./films.ts";

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BoardFigures {
  readonly finding: string;
  readonly reading: string;
  /** Null: both sets together. */
  readonly set: string | null;
  readonly films: number;
  readonly accuracy: Estimate;
  readonly prevalence: Estimate;
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
  readonly ppv: Estimate;
  readonly labelled: Estimate;
  readonly setsDiffer: number | null;
}

const share = (value: number) => value.toFixed(3).replace(/^0/, "").replace(/^-0/, "-");
const shown = ({ value, low, high }: Estimate) => `${share(value)} (${share(low)} to ${share(high)})`;

/** As they were counted, both sets pooled: what shared numbers.md 1.4 has. */
export function countedTable(findings: readonly Finding[], films: Films) {
  return findings.flatMap(({ name }) => {
    const own = films.adjudicated.get(name)!;
    const sets = [null, ...new Set(own.map(({ set }) => set))];
    return sets.map((set) => {
      const [[tn, fp], [fn, tp]] = countsOf(own.filter((film) => set === null || film.set === set)) as [[number, number], [number, number]]; // biome-ignore format: one line
      const all = tn + fp + fn + tp;
      const kappa = cohensKappa([[tn, fp], [fn, tp]]).value!; // biome-ignore format: one line
      return { finding: name, set, films: all, ppv: tp / (tp + fp), sensitivity: tp / (tp + fn), specificity: tn / (tn + fp), kappa, disagree: (fp + fn) / all, labelled: (tp + fp) / all, found: (tp + fn) / all }; // biome-ignore format: one line
    });
  });
}

export function markdown(
  counted: ReturnType<typeof countedTable>,
  boards: readonly BoardFigures[],
  films: Films,
): string {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const head = (cells: readonly string[]) => [row(cells), row(cells.map(() => "---"))];
  const raw = [
    ...head([
      "finding",
      "set",
      "films",
      "labelled (all NIH films)",
      "adjudicated",
      "PPV",
      "sensitivity",
      "specificity",
      "κ",
      "disagree",
    ]),
    ...counted.map(
      (each) =>
      row([each.finding, each.set ?? "both", `${each.films}`, `${percent(each.labelled)} (${percent(films.labelled.get(each.finding)!)})`, percent(each.found), share(each.ppv), share(each.sensitivity), share(each.specificity), share(each.kappa), percent(each.disagree)]), // biome-ignore format: one line
    ),
  ];
  const of = (reading: string) => [
    ...head([
      "finding",
      "set",
      "adjudicated prevalence",
      "sensitivity",
      "specificity",
      "PPV",
      "labelled",
      "labels right",
    ]),
    ...boards
      .filter((board) => board.reading === reading)
      .map((each) => row([each.finding, each.set ?? "both", shown(each.prevalence), shown(each.sensitivity), shown(each.specificity), shown(each.ppv), shown(each.labelled), shown(each.accuracy)])), // biome-ignore format: one line
  ];
  const differ = boards.filter(({ set, setsDiffer }) => set === null && setsDiffer !== null).map(({ finding, reading, setsDiffer }) => `${finding}, ${reading}: p ${setsDiffer! < 0.001 ? "< 0.001" : `= ${setsDiffer!.toFixed(3)}`}`); // biome-ignore format: one line
  return [
    "As counted:",
    "",
    ...raw,
    "",
    `Films chosen **by label**, reweighted to NIH's labels (n = ${films.all}); 95 % intervals, patients as clusters:`,
    "",
    ...of("by label"),
    "",
    "Films chosen **by finding**, at a prevalence of NIH's label share:",
    "",
    ...of("by finding"),
    "",
    `Do the two sets have the same rates? ${differ.join("; ")}.`,
  ].join("\n");
}
