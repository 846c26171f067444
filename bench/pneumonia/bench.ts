/**
 * @file PneumoniaMNIST through the product: a narrow ResNet-18 with a 3 x 3 stem, official test rows, each seed beside MedMNIST v2's
 * figures. The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- pneumonia      needs ../shared/data/pneumoniamnist, or PNEUMONIAMNIST
 *
 * Differs from MedMNIST v2 (Yang et al. 2023): a quarter of the width, 8 epochs of 100, and training rows that are equal to
 * another become one item.
 */
import { meanAndSd } from "@tessera/analysis/summary";
import type { TesseraClient } from "@tessera/client/client";
import type { Bench } from "../main.ts";
import { type ArmsDesign, readDesign } from "../study/design.ts";
import { runStudy } from "../study/run.ts";
import { pneumoniaMnist } from "../study/sets.ts";

/** Yang et al. 2023: ResNet-18 at 28 x 28. The majority is pneumonia, 390 of 624 test rows. */
const published: Readonly<Record<string, number>> = { auc: 0.944, accuracy: 0.854 };

interface Scores {
  readonly n: number;
  readonly confusion: readonly (readonly number[])[];
  readonly metrics: readonly { readonly metric: { readonly name: string }; readonly value: number | null }[];
}

interface Run {
  readonly seed: number;
  readonly evaluation: { readonly classification: Scores };
}

export const bench: Bench = {
  about: "PneumoniaMNIST, ResNet-18 with a 3 x 3 stem: test AUC and accuracy by seed, and the time",
  run() {
    const design = readDesign<ArmsDesign>(import.meta.url);
    return runStudy("pneumonia", design, pneumoniaMnist, async ({ client, experimentId, seconds }) => {
      const runs = await scoredRuns(client, experimentId);
      const { n, confusion, metrics } = runs[0]!.evaluation.classification;
      const majority = Math.max(...confusion.map((row) => row.reduce((sum, each) => sum + each))) / n;
      console.error(`· ${n} test items, ${runs.length} seeds, majority ${majority.toFixed(3)}`);
      const means = metrics.map(
        ({ metric: { name } }) => [name, meanAndSd(runs.flatMap((run) => metricOf(run, name) ?? []))] as const,
      );
      for (const [name, { mean, sd }] of means) {
        const beside = published[name] === undefined ? "" : `, MedMNIST v2 ${published[name]}`;
        console.error(`· ${name}: ${mean?.toFixed(3) ?? "undefined"} ± ${sd?.toFixed(3) ?? "–"}${beside}`);
      }
      const seeds = runs.map((run) => ({
        seed: run.seed,
        ...Object.fromEntries(metrics.map(({ metric: { name } }) => [name, metricOf(run, name)])),
      }));
      return {
        fold: "test",
        majority,
        published,
        seeds,
        means: Object.fromEntries(means),
        trainingSeconds: Math.round(seconds),
      };
    });
  },
};

const metricOf = ({ evaluation }: Run, name: string): number | null =>
  evaluation.classification.metrics.find(({ metric }) => metric.name === name)?.value ?? null;

async function scoredRuns(client: TesseraClient, id: string): Promise<Run[]> {
  const { experiment } = await client.query<{ experiment: { runs: Run[] } }>(
    `query ($id: UUID!) { experiment(id: $id) { runs { seed evaluation(fold: TEST) { classification {
      n confusion metrics { metric { name } value } } } } } }`,
    { id },
  );
  return experiment.runs.toSorted((a, b) => a.seed - b.seed);
}
