/** @file A network's starting weights, by the configuration, and what is to be said of them. */
import * as tf from "@tensorflow/tfjs";
import { type StartingWeights, startingSource } from "@tessera/domain/configuration/training";
import type { TrainerEvent } from "@tessera/domain/events";
import { parseGraph } from "@tessera/domain/weights/graph";
import { foldedBias } from "@tessera/domain/weights/importReport";
import { recognise } from "@tessera/domain/weights/recognise";
import { type DeadFilters, reportText, type WeightsReport } from "@tessera/domain/weights/report";
import { lookUp, normalizedValues } from "@tessera/models/augmentation/normalize";
import { calibrate } from "@tessera/models/weights/import/calibrate";
import type { NamedWeights } from "@tessera/models/weights/named";
import type { StartPart } from "@tessera/models/weights/start";
import { partText } from "@tessera/models/weights/start";
import { drawn, isMovingAverage, statisticsOf } from "@tessera/models/weights/statistics";
import { readCheckpoint, scoredWeights } from "./checkpoint.ts";
import type { TrainingItem } from "./items.ts";
import type { Network } from "./network.ts";
import { readSafetensors } from "./safetensors.ts";
import type { ImportedFiles, TrainOptions } from "./trainOptions.ts";

interface Source {
  readonly weights: NamedWeights;
  /** Whether batch normalisation was folded into its kernels. */
  readonly folded: boolean;
  readonly deadFilters: readonly DeadFilters[];
}

export type StartOptions = Pick<
  TrainOptions,
  "configuration" | "seed" | "items" | "startingWeights" | "importedWeights" | "storeBlob"
>;

/** Of the training items in their order: the first that many. */
const calibrationItems = 32;

/** Sets what the configuration asks for; nothing where that is random. The whole report is stored as a file, too. */
export async function start(options: StartOptions, network: Pick<Network, "transfer">): Promise<TrainerEvent[]> {
  const { startingWeights } = options.configuration;
  const source = await sourceOf(options);
  if (source === null || startingWeights.kind === "random") return [];
  const part = partOf(startingWeights);
  const fresh = startingWeights.kind === "statistics";
  const weights = fresh ? drawn(statisticsOf(source.weights, source.folded), options.seed) : source.weights;
  const { loaded, skipped, report } = network.transfer(weights, part);
  const whole = fresh ? asDrawn(report, source) : asImported(report, source);
  const sha256 = await options.storeBlob(Buffer.from(JSON.stringify(whole)), "application/json");
  const log = (message: string, level: "info" | "warning" = "info"): TrainerEvent => ({ type: "log", level, message });
  return [
    log(`Starting weights (${partText(part)}): ${loaded.length} loaded: ${loaded.join(", ")}`),
    ...(skipped.length === 0
      ? []
      : [log(`Starting weights: ${skipped.length} skipped: ${skipped.join(", ")}`, "warning")]),
    log(`Report of the starting weights, whole at /files/${sha256}: ${reportText(whole)}`),
  ];
}

const partOf = ({ part, blocks }: Exclude<StartingWeights, { kind: "random" }>): StartPart =>
  part === "firstBlocks" ? { firstBlocks: blocks! } : part;

async function sourceOf({
  configuration,
  startingWeights,
  importedWeights,
  items,
}: Omit<StartOptions, "storeBlob">): Promise<Source | null> {
  const source = startingSource(configuration.startingWeights);
  if (source?.kind === "imported" && importedWeights !== undefined) {
    return calibrated(importedWeights, items.train, configuration.model.size);
  }
  if (source === null || startingWeights === null) return null;
  return { weights: scoredWeights(readCheckpoint(startingWeights)), folded: false, deadFilters: [] };
}

async function calibrated(files: ImportedFiles, items: readonly TrainingItem[], size: number): Promise<Source> {
  const { tensors } = readSafetensors(files.weights);
  const net = recognise(parseGraph(Buffer.from(files.graph).toString("utf8")), tensors);
  const chosen = items.slice(0, calibrationItems);
  const pixels = new Float32Array(chosen.length * size * size * 3);
  for (const [index, item] of chosen.entries()) {
    const { image } = await item.read();
    lookUp(image, normalizedValues, pixels.subarray(index * image.length));
  }
  const images = tf.tensor4d(pixels, [chosen.length, size, size, 3]);
  try {
    return { folded: true, ...calibrate(net, tensors, images) };
  } finally {
    images.dispose();
  }
}

/** What is a batch normalisation's was not in the source as it is. */
function asImported(report: WeightsReport, { folded, deadFilters }: Source): WeightsReport {
  if (!folded) return report;
  const isNorm = (name: string) => name.includes("/norm/");
  const norms = report.loaded.filter(isNorm).map((name) => ({ name, how: foldedBias }));
  return {
    ...report,
    loaded: report.loaded.filter((name) => !isNorm(name)),
    adapted: [...report.adapted, ...norms],
    deadFilters,
  };
}

function asDrawn(report: WeightsReport, { folded, deadFilters }: Source): WeightsReport {
  const scope = folded ? "kernels by output channel" : "kernels whole, depthwise ones by channel";
  const how = `drawn anew with the mean and variance of the source's: ${scope}`;
  const all = [...report.loaded, ...report.adapted.map(({ name }) => name)];
  const kept = "moving averages follow the data: they keep their start";
  const skipped = report.skipped.map(({ name, why }) => ({ name, why: isMovingAverage(name) ? kept : why }));
  return { loaded: [], adapted: all.map((name) => ({ name, how })), skipped, deadFilters };
}
