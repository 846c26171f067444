/** @file The epochs: steps, validation, samples and checkpoints, from any position. */
import { keepsLastEpoch } from "@tessera/domain/configuration/choice";
import { epochSteps } from "@tessera/domain/configuration/training";
import { DomainError } from "@tessera/domain/errors";
import type { CheckpointEvent, ProgressEvent } from "@tessera/domain/events";
import { peakMemory } from "@tessera/engine/memory";
import type { Batch } from "./batch.ts";
import { batchBytes, trainingBatch } from "./batches.ts";
import { isBetter, type Validated } from "./better.ts";
import {
  type Best,
  type Checkpoint,
  type CheckpointState,
  checkContinues,
  checkpointMediaType,
  writeCheckpointInTurns,
} from "./checkpoint.ts";
import { watchedItems } from "./memorisation.ts";
import type { Network } from "./network.ts";
import { depthFor, Prefetch } from "./prefetch.ts";
import type { Reporter } from "./reporter.ts";
import { isSampledEpoch, sampledItems } from "./samples.ts";
import { learningRateAt } from "./schedule.ts";
import { scoreFold } from "./scoreFold.ts";
import { StepTimes } from "./stepTimes.ts";
import type { Task, ValidationScores } from "./task.ts";
import type { TrainOptions } from "./trainOptions.ts";

/** Of an epoch where there is nothing to validate on. */
const nothingScored: ValidationScores = { score: null, series: {}, samples: async () => [] };

export class Loop {
  private readonly options: TrainOptions;
  private readonly task: Task;
  private readonly network: Network;
  private readonly reporter: Reporter;
  private readonly stepsPerEpoch: number;
  private readonly totalSteps: number;
  private readonly sampled: ReadonlySet<string>;
  /** Optimiser steps done. */
  private step = 0;
  /** Epochs done, validation included. */
  private epoch = 0;
  private epochLoss = 0;
  private validationScore: number | null = null;
  private savedStep = 0;
  /** From the first step on; goes on over the ends of epochs. */
  private batches: Prefetch<Batch> | undefined;
  /** Aborted when the run is to halt and must not wait for data. */
  readonly halting: AbortSignal;
  best: Best | null = null;

  constructor(options: TrainOptions, task: Task, network: Network, reporter: Reporter) {
    this.options = options;
    this.task = task;
    this.network = network;
    this.reporter = reporter;
    const { configuration, items } = options;
    this.stepsPerEpoch = epochSteps(items.train.length, configuration);
    this.totalSteps = this.stepsPerEpoch * configuration.epochs;
    this.sampled = sampledItems(items.validation);
    this.halting = options.halting ?? new AbortController().signal;
  }

  /** @throws DomainError CONFLICT when the checkpoint is of another run */
  continueFrom(checkpoint: Checkpoint): { readonly step: number; readonly epoch: number } {
    const { configuration, seed, items, classes = 1, exclusive = false } = this.options;
    checkContinues(checkpoint, { configuration, seed, trainItems: items.train.length, classes, exclusive });
    this.network.load(checkpoint);
    const { step, epoch, epochLoss, validationScore, best } = checkpoint.state;
    Object.assign(this, { step, epoch, epochLoss, validationScore, best, savedStep: step });
    return { step, epoch };
  }

  progress(phase: string): ProgressEvent {
    return { type: "progress", phase, step: this.step, totalSteps: this.totalSteps };
  }

  /** To the end of the last epoch. @returns why it halted before, or null */
  async run(): Promise<"cancel" | "stop" | null> {
    while (this.epoch < this.options.configuration.epochs) {
      const halted = (await this.steps()) ?? (await this.finishEpoch());
      if (halted !== null) {
        if (this.step > this.savedStep) await this.reporter.report(await this.latest(), this.progress("training"));
        return halted;
      }
    }
    return null;
  }

  /** The rest of the epoch's steps. The next batches are made while TensorFlow runs the step before. */
  private async steps(): Promise<"cancel" | "stop" | null> {
    const { configuration, shouldStop, checkpointEverySteps } = this.options;
    const end = (this.epoch + 1) * this.stepsPerEpoch;
    const times = new StepTimes();
    this.batches ??= this.batchesAhead();
    while (this.step < end) {
      const halted = shouldStop();
      const batch = halted === null ? await this.batches.next(this.halting) : null;
      if (batch === null) return halted ?? shouldStop();
      const learningRate = learningRateAt(configuration.optimizer, this.step, this.totalSteps, this.stepsPerEpoch);
      const running = this.network.step(batch, learningRate, this.step); // copies the batch before it returns
      times.dispatched();
      const loss = await running;
      times.done();
      this.step++;
      this.epochLoss += loss;
      this.reporter.point("train/loss", this.step, loss);
      if (!Number.isFinite(loss)) await this.diverged(loss, learningRate);
      if (checkpointEverySteps !== null && this.step % checkpointEverySteps === 0 && this.step < end) {
        await this.reporter.report(await this.latest(), this.progress("training"));
        times.idle();
      } else {
        await this.reporter.tick(this.progress("training"));
      }
    }
    const means = times.means();
    if (means !== null) {
      this.reporter.point("system/stepMs", this.step, means.stepMs);
      this.reporter.point("system/waitMs", this.step, means.waitMs);
    }
    return null;
  }

