/** @file A ladder's AUCs from the product's boards, each with its difference from the first rung. */
import type { TesseraClient } from "@tessera/client/client";

interface Difference {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string | null;
}

export interface RungScore {
  readonly arm: string;
  readonly mean: number | null;
  /** Over the repeats. */
  readonly sd: number | null;
  /** Slides. */
  readonly n: number;
  readonly perRepeat: readonly number[];
  /** Null of the first. */
  readonly difference: Difference | null;
}

export async function readScores(
  client: TesseraClient,
  id: string,
  arms: readonly { readonly name: string }[],
): Promise<RungScore[]> {
  const { experiment } = await client.query<{ experiment: { crossValidatedScores: Omit<RungScore, "difference">[] } }>(
    `query ($id: UUID!) { experiment(id: $id) { crossValidatedScores(metric: "auc") { arm mean sd n perRepeat } } }`,
    { id },
  );
  return Promise.all(
    experiment.crossValidatedScores.map(async (score) => {
      if (score.arm === arms[0]!.name) return { ...score, difference: null };
      const { experiment: compared } = await client.query<{
        experiment: { classificationComparison: { difference: Difference } | null };
      }>(
        `query ($id: UUID!, $a: String!, $b: String!) { experiment(id: $id) {
          classificationComparison(armA: $a, armB: $b, metric: "auc") { difference { estimate low high verdict } } } }`,
        { id, a: arms[0]!.name, b: score.arm },
      );
      return { ...score, difference: compared.classificationComparison?.difference ?? null };
    }),
  );
}
