/**
 * @file The door: one run from its starting weights, or from a checkpoint, to its evaluation.
 *
 * The same configuration, seed, items and thread count give the same numbers bit for bit, in one process or in several
 * that continue each other. Nothing here knows a database, a file or an image format: all of it comes in as functions.
 */
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { DomainError } from "@tessera/domain/errors";
import type { TrainerEvent } from "@tessera/domain/events";
import type { Fold } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { stepsPerEpoch } from "./batchOrder.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { evaluate } from "./evaluate.ts";
import type { TrainingItems } from "./items.ts";
import { Loop } from "./loop.ts";
import { openNetwork } from "./network.ts";
import { type Emit, Reporter } from "./reporter.ts";
import { scoreSizes } from "./score.ts";

export interface TrainOptions {
  readonly configuration: SegmentationConfiguration;
  readonly seed: number;
  readonly items: TrainingItems;
  /** A checkpoint of the run that `configuration.startingWeights` names; null where it names none. */
  readonly startingWeights: Uint8Array | null;
  /** The newest "latest" checkpoint of this run, or null to begin. */
  readonly resume: Uint8Array | null;
  /** Folds already scored by an earlier attempt: test is scored once. */
  readonly scored: readonly Fold[];
  /** Most threads; null: as many as the configuration says. */
  readonly maxThreads: number | null;
  /** Checkpoints within an epoch, besides the one at its end; null: none. */
  readonly checkpointEverySteps: number | null;
  /** Events given together take effect together. Resolves when they are safe. */
  readonly emit: Emit;
  readonly storeBlob: (bytes: Uint8Array, mediaType: string) => Promise<string>;
  readonly readBlob: (sha256: string) => Promise<Uint8Array>;
  /** @param mask [size*size], 0 or 1. @returns PNG, 8-bit grey, 0 or 255 */
  readonly encodeMask: (mask: Uint8Array, size: number) => Promise<Uint8Array>;
  /** Looked at before every step. Either way a checkpoint is left behind. */
  readonly shouldStop: () => "cancel" | "stop" | null;
}

export type TrainOutcome = "succeeded" | "cancelled" | "stopped";

/** @throws DomainError for what a person can mend: a loss that is not finite, weights that do not fit, a fold without items */
export async function train(options: TrainOptions): Promise<TrainOutcome> {
  const { configuration, seed, items, resume, startingWeights } = options;
  for (const fold of ["train", "validation", "test"] as const) {
    if (items[fold].length === 0)
      throw new DomainError("CONFLICT", `The split has no item in ${fold}; choose another split`);
  }
  const { batchSize } = configuration;
  const sizes = (["validation", "test"] as const).flatMap((fold) => scoreSizes(items[fold].length, batchSize));
  const threads = Math.min(configuration.threads, options.maxThreads ?? configuration.threads);
  const engine = await initEngine({ threads });
  const network = openNetwork(configuration, seed, sizes);
  const reporter = new Reporter(options.emit);
  try {
    const loop = new Loop(options, network, reporter);
    const about = [
      log(`TensorFlow ${engine.version} on ${engine.device}, ${threads} thread(s)`),
      ...(threads < configuration.threads
        ? [
            log(
              `The configuration asks for ${configuration.threads} threads, this worker gives ${threads}; the last bits of the curve depend on it`,
              "warning",
            ),
          ]
        : []),
    ];
    if (resume !== null) {
      const { step, epoch } = loop.continueFrom(readCheckpoint(resume));
      about.push(log(`Continues at step ${step}, ${epoch} of ${configuration.epochs} epochs done`));
    } else {
      const steps = stepsPerEpoch(items.train.length, batchSize);
      about.push(log(`${items.train.length} training items, ${steps} steps per epoch, ${configuration.epochs} epochs`));
      if (startingWeights !== null) about.push(...loadStartingWeights(network, configuration, startingWeights));
    }
    await reporter.report(...about, loop.progress("training"));
    const halted = (await loop.run()) ?? (await evaluate(options, network, reporter, loop));
    return halted === null ? "succeeded" : halted === "cancel" ? "cancelled" : "stopped";
  } finally {
    network.dispose();
  }
}

function loadStartingWeights(
  network: ReturnType<typeof openNetwork>,
  { startingWeights }: SegmentationConfiguration,
  bytes: Uint8Array,
): TrainerEvent[] {
  const part = startingWeights.kind === "run" ? startingWeights.part : "all";
  const { loaded, skipped } = network.transfer(readCheckpoint(bytes).weights, part);
  return [
    log(`Starting weights (${part}): ${loaded.length} loaded: ${loaded.join(", ")}`),
    ...(skipped.length === 0
      ? []
      : [log(`Starting weights: ${skipped.length} skipped: ${skipped.join(", ")}`, "warning")]),
  ];
}

const log = (message: string, level: "info" | "warning" = "info"): TrainerEvent => ({ type: "log", level, message });
