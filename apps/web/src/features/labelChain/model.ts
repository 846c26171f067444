/** @file What the screens of a label chain share: its board in words and rows. */
import type { LabelChainQuery } from "@/gql/graphql";
import { type Cell, csvText } from "@/lib/csv";
import { isNumber, percent } from "@/lib/format";

export type Chain = NonNullable<LabelChainQuery["labelChain"]>;
export type Board = Chain["board"];
export type Stage = Board["stages"][number];
export type Composed = Board["composed"];
export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const bare = (value: number, digits = 1) => (100 * value).toFixed(digits).replace("-", "−");

/** "66 % (61 to 70)" */
export const rateText = ({ value, low, high }: Rate): string => `${percent(value)} (${bare(low)} to ${bare(high)})`;

export const rangeText = ({ low, high }: Rate): string => `${bare(low)} to ${bare(high)}`;

/** Points of a share with their sign: "+4.2 (3.1 to 5.4)". */
export function gainText({ value, low, high }: Rate): string {
  const sign = Number(bare(Math.abs(value))) === 0 ? "" : value < 0 ? "−" : "+";
  return `${sign}${bare(Math.abs(value))} (${bare(low)} to ${bare(high)})`;
}

/** Whether an interval leaves out 0. */
export const isTold = ({ low, high }: Rate): boolean => low > 0 || high < 0;

export const kindName: Readonly<Record<Chain["stages"][number]["kind"], string>> = {
  READER: "reader",
  REPORT: "report",
  NLP: "NLP",
  LABEL: "label",
};

/** "image → reader → NLP" */
export const wayText = (stages: readonly { readonly name: string }[]): string =>
  ["image", ...stages.map(({ name }) => name)].join(" → ");

/** What a stage's rates are true of, where that is not plainly the items. */
export function samplingText({ counts }: Chain["stages"][number]): string | null {
  const [sample] = counts.samples;
  if (!sample) return null;
  const effects = counts.samples.flatMap(({ designEffects }) => designEffects ?? []);
  const most = Math.max(1, ...effects);
  const parts = [
    sample.chosenBy === "AFTER" && sample.shares
      ? `chosen by what was passed on, reweighted to ${sample.shares.map((share) => percent(share)).join(" / ")}`
      : null,
    most > 1.005 ? `intervals allow for several items of one patient (variance up to × ${most.toFixed(1)})` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join("; ");
}

/** Every number of the board, one to a line. */
export function boardCsv(chain: Chain): string {
  const { board, classes } = chain;
  const rows: Cell[][] = [];
  const add = (of: string, what: string, items: number | null, { value, low, high }: Rate) => rows.push([of, what, items, value, low, high]); // biome-ignore format: one line
  const matrix = (of: string, items: number | null, cells: readonly (readonly Rate[])[]) => {
    for (const [i, row] of cells.entries()) for (const [j, cell] of row.entries()) add(of, `${classes[i]} → ${classes[j]}`, items, cell); // biome-ignore format: one line
  };
  for (const stage of board.stages) {
    matrix(stage.name, stage.items, stage.matrix);
    add(stage.name, "gain in label accuracy if perfect", stage.items, stage.gain);
    if (stage.behind) add(stage.name, "gain behind the largest", stage.items, stage.behind);
  }
  const whole = (of: string, items: number | null, { matrix: cells, accuracy, classes: qualities }: Composed) => {
    matrix(of, items, cells);
    add(of, "label accuracy", items, accuracy);
    for (const { name, prevalence, sensitivity, specificity, ppv, labelled } of qualities) {
      const named = { prevalence, sensitivity, specificity, PPV: ppv, labelled };
      for (const [what, rate] of Object.entries(named)) if (rate) add(of, `${what} of ${name}`, items, rate);
    }
  };
  whole("composed", null, board.composed);
  if (board.direct) whole("direct", board.directItems, board.direct);
  if (board.againstDirect) matrix("composed minus direct", null, board.againstDirect.differences);
  return csvText(
    ["set", "of", "what", "items", "value", "low", "high"],
    rows.map((row) => [board.set ?? "all", ...row]),
  );
}

/** The plot's scale: 0 and every end in sight. */
export function gainRange(stages: readonly Stage[]): readonly [number, number] {
  const ends = stages.flatMap(({ gain }) => [gain.low, gain.high, gain.value]).filter(isNumber);
  return [Math.min(0, ...ends), Math.max(0.01, ...ends)];
}
