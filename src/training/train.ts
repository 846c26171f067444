/**
 * @file The door: one run from its starting weights, or from a checkpoint, to its evaluation.
 *
 * The same configuration, seed, items and thread count give the same numbers bit for bit, in one process or in several
 * that continue each other. Nothing here knows a database, a file or an image format: all of it comes in as functions.
 */
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { DomainError } from "@tessera/domain/errors";
import type { TrainerEvent } from "@tessera/domain/events";
import { initEngine } from "@tessera/engine/backend";
import { isOutOfMemory } from "@tessera/engine/outOfMemory";
import { stepsPerEpoch } from "./batchOrder.ts";
import { readCheckpoint, scoredWeights } from "./checkpoint.ts";
import { evaluate } from "./evaluate.ts";
import { Loop } from "./loop.ts";
import { openNetwork } from "./network.ts";
import { Reporter } from "./reporter.ts";
import { taskOf } from "./taskOf.ts";
import { threadsOf } from "./threads.ts";
import type { TrainOptions } from "./trainOptions.ts";

export type TrainOutcome = "succeeded" | "cancelled" | "stopped";

/**
 * @throws DomainError for what a person can mend: a loss that is not finite, weights that do not fit, a fold without items, a
 * batch that memory does not hold
 */
export async function train(options: TrainOptions): Promise<TrainOutcome> {
  try {
    return await trainHere(options);
  } catch (error) {
    throw isOutOfMemory(error) ? tooLarge(options.configuration, error as Error) : error;
  }
}

async function trainHere(options: TrainOptions): Promise<TrainOutcome> {
  const { configuration, seed, items, resume, startingWeights } = options;
  for (const fold of ["train", "validation", "test"] as const) {
    if (items[fold].length === 0)
      throw new DomainError("CONFLICT", `The split has no item in ${fold}; choose another split`);
  }
  const task = taskOf(configuration, options);
  task.checkItems(items);
  const { batchSize } = configuration;
  const threads = threadsOf(configuration, options.maxThreads);
  const engine = await initEngine({ threads });
  const network = openNetwork(task, seed);
  const reporter = new Reporter(options.emit);
  try {
    const loop = new Loop(options, task, network, reporter);
    const about = [
      log(
        `TensorFlow ${engine.version} on ${engine.device}, ${threads} thread(s), ` +
          `${configuration.precision}, optimiser ${configuration.optimizer.name}`,
      ),
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
    const halted = (await loop.run()) ?? (await evaluate(options, task, network, reporter, loop));
    return halted === null ? "succeeded" : halted === "cancel" ? "cancelled" : "stopped";
  } finally {
    network.dispose();
  }
}

function tooLarge({ batchSize, model }: RunConfiguration, error: Error): DomainError {
  return new DomainError(
    "TOO_LARGE",
    `Memory ran out: a batch of ${batchSize} at ${model.size} x ${model.size} with ${model.baseFilters} filters does not fit. ` +
      "Use a smaller batch, a smaller image size or fewer filters, or a worker with more memory. " +
      `TensorFlow's words: ${error.message}`,
    { batchSize, size: model.size, baseFilters: model.baseFilters },
    error,
  );
}

function loadStartingWeights(
  network: ReturnType<typeof openNetwork>,
  { startingWeights }: RunConfiguration,
  bytes: Uint8Array,
): TrainerEvent[] {
  const part = startingWeights.kind === "run" ? startingWeights.part : "all";
  const { loaded, skipped } = network.transfer(scoredWeights(readCheckpoint(bytes)), part);
  return [
    log(`Starting weights (${part}): ${loaded.length} loaded: ${loaded.join(", ")}`),
    ...(skipped.length === 0
      ? []
      : [log(`Starting weights: ${skipped.length} skipped: ${skipped.join(", ")}`, "warning")]),
  ];
}

const log = (message: string, level: "info" | "warning" = "info"): TrainerEvent => ({ type: "log", level, message });
