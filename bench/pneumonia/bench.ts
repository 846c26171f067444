/**
 * @file PneumoniaMNIST through the product: a narrow ResNet-18 with a 3 x 3 stem, official test rows, each seed beside MedMNIST v2's
 * figures. The design is the file beside this one; a second call continues it.
 *
 *   npm run bench -- pneumonia      needs ../shared/data/pneumoniamnist, or PNEUMONIAMNIST
 *
 * Differs from MedMNIST v2 (Yang et al. 2023): a quarter of the width, 20 epochs of 100, and training rows that are equal to
 * another become one item.
 */
import { classificationMetrics, metricOfRun } from "@tessera/analysis/classification/metrics";
import { type Prediction, predictionTable } from "@tessera/analysis/classification/table";
import { meanAndSd } from "@tessera/analysis/summary";
import type { TesseraClient } from "@tessera/client/client";
import type { Bench } from "../main.ts";
import { type ArmsDesign, readDesign } from "../study/design.ts";
import { runStudy } from "../study/run.ts";
import { pneumoniaMnist } from "../study/sets.ts";

/** Yang et al. 2023: ResNet-18 at 28 x 28. The majority is pneumonia, 390 of 624 test rows. */
const published = { auc: 0.944, accuracy: 0.854 };
const shown = ["auc", "accuracy", "averagePrecision", "sensitivityAtSpecificity"] as const;
const specificity = 0.95;

type Scores = Record<(typeof shown)[number], number>;

interface Run {
  readonly seed: number;
  readonly evaluation: {
    readonly labelVersion: { readonly classes: string[] };
    readonly predictions: readonly Prediction[];
  };
}

export const bench: Bench = {
  about: "PneumoniaMNIST, ResNet-18 with a 3 x 3 stem: test AUC and accuracy by seed, and the time",
  run() {
    const design = readDesign<ArmsDesign>(import.meta.url);
    return runStudy("pneumonia", design, pneumoniaMnist, async ({ client, experimentId, seconds }) => {
      const runs = await scoredRuns(client, experimentId);
      const [truths, seeds] = [truthsOf(runs[0]!), runs.map(scoresOf)];
      const majority = Math.max(...truths) / truths.reduce((sum, each) => sum + each);
      const mean = (name: (typeof shown)[number]) => meanAndSd(seeds.map((each) => each[name]));
      const means = Object.fromEntries(shown.map((name) => [name, mean(name)]));
      console.error(
        `· ${runs[0]!.evaluation.predictions.length} test items, ${seeds.length} seeds, majority ${majority.toFixed(3)}`,
      );
      for (const name of shown) {
        const { mean: value, sd } = mean(name);
        const beside = name in published ? `, MedMNIST v2 ${published[name as keyof typeof published]}` : "";
        console.error(`· ${name}: ${value!.toFixed(3)} ± ${(sd ?? 0).toFixed(3)}${beside}`);
      }
      return { fold: "test", majority, published, seeds, means, trainingSeconds: Math.round(seconds) };
    });
  },
};

async function scoredRuns(client: TesseraClient, id: string): Promise<Run[]> {
  const { experiment } = await client.query<{ experiment: { runs: Run[] } }>(
    `query ($id: UUID!) { experiment(id: $id) { runs { seed evaluation(fold: TEST) {
      labelVersion { classes } predictions { itemId truth probabilities } } } } }`,
    { id },
  );
  return experiment.runs.toSorted((a, b) => a.seed - b.seed);
}

/** Items of each class. */
const truthsOf = ({ evaluation: { labelVersion, predictions } }: Run): number[] =>
  labelVersion.classes.map((_, index) => predictions.filter(({ truth }) => truth[index] === 1).length);

function scoresOf({ seed, evaluation: { labelVersion, predictions } }: Run): Scores & { seed: number } {
  const table = predictionTable(predictions, { classes: labelVersion.classes, exclusive: true });
  const value = (name: string) =>
    metricOfRun(classificationMetrics.find((each) => each.name === name)!, table, specificity)!;
  return { seed, ...(Object.fromEntries(shown.map((name) => [name, value(name)])) as Scores) };
}
