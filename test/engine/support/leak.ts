/**
 * @file Compiled steps in a process of its own, and what it held after every 200, as one line of JSON.
 *
 * Arguments: how many steps, and what to leak on purpose at each: "nothing", "handle", "status" or "memory" (16 kB). Needs --expose-gc.
 *
 * A tiny model with batch normalisation, noise drawn in graph, Adam; synchronous and asynchronous calls; every tenth step has a
 * batch of another size, of which there are more than recordings are kept, so that recordings are dropped and made again;
 * weights and optimiser are read as for a checkpoint.
 */
import * as tf from "@tensorflow/tfjs";
import { initEngine, nodeBackend } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { type MemoryUse, memoryUse } from "@tessera/engine/memory";
import { Adam } from "@tessera/engine/optimizers/adam";
import { GraphRandom } from "@tessera/engine/random";
import { countLiveObjects, type LiveObjects } from "./liveObjects.ts";
import { openNativeHeap } from "./nativeHeap.ts";
import { inputs, network, trainables } from "./regression.ts";

export interface LeakSample extends MemoryUse {
  readonly nativeBytes: number | null;
  readonly live: LiveObjects;
}

const steps = Number(process.argv[2]);
const leak = process.argv[3];
const otherSizes = [3, 4, 5, 6, 7];
/** Steps after which everything is as it was: every size has had its turn. */
const round = 10 * otherSizes.length;

await initEngine({ threads: 1 });
const { binding } = nodeBackend();
const nativeBytes = openNativeHeap();
const live = countLiveObjects(binding.c);
const model = network();
const optimizer = new Adam({ learningRate: 1e-3 });
const random = new GraphRandom(1);
const variables = trainables(model);
const step = compile(
  (x: tf.Tensor, y: tf.Tensor) =>
    tf.tidy(() => {
      const noisy = x.add(random.normal(x.shape).mul(0.01));
      const cost = () => (model.apply(noisy, { training: true }) as tf.Tensor).sub(y).square().mean() as tf.Scalar;
      return optimizer.minimize(cost, true, variables)!;
    }),
  { maxTraces: 3 },
);
const [x, y] = inputs();

const samples: LeakSample[] = [];
for (let i = 1; i <= steps; i++) {
  const size = i % 10 === 0 ? otherSizes[(i / 10) % otherSizes.length]! : 16;
  const [images, truth] = [x.slice(0, size), y.slice(0, size)];
  const loss = i % 2 === 0 ? step(images, truth) : await step.async(images, truth);
  if (!Number.isFinite((await loss.data())[0])) throw new Error(`the loss of step ${i} is not finite`);
  tf.dispose([loss, images, truth]);
  if (i % round === 0) {
    optimizer.state();
    for (const weight of model.getWeights()) weight.dataSync();
  }
  if (leak === "handle") binding.share(nodeBackend().getInputTensorIds([x])[0]!);
  if (leak === "status") binding.c.TF_NewStatus();
  if (leak === "memory") binding.c.strdup("x".repeat(16_384));
  if (i % (4 * round) === 0) {
    gc!();
    samples.push({ ...memoryUse(), nativeBytes: nativeBytes(), live: { ...live } });
  }
}
console.log(JSON.stringify({ samples, traces: step.stats.traces }));
process.exit(0);
