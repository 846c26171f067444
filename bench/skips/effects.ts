/** @file The study's board, read as the dashboard reads it: the effect of every level, with what else differs. */
import type { TesseraClient } from "@tessera/client/client";

interface Difference {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string | null;
}

interface Level {
  readonly level: string;
  readonly parameters: number;
  readonly receptiveField: number;
  readonly dice: Difference | null;
  readonly equivalentError: Difference | null;
  readonly largestShare: Difference | null;
  readonly pieceExcess: Difference | null;
}

export interface Effects {
  readonly name: string;
  readonly reference: string;
  readonly levels: readonly Level[];
}

const difference = "{ estimate low high verdict }";
const document = `query ($id: UUID!) { experiment(id: $id) { unetStudy { factors { name reference levels {
  level parameters receptiveField dice ${difference} equivalentError ${difference} largestShare ${difference}
  pieceExcess ${difference} } } } } }`;

export async function effectsOf(client: TesseraClient, id: string): Promise<readonly Effects[]> {
  type Answer = { experiment: { unetStudy: { factors: Effects[] } } };
  const { experiment } = await client.query<Answer>(document, { id });
  return experiment.unetStudy.factors;
}

export function printEffects(effects: readonly Effects[]): void {
  for (const { name, reference, levels } of effects) {
    console.error(`· ${name}, against "${reference}":`);
    for (const level of levels) {
      const what = `${level.level.padEnd(8)} ${(level.parameters / 1e3).toFixed(0)} k weights, sees ${Math.round(level.receptiveField)} px`;
      if (level.dice === null) console.error(`  ${what}: the reference`);
      else
        console.error(
          `  ${what}: Dice ${text(level.dice)}; error, px ${text(level.equivalentError)}; largest piece ${text(level.largestShare)}; pieces too many ${text(level.pieceExcess)}`,
        );
    }
  }
}

function text(difference: Difference | null): string {
  if (difference === null || difference.estimate === null) return "–";
  const { estimate, low, high, verdict } = difference;
  const interval = low === null || high === null ? "" : ` (${low.toFixed(3)} to ${high.toFixed(3)})`;
  return `${estimate.toFixed(3)}${interval} ${verdict?.toLowerCase() ?? ""}`;
}
