/**
 * @file Trains a tiny U-Net by every optimiser, in a process of its own. Argument: JSON { from, to, directory }.
 *
 * Continues at step `from` with the checkpoints in `directory` where it is not 0, goes to step `to`, leaves checkpoints there,
 * and sends the losses by the name of what was trained.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { completeOptimizer, type OptimizerConfiguration } from "@tessera/domain/configuration/optimizer";
import { initEngine } from "@tessera/engine/backend";
import { trainingBatch } from "@tessera/training/batches";
import { readCheckpoint, writeCheckpoint } from "@tessera/training/checkpoint";
import { openNetwork } from "@tessera/training/network";
import { learningRateAt } from "@tessera/training/schedule";
import { taskOf } from "@tessera/training/taskOf";
import { tiny, tinyItems } from "./session.ts";

export interface Task {
  readonly from: number;
  readonly to: number;
  readonly directory: string;
}

const methods = [{ name: "adam" }, { name: "adamw", weightDecay: 0.1 }, { name: "sgd", momentum: 0.9 }];
const extras = { plain: {}, accumulation: { accumulationSteps: 2, clipNorm: 0.5 }, average: { emaDecay: 0.99 } };
const totalSteps = 120;

async function train(
  name: string,
  optimizer: OptimizerConfiguration,
  { from, to, directory }: Task,
): Promise<number[]> {
  const configuration = { ...tiny, model: { ...tiny.model, depth: 1, skips: [true] }, optimizer };
  const network = openNetwork(taskOf(configuration), 1);
  const file = join(directory, `${name}.safetensors`);
  if (from > 0) network.load(readCheckpoint(readFileSync(file)));
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    const batch = await trainingBatch(tinyItems.train, taskOf(configuration), 1, step);
    losses.push(await network.step(batch, learningRateAt(optimizer, step, totalSteps, 3), step));
  }
  const position = { step: to, epoch: 0, epochLoss: 0, validationScore: null, best: null };
  const state = { configuration, seed: 1, trainItems: tinyItems.train.length, ...position };
  writeFileSync(file, writeCheckpoint({ state, ...network.state() }));
  network.dispose();
  return losses;
}

const task = JSON.parse(process.argv[2]!) as Task;
await initEngine({ threads: 1 });
const losses: Record<string, number[]> = {};
for (const method of methods) {
  for (const [extra, fields] of Object.entries(extras)) {
    const common = { learningRate: 0.01, schedule: "polynomial", warmupEpochs: 2 };
    const optimizer = completeOptimizer({ ...common, ...method, ...fields }) as OptimizerConfiguration;
    const name = `${method.name}-${extra}`;
    losses[name] = await train(name, optimizer, task);
  }
}
process.send!(losses, () => process.exit(0));