  private batchesAhead(): Prefetch<Batch> {
    const { task } = this;
    const { items, seed } = this.options;
    return new Prefetch({
      make: (step) => trainingBatch(items.train, task, seed, step),
      from: this.step,
      end: this.totalSteps,
      depth: depthFor(batchBytes(task.configuration.batchSize, task)),
    });
  }

  /** Validation, samples and checkpoints, reported as one. */
  private async finishEpoch(): Promise<"cancel" | "stop" | null> {
    const { configuration, items, shouldStop } = this.options;
    const { optimizer, epochs } = configuration;
    const wanted = isSampledEpoch(this.epoch + 1, epochs);
    const validation = this.task.validation(wanted ? this.sampled : null, this.options);
    const isValidated = items.validation.length > 0;
    const loss = !isValidated
      ? 0
      : await scoreFold({
          task: this.task,
          network: this.network,
          items: items.validation,
          halted: () => shouldStop() !== null,
          halting: this.halting,
          onScored: (batch) => validation.add(batch),
        });
    if (loss === null) return shouldStop();
    const memorised = await this.memorised();
    if (memorised === null) return shouldStop();
    const scored = isValidated ? validation.result() : nothingScored;
    this.epoch++;
    this.validationScore = scored.score;
    const { reporter, step } = this;
    for (const [series, value] of Object.entries({ ...scored.series, ...memorised }))
      reporter.point(series, step, value);
    if (isValidated) reporter.point("validation/loss", step, loss);
    reporter.point("train/epochLoss", step, this.epochLoss / this.stepsPerEpoch);
    reporter.point(
      "schedule/learningRate",
      step,
      learningRateAt(optimizer, step - 1, this.totalSteps, this.stepsPerEpoch),
    );
    const { residentBytes, gpuBytes } = peakMemory();
    reporter.point("system/peakBytes", step, residentBytes);
    if (gpuBytes !== null) reporter.point("system/gpuPeakBytes", step, gpuBytes);
    this.epochLoss = 0;
    const samples = await scored.samples({ epoch: this.epoch, step });
    const validated = { score: scored.score, ...(scored.byLoss && { loss }) };
    const isBest = keepsLastEpoch(configuration) ? this.epoch === epochs : isBetter(validated, this.best);
    const best = isBest ? [await this.newBest(validated)] : [];
    await reporter.report(...samples, ...best, await this.latest(), this.progress("training"));
    return null;
  }

  /** What the training items cost now, clean and corrupted apart; null where it was halted. */
  private async memorised(): Promise<Readonly<Record<string, number>> | null> {
    const { items, noisyLabels, shouldStop } = this.options;
    if (!noisyLabels) return {};
    const memorisation = this.task.memorisation();
    const loss = await scoreFold({
      task: this.task,
      network: this.network,
      items: watchedItems(items.train),
      halted: () => shouldStop() !== null,
      halting: this.halting,
      onScored: (batch) => memorisation.add(batch),
    });
    return loss === null ? null : memorisation.result();
  }

  private async newBest({ loss }: Validated): Promise<CheckpointEvent> {
    const event = await this.checkpoint("best");
    const { step, epoch, validationScore, sha256 } = event;
    const finite = loss !== undefined && Number.isFinite(loss); // what JSON cannot hold would decide otherwise after a resume
    this.best = { step, epoch, validationScore, ...(finite && { validationLoss: loss }), sha256 };
    return event;
  }

  private async latest(): Promise<CheckpointEvent> {
    const event = await this.checkpoint("latest");
    this.savedStep = this.step;
    return event;
  }

  private async checkpoint(kind: "latest" | "best"): Promise<CheckpointEvent> {
    const { configuration, seed, items, storeBlob, classes = 1, exclusive = false } = this.options;
    const { step, epoch, epochLoss, validationScore, best } = this;
    const trainItems = items.train.length;
    const state: CheckpointState = {
      configuration,
      seed,
      trainItems,
      ...(classes > 1 && { classes }),
      ...(exclusive && { exclusive }),
      step,
      epoch,
      epochLoss,
      validationScore,
      best,
    };
    const bytes = await writeCheckpointInTurns({ state, ...(await this.network.stateInTurns()) });
    const sha256 = await storeBlob(bytes, checkpointMediaType);
    return { type: "checkpoint", kind, step, epoch, sha256, validationScore };
  }

  private async diverged(loss: number, learningRate: number): Promise<never> {
    await this.reporter.report(this.progress("training"));
    throw new DomainError(
      "BAD_INPUT",
      `The loss became ${loss} at step ${this.step} (epoch ${this.epoch + 1}), with learning rate ${learningRate}. ` +
        "Try a learning rate ten times lower, or batch normalisation; if it happens within the first steps, look at the images and masks.",
      { step: this.step, learningRate },
    );
  }
}
