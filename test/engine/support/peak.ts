/**
 * @file A process of its own that plans a case, or trains it and measures its peak.
 *
 * Argument: JSON { task: "plan" | "train", threads, case }. Prints one line of JSON: the plan, or { peakBytes }.
 * To train is what a trainer does: record on zeros, step on fresh batches, score, and write the two checkpoints of an epoch's end.
 */

import * as tf from "@tensorflow/tfjs";
import { attentionMilDefaults } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { peakMemory } from "@tessera/engine/memory";
import { plan } from "@tessera/engine/plan/plan";
import { readWeights } from "@tessera/models/weights/named";
import { openNetwork } from "@tessera/training/network";
import { type NamedTensor, writeSafetensors } from "@tessera/training/safetensors";
import { taskOf } from "@tessera/training/taskOf";
import { type Case, type MilCase, openMil, segmentation, stepsOf, type UNetCase } from "./planned.ts";

const trainSteps = 3;

const {
  task,
  threads,
  case: options,
} = JSON.parse(process.argv[2]!) as {
  task: "plan" | "train";
  threads: number;
  case: Case;
};
await initEngine({ threads });
const started = performance.now();
const result = task === "plan" ? plan(() => stepsOf(options)) : await train();
console.log(JSON.stringify({ ...result, ms: Math.round(performance.now() - started) }));
process.exit(0);

async function train(): Promise<{ peakBytes: number }> {
  await (options.family === "unet" ? trainUNet(options) : trainMil(options));
  return { peakBytes: peakMemory().residentBytes };
}

async function trainUNet(each: UNetCase): Promise<void> {
  const { batch: items, size } = each;
  const network = openNetwork(taskOf(segmentation(each)), 1);
  const batch = () => ({
    items,
    inputs: [{ shape: [size, size, 3], values: new Float32Array(items * size * size * 3).fill(0.5) }],
    truth: new Float32Array(items * size * size).fill(1),
  });
  for (let i = 0; i < trainSteps; i++) await network.step(batch(), 1e-3, i);
  await network.score(batch());
  for (let i = 0; i < 2; i++) {
    const { weights, optimizer } = network.state();
    checkpoint([...weights], [...optimizer]);
  }
}

async function trainMil({ tiles }: MilCase): Promise<void> {
  const { features } = attentionMilDefaults;
  const { model, optimizer, ...steps } = openMil();
  const [train, score] = [compile(steps.train), compile(steps.score)];
  const bag = (value: number) => [
    tf.tensor3d(new Float32Array(tiles * features).fill(value), [1, tiles, features]),
    tf.tensor2d(new Float32Array(tiles).fill(1), [1, tiles]),
    tf.tensor1d([1], "int32"),
  ];
  for (let i = 0; i <= trainSteps; i++) {
    const [tensors, mask, label] = bag(0.5);
    const read = await (i < trainSteps ? train.async(tensors!, mask!, label!) : score.async(tensors!, mask!));
    await read.data();
    tf.dispose([tensors!, mask!, label!, read]);
  }
  for (let i = 0; i < 2; i++) {
    const slots = optimizer.state().map(({ name, shape, data }) => [name, { shape, data }] as const);
    checkpoint([...readWeights(model)], slots);
  }
}

/** As src/training writes one; its caller keeps the bytes until they are stored. */
function checkpoint(...groups: (readonly (readonly [string, NamedTensor])[])[]): void {
  const tensors = new Map(
    groups.flatMap((group, i) => group.map(([name, tensor]) => [`${i}/${name}`, tensor] as const)),
  );
  if (writeSafetensors({ tensors, metadata: {} }).length === 0) throw new Error("an empty checkpoint");
}
