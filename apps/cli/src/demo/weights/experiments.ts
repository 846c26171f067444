/** @file The demo's question as two experiments: the pretraining run, and the comparison of two starting weights. */
import type { TesseraClient } from "@tessera/client/client";
import { type SegmentationConfiguration, segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import { ensureExperiment } from "../../experiments.ts";
import { setName, type WeightsOptions } from "../options.ts";
import { projectName, type ReadyDataset } from "../readyDataset.ts";

export const arms = { random: "random weights", domain: "encoder from another domain" } as const;

function configuration(options: WeightsOptions, threads: number): SegmentationConfiguration {
  return {
    ...segmentationDefaults,
    model: { ...segmentationDefaults.model, size: options.size },
    // The synthetic set is small: smaller batches give it enough steps to learn in the same number of epochs.
    batchSize: options.kvasir === null ? 4 : segmentationDefaults.batchSize,
    epochs: options.epochs,
    threads,
  };
}

export function pretraining(client: TesseraClient, options: WeightsOptions, data: ReadyDataset, threads: number) {
  const base = configuration(options, threads);
  return ensureExperiment(client, {
    ...data,
    projectName,
    name: `Pretraining on another domain, ${describe(options)}`,
    question: "Gives the encoder that the second arm of the comparison starts from",
    base,
    arms: [{ name: arms.random, changes: {} }],
    seeds: [options.seed],
    equivalenceMargin: null,
  });
}

export function comparison(
  client: TesseraClient,
  options: WeightsOptions,
  data: ReadyDataset,
  pretrainedRun: string,
  threads: number,
) {
  const startingWeights = { kind: "run", runId: pretrainedRun, part: "encoder" };
  return ensureExperiment(client, {
    ...data,
    projectName,
    name: `Do starting weights matter? ${describe(options)}`,
    question: "Does an encoder trained on another domain beat random weights here?",
    base: configuration(options, threads),
    arms: [
      { name: arms.random, changes: {} },
      { name: arms.domain, changes: { startingWeights } },
    ],
    seeds: Array.from({ length: options.seeds }, (_, index) => index + 1),
    equivalenceMargin: 0.02,
  });
}

function describe({ kvasir, items, size, epochs, seeds, seed }: WeightsOptions): string {
  const set = kvasir === null ? `world ${seed}` : setName(kvasir) + (seed === 1 ? "" : `, pretraining world ${seed}`);
  return `${set}, ${items ?? "all"} items, ${size} px, ${epochs} epochs, ${seeds} seeds`;
}
