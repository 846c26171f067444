/** @file One case of fixtures/layers.json or losses.json, computed by our layers: outputs, gradients, and the state after it. */
import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { compile } from "@tessera/engine/graph/compile";
import { expect } from "vitest";

interface Packed {
  readonly shape: number[];
  readonly values: number[];
  readonly dtype?: "int32";
}

export interface TorchCase {
  readonly inputs: Readonly<Record<string, Packed>>;
  readonly upstream: readonly Packed[];
  readonly outputs: readonly Packed[];
  readonly gradients: Readonly<Record<string, Packed>>;
  readonly after: Readonly<Record<string, Packed>>;
}

export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** Computes the outputs from the inputs by name. */
export interface Subject {
  readonly forward: (inputs: Tensors) => tf.Tensor[];
  /** Variables that hold some of the inputs (a layer's weights) by the input's name, and other state. */
  readonly variables?: ReadonlyMap<string, tf.Variable>;
  /** Of the tensor's largest number, where float32 loses more than usual. Default 1e-5. */
  readonly tolerance?: number;
}

export const readFixture = <T>(file: string): T =>
  JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8")) as T;

export const torchCases = readFixture<Readonly<Record<string, TorchCase>>>("layers.json");

const tensor = ({ shape, values, dtype }: Packed): tf.Tensor => tf.tensor(values, shape, dtype ?? "float32");

/** PyTorch computed in float64: what is left is our float32. */
function expectClose(got: tf.Tensor, { shape, values }: Packed, what: string, tolerance = 1e-5): void {
  expect(got.shape, what).toEqual(shape);
  const scale = Math.max(...values.map(Math.abs)) || 1;
  const data = got.dataSync();
  const worst = Math.max(...values.map((value, i) => Math.abs(data[i]! - value) / scale));
  expect(worst, `${what}: largest difference by the largest number`).toBeLessThan(tolerance); // NaN fails too
}

/**
 * Compares with PyTorch, eager or as the second call of a compiled step. Every input with a gradient is a variable, so that
 * the weights inside a layer and the tensors given to it are asked alike.
 */
export function expectAsTorch(torch: TorchCase, subject: Subject, compiled: boolean): void {
  const held = subject.variables ?? new Map<string, tf.Variable>();
  const own = new Map<string, tf.Tensor>();
  for (const [name, input] of Object.entries(torch.inputs)) {
    if (held.has(name)) continue;
    own.set(name, name in torch.gradients ? tf.variable(tensor(input)) : tensor(input));
  }
  expect([...held.keys()].filter((name) => !(name in torch.inputs))).toEqual([]);
  const reset = () => {
    for (const [name, variable] of held) tf.tidy(() => variable.assign(tensor(torch.inputs[name]!)));
  };
  const inputs = Object.fromEntries([...own, ...held]);
  const names = Object.keys(torch.gradients);
  const variables = names.map((name) => inputs[name] as tf.Variable);
  const upstream = torch.upstream.map(tensor);

  const compute = () =>
    tf.tidy(() => {
      let outputs: tf.Tensor[] = [];
      const objective = () => {
        outputs = subject.forward(inputs).map((output) => tf.keep(output)); // tf.variableGrads frees what is inside
        return tf.addN(outputs.map((output, i) => output.mul(upstream[i]!).sum())) as tf.Scalar;
      };
      const { grads } = tf.variableGrads(objective, variables);
      return { outputs, gradients: variables.map(({ name }) => grads[name]!) };
    });
  const step = compiled ? compile(compute) : compute;
  if (compiled) {
    reset();
    step();
  }
  reset();
  const { outputs, gradients } = step();
  const { tolerance } = subject;

  expect(outputs).toHaveLength(torch.outputs.length);
  for (const [i, output] of outputs.entries()) expectClose(output, torch.outputs[i]!, `output ${i}`, tolerance);
  for (const [i, name] of names.entries())
    expectClose(gradients[i]!, torch.gradients[name]!, `gradient of ${name}`, tolerance);
  for (const [name, after] of Object.entries(torch.after)) {
    if (held.has(name)) expectClose(held.get(name)!, after, `${name} after the call`);
  }
  tf.dispose([outputs, gradients, upstream, ...own.values()]);
}
