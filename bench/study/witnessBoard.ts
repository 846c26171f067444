/** @file A witness study's board as figures, and as a table for people. */
import type { TesseraClient } from "@tessera/client/client";

interface Point {
  readonly rate: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly score: {
    readonly mean: number | null;
    readonly sd: number | null;
    readonly seeds: number;
    readonly items: number;
  };
}

export interface WitnessBoard {
  readonly answer: string;
  readonly chanceCeiling: number;
  readonly tiles: number;
  readonly testBags: number;
  readonly curves: readonly {
    readonly pooling: string;
    readonly limitText: string;
    readonly points: readonly Point[];
  }[];
}

const document = `query ($id: UUID!) { experiment(id: $id) { witnessStudy {
  answer chanceCeiling tiles testBags
  curves { pooling limitText limit { estimate low high seeds below above }
    points { rate low high score { mean sd seeds items } } } } } }`;

export async function readWitnessBoard(client: TesseraClient, id: string): Promise<WitnessBoard> {
  return (await client.query<{ experiment: { witnessStudy: WitnessBoard } }>(document, { id })).experiment.witnessStudy;
}

const show = (value: number | null) => value?.toFixed(3) ?? "–";

export function printWitnessBoard({ curves, chanceCeiling, tiles, testBags, answer }: WitnessBoard): void {
  console.error(
    `· Test AUC, mean ± SD over seeds, n = ${testBags} bags of ${tiles} tiles; chance stays below ${show(chanceCeiling)}`,
  );
  for (const { pooling, points, limitText } of curves) {
    const cells = points.map(
      ({ rate, score }) => `${100 * rate} %: ${show(score.mean)} ± ${show(score.sd)} (${score.seeds})`,
    );
    console.error(`  ${pooling.padEnd(22)} ${cells.join("  ")}; not told from chance below: ${limitText}`);
  }
  console.error(`· ${answer}`);
}
