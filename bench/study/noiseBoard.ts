/** @file A noise study's board as figures, and as a table for people. */
import type { TesseraClient } from "@tessera/client/client";

interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

interface Difference extends Interval {
  readonly estimate: number | null;
  readonly verdict: string | null;
}

interface Curve {
  readonly method: string;
  readonly points: readonly (Interval & {
    level: number;
    x: number | null;
    score: { mean: number | null; sd: number | null; seeds: number; items: number };
  })[];
  readonly area: (Interval & { mean: number; sd: number | null }) | null;
  readonly areaDifference: Difference | null;
  readonly breakdown: (Interval & { estimate: number; reached: number; seeds: number; last: number }) | null;
}

export interface NoiseBoard {
  readonly chance: number | null;
  readonly chanceText: string;
  readonly verdict: string;
  readonly versions: readonly { text: string; effectiveRate: number | null; dice: number | null }[];
  readonly noises: readonly {
    name: string;
    evaluationLevels: readonly number[];
    curves: readonly Curve[];
    grid: readonly {
      method: string;
      trainingLevel: number;
      evaluationLevel: number;
      mean: number | null;
      sd: number | null;
      items: number;
    }[];
    swaps: readonly {
      trainingLevel: number;
      evaluationLevel: number;
      better: string;
      worse: string;
      decided: boolean;
    }[];
  }[];
}

const document = `query ($id: UUID!) { experiment(id: $id) { noiseStudy {
  chance chanceText verdict versions { text effectiveRate dice }
  noises { name evaluationLevels
    curves { method points { level x low high score { mean sd seeds items } } area { mean sd low high }
      areaDifference { estimate low high verdict } breakdown { estimate low high reached seeds last } }
    grid { method trainingLevel evaluationLevel mean sd items }
    swaps { trainingLevel evaluationLevel better worse decided } } } } }`;

export async function readNoiseBoard(client: TesseraClient, id: string): Promise<NoiseBoard> {
  return (await client.query<{ experiment: { noiseStudy: NoiseBoard } }>(document, { id })).experiment.noiseStudy;
}

const show = (value: number | null) => (value === null ? "–" : value.toFixed(3));
const withSd = (mean: number | null, sd: number | null) => `${show(mean)} ± ${show(sd)}`;

export function printNoiseBoard({ noises, versions, chance, chanceText, verdict }: NoiseBoard): void {
  console.error(`· Chance: ${show(chance)} (${chanceText})`);
  for (const { text, effectiveRate, dice } of versions)
    console.error(
      `  ${text}: ${show(effectiveRate)} of the items changed, their mean Dice with what they were ${show(dice)}`,
    );
  for (const { name, curves, grid, evaluationLevels, swaps } of noises) {
    console.error(`· ${name}: training noise down, evaluation noise across (${evaluationLevels.join(", ")})`);
    for (const { method, points, area, areaDifference, breakdown } of curves) {
      console.error(`  ${method}`);
      for (const { level } of points) {
        const row = grid.filter((cell) => cell.method === method && cell.trainingLevel === level);
        const cells = row.map(({ mean, sd, items }) => `${withSd(mean, sd)} (n ${items})`);
        console.error(`    ${String(level).padEnd(6)} ${cells.join("  ")}`);
      }
      const against = areaDifference
        ? `, against the first ${show(areaDifference.estimate)} (${show(areaDifference.low)} to ${show(areaDifference.high)})`
        : "";
      const broken = breakdown
        ? `${breakdown.reached < breakdown.seeds ? "at least " : ""}${show(breakdown.estimate)} (${breakdown.reached} of ${breakdown.seeds} seeds)`
        : "none";
      console.error(
        `    mean over the range ${withSd(area?.mean ?? null, area?.sd ?? null)}${against}; breakdown ${broken}`,
      );
    }
    for (const { trainingLevel, evaluationLevel, better, worse, decided } of swaps)
      console.error(`  trained on ${trainingLevel}: ${better} is above ${worse} on clean masks, below on ${evaluationLevel}${decided ? "" : " (means alone)"}`); // biome-ignore format: one line
  }
  console.error(`· ${verdict}`);
}
