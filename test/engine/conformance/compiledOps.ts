/**
 * @file tfjs-core's functions, each call made through compile() and answered by the graph.
 *
 * The first call of a compiled step records it; what a test gets to see is the result of the second, which only runs the record.
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "@tessera/engine/graph/compile";
import { flatten, unflatten } from "@tessera/engine/graph/structure";

type Call = (...values: unknown[]) => unknown;
export type Namespace = Readonly<Record<string, unknown>>;

/** Made on the host, random on the host, or read by JavaScript: no part of a step. */
const outside =
  /Async$|Pixels$|^rand|^(tensor\d?d?|scalar|variable|buffer|complex|print|draw|op|dropout|multinomial|truncatedNormal)$/;

/** Under a gradient that is not compiled, as an optimiser's, an operation has to stay on the tape. */
const onTape = (): boolean => (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0;

/**
 * tfjs-core's index with its operations and gradient functions compiled, and the operations that are methods of tensors with
 * them. `ran` is called after each run of a graph.
 */
export function compiledIndex(index: Namespace, operations: Namespace, ran: () => void): Namespace {
  let within = false; // an operation that is called by another one, or by a function under gradient, is part of its step

  const compiled =
    (body: Call): Call =>
    (...values) => {
      if (within || onTape()) return body(...values);
      const tensors: tf.Tensor[] = [];
      const structure = flatten(values, tensors, () => undefined);
      const step = compile((...inputs: tf.Tensor[]) => body(...(unflatten(structure, inputs) as unknown[])));
      within = true;
      try {
        tf.dispose(step(...tensors) as tf.TensorContainer);
        const result = step(...tensors);
        if (step.stats.traces !== 1) throw new Error("The second call was recorded again");
        ran();
        return result;
      } finally {
        within = false;
        step.dispose();
      }
    };

  const methods = tf.Tensor.prototype as unknown as Record<string, Call>;
  const compileMethod = (name: string): void => {
    const method = methods[name];
    if (method === undefined) return;
    const call = compiled((tensor, ...values) => method.apply(tensor, values));
    methods[name] = function (this: unknown, ...values) {
      return call(this, ...values);
    };
  };

  const all = (namespace: Namespace): Namespace =>
    Object.fromEntries(
      Object.entries(namespace).map(([name, value]) => {
        if (typeof value === "function") {
          if (outside.test(name)) return [name, value];
          compileMethod(name);
          return [name, compiled(value as Call)];
        }
        const nested = typeof value === "object" && value !== null && !Array.isArray(value);
        return [name, nested ? all(value as Namespace) : value];
      }),
    );

  /** grad(f) gives the function to compile; variableGrads(f) is it. */
  const gradient = (name: string): [string, Call] => [name, (f) => compiled((index[name] as (f: unknown) => Call)(f))];
  const variableGrads: Call = (...values) => compiled(() => (index.variableGrads as Call)(...values))();
  const gradients = ["grad", "grads", "valueAndGrad", "valueAndGrads"].map(gradient);
  const exports = { ...index, ...all(operations), ...Object.fromEntries(gradients), variableGrads };
  return Object.defineProperty(exports, "__esModule", { value: true });
}
