/** @file The answer to "is this Dice real?": a few sentences with the planted truth beside, and one JSON line for scripts. */
import type { Boards, ContiguityArm, LedgerRow } from "./boards.ts";
import { type PlantedTruth, predictors } from "./predictors.ts";

export type PlantedTruths = Readonly<Record<"A" | "B" | "C", PlantedTruth>>;

const digits = (value: number | null | undefined, places = 3) =>
  value === null || value === undefined ? "undefined" : value.toFixed(places);
const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
const ofArm = <T extends { readonly arm: string }>(rows: readonly T[], arm: string): T => {
  const row = rows.find((each) => each.arm === arm);
  if (!row) throw new Error(`The board has no arm "${arm}"`);
  return row;
};
const meanOf = (row: LedgerRow, arm: string) => ofArm(row.arms, arm).mean;

const counted = ["pieces", "holes", "specks", "falsePieces"] as const satisfies readonly (keyof ContiguityArm)[];
const words = { pieces: "pieces", holes: "holes", specks: "specks", falsePieces: "pieces beside the truth" } as const;

export function sentences(boards: Boards, truths: PlantedTruths, seeds: number): string[] {
  const { ledger, regionSizes, contiguity, items, size } = boards;
  const perItem = ledger.rows[0]!;
  const pooled = ledger.rows.find((row) => row.aggregation === "POOLED" && !row.background) ?? perItem;
  const width = Math.max(...predictors.map(({ arm }) => arm.length));
  const shifted = ofArm(regionSizes.arms, predictors[0]!.arm);
  return [
    `Is this Dice real? ${items} test items at ${size} px, ${seeds} seeds per predictor; the planted value in brackets`,
    `  ${"".padEnd(width)}  per item        pooled`,
    ...predictors.map(({ key, arm }) => {
      const [a, b] = [digits(meanOf(perItem, arm)), digits(meanOf(pooled, arm))];
      return `  ${arm.padEnd(width)}  ${a} (${digits(truths[key].dicePerItem)})   ${b} (${digits(truths[key].dicePooled)})`;
    }),
    `  Best first: per item ${letters(perItem.order)}; pooled ${letters(pooled.order)}.`,
    `  ${ledger.swaps.length} swaps against "${perItem.name}" over ${ledger.rows.length} conventions: B finds nothing of ${percent(truths.B.missedItems)} of the items, and misses ${percent(truths.B.missedPixels)} of all pixels.`,
    `  A's outline is off by ${digits(shifted.equivalentError, 2)} px (${digits(shifted.low, 2)} to ${digits(shifted.high, 2)}; planted 1).`,
    ...predictors.map(({ key, arm }) => {
      const row = ofArm(contiguity.arms, arm);
      const parts = counted.map((name) => `${digits(row[name], 2)} (${digits(truths[key][name], 2)}) ${words[name]}`);
      return `  ${key} has per item ${parts.join(", ")}.`;
    }),
    ...contiguity.postProcessing.map(
      ({ arm, choice, before, after }) =>
        `  ${arm}: post-processing chosen on validation, ${choice.text}: Dice ${digits(before.dice)} to ${digits(after.dice)}.`,
    ),
  ];
}

/** Arms by their letters: "C > A > B". */
const letters = (order: readonly string[]) => order.map((arm) => arm[0]).join(" > ");

export function jsonLine({ ledger, regionSizes, contiguity }: Boards, truths: PlantedTruths): string {
  const byKey = <T>(of: (arm: string, key: "A" | "B" | "C") => T) =>
    Object.fromEntries(predictors.map(({ key, arm }) => [key, of(arm, key)]));
  const { equivalentError, low, high } = ofArm(regionSizes.arms, predictors[0]!.arm);
  return JSON.stringify({
    conventions: Object.fromEntries(ledger.rows.map((row) => [row.name, byKey((arm) => meanOf(row, arm))])),
    swaps: ledger.swaps.length,
    equivalentError: { shift1: { truth: 1, estimate: equivalentError, low, high } },
    contiguity: byKey((arm, key) => {
      const row = ofArm(contiguity.arms, arm);
      return Object.fromEntries(counted.map((name) => [name, { truth: truths[key][name], estimate: row[name] }]));
    }),
  });
}
