/**
 * @file The door: one run from its starting weights, or from a checkpoint, to its evaluation.
 *
 * The same configuration, seed, items and thread count give the same numbers bit for bit, in one process or in several
 * that continue each other. Nothing here knows a database, a file or an image format: all of it comes in as functions.
 */
import { keepsLastEpoch } from "@tessera/domain/configuration/choice";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { epochSteps } from "@tessera/domain/configuration/training";
import { DomainError } from "@tessera/domain/errors";
import type { TrainerEvent } from "@tessera/domain/events";
import { subsetSize } from "@tessera/domain/trainingSubset";
import { folds } from "@tessera/domain/words";
import { initEngine } from "@tessera/engine/backend";
import { isOutOfMemory } from "@tessera/engine/outOfMemory";
import { readCheckpoint } from "./checkpoint.ts";
import { evaluate } from "./evaluate.ts";
import { Loop } from "./loop.ts";
import { modelText } from "./modelText.ts";
import { openNetwork } from "./network.ts";
import { Reporter } from "./reporter.ts";
import { start } from "./startingWeights.ts";
import { taskOf } from "./taskOf.ts";
import { threadsOf } from "./threads.ts";
import type { TrainFold, TrainOptions } from "./trainOptions.ts";

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
  const { configuration, seed, items, resume } = options;
  for (const fold of folds) {
    if (items[fold].length > 0 || (fold === "validation" && keepsLastEpoch(configuration))) continue;
    const orKeep =
      fold === "validation" && configuration.task === "mil" ? ', or keep the last epoch (choose: "last")' : "";
    throw new DomainError("CONFLICT", `The split has no item in ${fold}; choose another split${orKeep}`);
  }
  const { length: trainItems } = items.train;
  const fold = options.trainFold ?? { items: trainItems, subjects: trainItems, learntSubjects: trainItems };
  if (fold.learntSubjects !== subsetSize(fold.subjects, configuration.trainingFraction)) {
    throw new RangeError(
      `train: ${fold.learntSubjects} of ${fold.subjects} training subjects are not the fraction ${configuration.trainingFraction}`,
    );
  }
  const { classes, exclusive } = options;
  const task = taskOf(configuration, {
    ...(classes !== undefined && { classes }),
    ...(exclusive !== undefined && { exclusive }),
    items: folds.flatMap((fold) => items[fold]),
  });
  task.checkItems(items);
  await task.prepare(items);
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
      const steps = epochSteps(trainItems, configuration);
      about.push(log(`${learntText(trainItems, fold)}, ${steps} steps per epoch, ${configuration.epochs} epochs`));
      about.push(...(await start(options, network)));
    }
    await reporter.report(...about, loop.progress("training"));
    const halted = (await loop.run()) ?? (await evaluate(options, task, network, reporter, loop));
    return halted === null ? "succeeded" : halted === "cancel" ? "cancelled" : "stopped";
  } finally {
    network.dispose();
  }
}

function learntText(learnt: number, { items, subjects, learntSubjects }: TrainFold): string {
  if (learnt === items) return `${items} training items`;
  const ofSubjects = subjects === items ? "" : ` (${learntSubjects} of ${subjects} subjects)`;
  return `Learns from ${learnt} of ${items} training items${ofSubjects}`;
}

function tooLarge({ batchSize, model }: RunConfiguration, error: Error): DomainError {
  return new DomainError(
    "TOO_LARGE",
    `Memory ran out: a batch of ${batchSize} at ${modelText(model)} does not fit. ` +
      "Use a smaller batch, a smaller image size or fewer filters, or a worker with more memory. " +
      `TensorFlow's words: ${error.message}`,
    { batchSize },
    error,
  );
}

const log = (message: string, level: "info" | "warning" = "info"): TrainerEvent => ({ type: "log", level, message });
