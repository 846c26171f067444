/** @file The product's side, a process that trains one case when asked (protocol.ts), as src/training/network.ts does. */
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { readWeights, trainableVariables } from "@tessera/models/weights/named";
import { writeSafetensors } from "@tessera/training/safetensors";
import { DelayMeter } from "../pipeline/delayMeter.ts";
import { type Case, elements } from "./cases.ts";
import type { DataFiles } from "./data.ts";
import { openModel } from "./models.ts";
import type { Delay, Moment, Prepare, Prepared, Ran, Request } from "./protocol.ts";

interface Batch {
  readonly input: Float32Array;
  readonly truth: Float32Array;
}

let step: (batch: Batch) => Promise<number>;
let batches: Batch[] = [];
let done = 0;

async function prepare({ case: each, data, weights, threads }: Prepare): Promise<Prepared> {
  await initEngine({ threads });
  const { model, minimize } = openModel(each);
  await writeFile(weights, writeSafetensors({ tensors: readWeights(model), metadata: {} }));
  batches = await readBatches(each, data);
  const compiled = compile(minimize, { precision: each.precision });
  step = async ({ input, truth }) => {
    const tensors = [tf.tensor(input, [...each.input]), tensorOfTruth(truth, each)] as const;
    const loss = await compiled.async(...tensors);
    const [value] = await loss.data<"float32">();
    tf.dispose([loss, ...tensors]);
    return value!;
  };
  return { parameters: trainableVariables(model).reduce((sum, { size }) => sum + size, 0) };
}

async function readBatches({ input, truth }: Case, files: DataFiles): Promise<Batch[]> {
  const read = async (path: string) => new Float32Array(new Uint8Array(await readFile(path)).buffer);
  const all = { input: await read(files.input), truth: await read(files.truth) };
  const part = (values: Float32Array, shape: readonly number[], place: number) =>
    values.slice(place * elements(shape), (place + 1) * elements(shape));
  return Array.from({ length: files.batches }, (_, place) => ({
    input: part(all.input, input, place),
    truth: part(all.truth, truth, place),
  }));
}

function tensorOfTruth(values: Float32Array, { truth }: Case): tf.Tensor {
  return truth.length === 1 ? tf.tensor1d(Int32Array.from(values), "int32") : tf.tensor(values, [...truth]);
}

async function run(steps: number): Promise<Ran> {
  const [seconds, losses]: [number[], number[]] = [[], []];
  const start = now();
  for (let i = 0; i < steps; i++) {
    const before = performance.now();
    losses.push(await step(batches[done++ % batches.length]!));
    seconds.push((performance.now() - before) / 1000);
  }
  return { seconds, losses, start, end: now() };
}

function now(): Moment {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now() / 1000, cpu: (user + system) / 1e6 };
}

async function measureDelay(steps: number): Promise<Delay> {
  const meter = new DelayMeter();
  meter.start("steps");
  await run(steps);
  meter.stop();
  const { mean, worst, worstHeld } = meter.figures();
  return { meanMs: mean, worstMs: worst, worstHeldMs: worstHeld };
}

function answer(request: Request): Promise<Prepared | Ran | Delay> {
  if (request.do === "prepare") return prepare(request);
  return request.do === "run" ? run(request.steps) : measureDelay(request.steps);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Request))}\n`);
}
process.exit(0);
