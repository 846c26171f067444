/**
 * @file A training in a process of its own. Argument: JSON { threads, steps, load?, save? }; prints the losses as JSON.
 *
 * `save` gets weights and optimiser, `load` continues from such a file.
 */
import { readFileSync, writeFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { Adam } from "@tessera/engine/optimizers/adam";
import type { SavedTensor } from "@tessera/engine/optimizers/savedState";
import { lossFor } from "@tessera/models/losses/byName";
import { unet } from "@tessera/models/segmentation/unet";
import { trainableVariables } from "@tessera/models/weights/named";

interface Saved {
  weights: number[][];
  optimizer: (Omit<SavedTensor, "data"> & { data: number[] })[];
}

const task = JSON.parse(process.argv[2]!) as { threads: number; steps: number; load?: string; save?: string };
await initEngine({ threads: task.threads });
const architecture = {
  family: "unet",
  size: 32,
  depth: 2,
  baseFilters: 4,
  normalization: "batch",
  skips: [true, true],
} as const;
const model = unet(architecture, 3);
const optimizer = new Adam({ learningRate: 0.01 });
if (task.load !== undefined) {
  const { weights, optimizer: state } = JSON.parse(readFileSync(task.load, "utf8")) as Saved;
  model.setWeights(model.getWeights().map((weight, i) => tf.tensor(weights[i]!, weight.shape)));
  optimizer.loadState(state.map((tensor) => ({ ...tensor, data: Float32Array.from(tensor.data) })));
}

const variables = trainableVariables(model);
const loss = lossFor("softDiceCrossEntropy");
const step = compile((x: tf.Tensor, y: tf.Tensor) =>
  tf.tidy(() => optimizer.minimize(() => loss(model.apply(x, { training: true }) as tf.Tensor, y), true, variables)!),
);
const x = tf.randomNormal([2, 32, 32, 3], 0, 1, "float32", 7);
const y = tf.tidy(() => x.mean(3, true).greater(0.2).toFloat());
const losses: number[] = [];
for (let i = 0; i < task.steps; i++) losses.push((await step.async(x, y)).dataSync()[0]!);

if (task.save !== undefined) {
  const saved: Saved = {
    weights: model.getWeights().map((weight) => [...weight.dataSync()]),
    optimizer: optimizer.state().map((tensor) => ({ ...tensor, data: [...tensor.data] })),
  };
  writeFileSync(task.save, JSON.stringify(saved));
}
console.log(JSON.stringify(losses));
