/** @file The epochs: steps, validation, samples and checkpoints, from any position. */
import { DomainError } from "@tessera/domain/errors";
import type { CheckpointEvent, ProgressEvent, SampleEvent } from "@tessera/domain/events";
import { trainingBatch } from "./batches.ts";
import { stepsPerEpoch } from "./batchOrder.ts";
import {
  type Best,
  type Checkpoint,
  type CheckpointState,
  checkContinues,
  checkpointMediaType,
  writeCheckpoint,
} from "./checkpoint.ts";
import type { Network } from "./network.ts";
import type { Reporter } from "./reporter.ts";
import { isSampledEpoch, sampledItems } from "./samples.ts";
import { learningRateAt } from "./schedule.ts";
import { diceOf, type ScoredFold, scoreFold } from "./score.ts";
import type { TrainOptions } from "./trainOptions.ts";

export class Loop {
  private readonly options: TrainOptions;
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
  private validationDice: number | null = null;
  private savedStep = 0;
  best: Best | null = null;

  constructor(options: TrainOptions, network: Network, reporter: Reporter) {
    this.options = options;
    this.network = network;
    this.reporter = reporter;
    const { configuration, items } = options;
    this.stepsPerEpoch = stepsPerEpoch(items.train.length, configuration.batchSize);
    this.totalSteps = this.stepsPerEpoch * configuration.epochs;
    this.sampled = sampledItems(items.validation);
  }

  /** @throws DomainError CONFLICT when the checkpoint is of another run */
  continueFrom(checkpoint: Checkpoint): { readonly step: number; readonly epoch: number } {
    const { configuration, seed, items } = this.options;
    checkContinues(checkpoint, { configuration, seed, trainItems: items.train.length });
    this.network.load(checkpoint);
    const { step, epoch, epochLoss, validationDice, best } = checkpoint.state;
    Object.assign(this, { step, epoch, epochLoss, validationDice, best, savedStep: step });
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

  /** The rest of the epoch's steps. The next batch is made while TensorFlow runs the step before. */
  private async steps(): Promise<"cancel" | "stop" | null> {
    const { configuration, items, seed, shouldStop, checkpointEverySteps } = this.options;
    const end = (this.epoch + 1) * this.stepsPerEpoch;
    const batchAt = (step: number) => trainingBatch(items.train, configuration, seed, step);
    let [stepMs, waitMs, steps] = [0, 0, 0];
    let free = performance.now(); // since when TensorFlow has nothing to do
    let next = this.step < end ? batchAt(this.step) : undefined;
    while (this.step < end) {
      const halted = shouldStop();
      if (halted !== null) {
        await next;
        return halted;
      }
      const batch = await next!;
      const learningRate = learningRateAt(configuration.optimizer, this.step, this.totalSteps, this.stepsPerEpoch);
      const started = performance.now();
      waitMs += started - free;
      const running = this.network.step(batch, learningRate).finally(() => {
        free = performance.now();
      });
      next = this.step + 1 < end ? batchAt(this.step + 1) : undefined;
      const loss = await running;
      stepMs += free - started;
      steps++;
      this.step++;
      this.epochLoss += loss;
      this.reporter.point("train/loss", this.step, loss);
      if (!Number.isFinite(loss)) {
        await next;
        await this.diverged(loss, learningRate);
      }
      if (checkpointEverySteps !== null && this.step % checkpointEverySteps === 0 && this.step < end) {
        await this.reporter.report(await this.latest(), this.progress("training"));
      } else {
        await this.reporter.tick(this.progress("training"));
      }
    }
    if (steps > 0) {
      this.reporter.point("system/stepMs", this.step, stepMs / steps);
      this.reporter.point("system/waitMs", this.step, waitMs / steps);
    }
    return null;
  }

  /** Validation, samples and checkpoints, reported as one. */
  private async finishEpoch(): Promise<"cancel" | "stop" | null> {
    const { configuration, items, shouldStop } = this.options;
    const { batchSize, optimizer, model } = configuration;
    const scored = await scoreFold(this.network, items.validation, model.size, batchSize, () => shouldStop() !== null);
    if (scored === null) return shouldStop();
    this.epoch++;
    this.validationDice = scored.dice;
    const { reporter, step } = this;
    if (scored.dice !== null) reporter.point("validation/dice", step, scored.dice);
    reporter.point("validation/loss", step, scored.loss);
    reporter.point("train/epochLoss", step, this.epochLoss / this.stepsPerEpoch);
    const learningRate = learningRateAt(optimizer, step - 1, this.totalSteps, this.stepsPerEpoch);
    reporter.point("schedule/learningRate", step, learningRate);
    this.epochLoss = 0;
    const samples = isSampledEpoch(this.epoch, configuration.epochs) ? await this.samples(scored) : [];
    const best =
      this.best === null || (scored.dice ?? -1) > (this.best.validationDice ?? -1) ? [await this.newBest()] : [];
    await reporter.report(...samples, ...best, await this.latest(), this.progress("training"));
    return null;
  }

  private samples(scored: ScoredFold): Promise<SampleEvent[]> {
    const { encodeMask, storeBlob, configuration } = this.options;
    const shown = scored.items.filter(({ item }) => this.sampled.has(item.itemId));
    return Promise.all(
      shown.map(async ({ item, counts, prediction }): Promise<SampleEvent> => {
        const sha256 = await storeBlob(await encodeMask(prediction, configuration.model.size), "image/png");
        return {
          type: "sample",
          epoch: this.epoch,
          step: this.step,
          itemId: item.itemId,
          sha256,
          dice: diceOf(counts),
        };
      }),
    );
  }

  private async newBest(): Promise<CheckpointEvent> {
    const event = await this.checkpoint("best");
    const { step, epoch, validationDice, sha256 } = event;
    this.best = { step, epoch, validationDice, sha256 };
    return event;
  }

  private async latest(): Promise<CheckpointEvent> {
    const event = await this.checkpoint("latest");
    this.savedStep = this.step;
    return event;
  }

  private async checkpoint(kind: "latest" | "best"): Promise<CheckpointEvent> {
    const { configuration, seed, items, storeBlob } = this.options;
    const { step, epoch, epochLoss, validationDice, best } = this;
    const trainItems = items.train.length;
    const state: CheckpointState = { configuration, seed, trainItems, step, epoch, epochLoss, validationDice, best };
    const sha256 = await storeBlob(writeCheckpoint({ state, ...this.network.state() }), checkpointMediaType);
    return { type: "checkpoint", kind, step, epoch, sha256, validationDice };
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
