/** @file A transfer board, as read from the API, and its own sentences. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";

export interface Gap {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string | null;
  readonly reason: string;
}

export interface Cell {
  readonly fraction: number;
  readonly trainItems: number;
  readonly budget: number | null;
  readonly score: {
    readonly mean: number | null;
    readonly sd: number | null;
    readonly seeds: number;
    readonly items: number;
  };
  /** null of the reference */
  readonly finalGap: Gap | null;
  readonly stepsToTarget: readonly { readonly seed: number; readonly steps: number | null }[];
  readonly speedGap: { readonly reason: string } | null;
}

export interface Board {
  readonly metric: { readonly name: string; readonly label: string };
  readonly chance: number | null;
  readonly reference: string;
  readonly fractions: readonly number[];
  readonly arms: readonly {
    readonly name: string;
    readonly cells: readonly Cell[];
    readonly verdict: string | null;
    readonly closing: { readonly sentence: string } | null;
    readonly pretraining: { readonly sentence: string };
  }[];
  readonly verdict: string;
  readonly notes: readonly string[];
}

/** On the test fold. @throws DomainError UNAVAILABLE where the experiment is no transfer study */
export async function readBoard(client: TesseraClient, experimentId: string): Promise<Board> {
  const document = `query ($id: UUID!) { experiment(id: $id) { transferStudy {
    metric { name label } chance reference fractions verdict notes
    arms { name verdict closing { sentence } pretraining { sentence } cells {
      fraction trainItems budget score { mean sd seeds items } finalGap { estimate low high verdict reason }
      stepsToTarget { seed steps } speedGap { reason } } } } } }`;
  const { experiment } = await client.query<{ experiment: { transferStudy: Board | null } }>(document, {
    id: experimentId,
  });
  if (!experiment.transferStudy) throw new DomainError("UNAVAILABLE", "All runs ended, yet there is no board to read");
  return experiment.transferStudy;
}

const digits = (value: number | null) => (value === null ? "–" : value.toFixed(3));
const percent = (fraction: number) => `${Number((100 * fraction).toPrecision(3))} %`;

/** A table of scores, then what the board says. */
export function boardLines({ metric, chance, arms, verdict, notes }: Board): string[] {
  const width = Math.max(...arms.map(({ name }) => name.length));
  const reference = arms[0]?.cells ?? [];
  const heads = reference.map(({ fraction, trainItems }) => `${percent(fraction)} (${trainItems} items)`.padEnd(18));
  const { items = 0, seeds = 0 } = reference[0]?.score ?? {};
  return [
    `Test ${metric.label}, chance ${digits(chance)}, n = ${items} items, ${seeds} seeds; in brackets the training items`,
    `  ${"".padEnd(width)}  ${heads.join("  ")}`,
    ...arms.map(({ name, cells }) => {
      const scores = cells.map(({ score }) => `${digits(score.mean)} ± ${digits(score.sd)} SD`.padEnd(18));
      return `  ${name.padEnd(width)}  ${scores.join("  ")}`;
    }),
    ...arms.flatMap((arm) =>
      [arm.verdict, arm.closing?.sentence].flatMap((each) => (each ? [`  ${arm.name}: ${each}`] : [])),
    ),
    `  ${verdict}`,
    ...notes.map((note) => `  ${note}`),
  ];
}
