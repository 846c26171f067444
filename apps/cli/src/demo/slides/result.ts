/** @file The ladder's AUCs as read from the API, in words for people and as one JSON line for scripts. */
import type { TesseraClient } from "@tessera/client/client";
import { DomainError } from "@tessera/domain/errors";
import { bag, witnessRate } from "./dataset.ts";
import { type Rung, rungs } from "./ladder.ts";

export interface RungScore {
  readonly arm: Rung;
  /** Over the repeats; null where no repeat is whole. */
  readonly mean: number | null;
  /** Over the repeats; null of one. */
  readonly sd: number | null;
  /** Bags. */
  readonly n: number;
  readonly perRepeat: readonly number[];
}

/** On the test folds, in the ladder's order. @throws DomainError UNAVAILABLE where the experiment has no score of a rung */
export async function readLadder(client: TesseraClient, id: string): Promise<RungScore[]> {
  const { experiment } = await client.query<{ experiment: { crossValidatedScores: RungScore[] } }>(
    `query ($id: UUID!) { experiment(id: $id) { crossValidatedScores(metric: "auc") { arm mean sd n perRepeat } } }`,
    { id },
  );
  return (Object.keys(rungs) as Rung[]).map((rung) => {
    const score = experiment.crossValidatedScores.find(({ arm }) => arm === rung);
    if (!score) throw new DomainError("UNAVAILABLE", `All runs ended, yet there is no score of "${rung}"`);
    return score;
  });
}

const digits = (value: number | null) => (value === null ? "–" : value.toFixed(3));

export function ladderLines(scores: readonly RungScore[]): string[] {
  const { n = 0, perRepeat = [] } = scores[0] ?? {};
  const width = Math.max(...scores.map(({ arm }) => arm.length));
  const percent = Number((100 * witnessRate).toPrecision(3));
  return [
    `AUC on test bags, chance 0.500, n = ${n} bags, 3-fold cross-validation, repeats: ${perRepeat.length}; ± SD over the repeats`,
    ...scores.map(({ arm, mean, sd }) => `  ${arm.padEnd(width)}  ${digits(mean)} ± ${digits(sd)}`),
    `  In a bag with tumour ${bag.witnesses} of ${bag.tiles} tiles show it (${percent} %); a bag without has none.`,
    `  The slide's label on every tile is wrong for ${bag.tiles - bag.witnesses} of the ${bag.tiles} tiles of such a bag: it teaches how bags differ, not what tumour looks like.`,
    `  A mean shrinks the witnesses' signal by ${bag.tiles / bag.witnesses}, below what bags differ by anyway (stain, look-alikes).`,
    "  A maximum keeps the strongest tile whole however many others there are; attention can too, once it has learnt which tiles to weigh.",
    "  The features are synthetic, the witnesses planted: this shows how poolings behave, not how well they read real slides.",
  ];
}

export const jsonLine = (scores: readonly RungScore[]): string =>
  JSON.stringify({
    auc: Object.fromEntries(scores.map(({ arm, mean, sd }) => [arm, { mean, sd }])),
    witnessRate,
  });
