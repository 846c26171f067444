/** @file The ladder of poolings as one cross-validated experiment: the same bags, folds and budget for every arm. */
import type { TesseraClient } from "@tessera/client/client";
import { type MilConfiguration, type MilRunModel, milDefaults } from "@tessera/domain/configuration/milRun";
import { ensureExperimentBy, requeueBroken } from "../../experiments.ts";
import type { SlidesOptions } from "../options.ts";
import { projectName, type ReadyDataset } from "../readyDataset.ts";

const tilePart = { encoder: [32], dropout: 0.3 } as const;

/** From the one that asks least of the bag to the one that learns where to look. */
export const rungs = {
  "slide-label-to-tiles": { family: "tileLabelMil", ...tilePart },
  "embedding-mean": { family: "embeddingMil", pooling: "mean", ...tilePart },
  "embedding-max": { family: "embeddingMil", pooling: "max", ...tilePart },
  attention: { family: "attentionMil", attention: "gated", hidden: 16, ...tilePart },
} as const satisfies Record<string, MilRunModel>;
export type Rung = keyof typeof rungs;

const folds = 3;

const configuration = (model: MilRunModel, epochs: number): MilConfiguration => ({
  ...milDefaults,
  model,
  optimizer: { ...milDefaults.optimizer, learningRate: 1e-2 },
  batchSize: 4,
  epochs,
  threads: 1,
});

/** @returns its id */
export async function poolingLadder(
  client: TesseraClient,
  { seed, seeds, items, epochs }: SlidesOptions,
  { labelVersionId }: ReadyDataset,
): Promise<string> {
  const experiment = await ensureExperimentBy(client, "createCrossValidation", "CreateCrossValidationInput", {
    projectName,
    // The repeats are in it: folds are frozen by them.
    name: `Which pooling finds 1 tile in 200? world ${seed}, ${items} bags, ${epochs} epochs, ${seeds} repeats`,
    question: "Which pooling still tells a bag's label where one tile in 200 carries it?",
    labelVersionId,
    base: configuration(rungs["embedding-mean"], epochs),
    arms: Object.entries(rungs).map(([name, model]) => ({ name, changes: { model } })),
    folds,
    repeats: seeds,
    seed,
    equivalenceMargin: null,
  });
  await requeueBroken(client, experiment.runs);
  return experiment.id;
}
