/** @file The board as rows of one plot and one table. */
import type { FactorialEffectFieldsFragment, LabelsVersusArchitectureQuery } from "@/gql/graphql";
import { type Cell, csvText } from "@/lib/csv";
import { isNumber, signed } from "@/lib/format";

export type Board = NonNullable<NonNullable<LabelsVersusArchitectureQuery["experiment"]>["labelsVersusArchitecture"]>;

export interface EffectRow {
  readonly group: string;
  readonly name: string;
  readonly at: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  readonly effect: FactorialEffectFieldsFragment | null;
}

const interval = (low: number, high: number) => `${signed(low)} to ${signed(high)}`;

/** Effects, then what a seed alone changes: a band about 0, as a seed is no better than another. */
export function effectRows({ labels, architecture, interaction, seed }: Board): EffectRow[] {
  const of = (group: string, effects: readonly FactorialEffectFieldsFragment[]) =>
    effects.map((effect): EffectRow => {
      const { estimate, low, high } = effect.difference;
      const [at, from, to] = [estimate ?? null, low ?? null, high ?? null];
      const text = isNumber(at) ? `${signed(at)}${isNumber(from) && isNumber(to) ? ` (${interval(from, to)})` : ""}` : "not yet"; // biome-ignore format: one line
      return { group, name: effect.level, at, low: from, high: to, text, effect };
    });
  return [
    ...of("Relabelling", labels),
    ...of("New architecture", architecture),
    ...of("Interaction", interaction),
    ...(seed
      ? [{ group: "Another seed alone", name: "SD of one arm", at: null, low: -seed.sd, high: seed.sd, text: `±${seed.sd.toFixed(3)} (${seed.low.toFixed(3)} to ${seed.high.toFixed(3)})`, effect: null }] // biome-ignore format: one line
      : []),
  ];
}

export function factorialCsv(board: Board): string {
  const rows: Cell[][] = effectRows(board).map(({ group, name, at, low, high, effect }) => [group, name, effect?.reference, at, low, high, effect?.difference.seeds ?? board.seed?.seeds, effect?.difference.verdict]); // biome-ignore format: one line
  const cells: Cell[][] = board.cells.map(({ labels, architecture, mean, sd, seeds }) => ["cell", `${labels}, ${architecture}`, null, mean, sd, null, seeds, null]); // biome-ignore format: one line
  return csvText(["of", "level", "reference", "estimate or mean", "low or SD", "high", "seeds", "verdict"], [...rows, ...cells]); // biome-ignore format: one line
}
