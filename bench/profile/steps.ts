/** @file A process that trains a case's steps and marks each on stdout, between what oneDNN says there. argv: case, steps, threads, precision. */
import * as tf from "@tensorflow/tfjs";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { cases } from "../engine/cases.ts";
import { openModel } from "../engine/models.ts";

const [name, steps, threads] = process.argv.slice(2);
const each = cases.find((known) => known.name === name)!;
// One operation at a time: two that share the cores would each seem to take twice as long.
await initEngine({ threads: Number(threads), interThreads: 1 });
const step = compile(openModel(each).minimize, { precision: each.precision });
const input = tf.randomUniform([...each.input], -1, 1, "float32", 1);
const classes = each.truth.length === 1;
const truth = classes
  ? tf.tensor1d(
      Int32Array.from({ length: each.truth[0]! }, (_, i) => i % 2),
      "int32",
    )
  : tf
      .randomUniform([...each.truth], 0, 1, "float32", 2)
      .greater(0.9)
      .toFloat();

const recordedAndBuilt = 2;
for (let i = -recordedAndBuilt; i < Number(steps); i++) {
  const started = performance.now();
  const loss = step(input, truth);
  loss.dataSync();
  loss.dispose();
  process.stdout.write(`step,${i},${performance.now() - started}\n`);
}
process.stdout.write("", () => process.exit(0));
