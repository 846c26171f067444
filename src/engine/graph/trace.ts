/**
 * @file A step run once on shapes alone, recorded, and made into a TensorFlow function.
 *
 * For that one run TensorFlow.js is hooked in five places; every hook is taken out again, whatever the step does, and every
 * variable and counter is put back: nothing has happened yet but that the step is known.
 */
import * as tf from "@tensorflow/tfjs";
import type { Binding } from "../binding.ts";
import { EngineError } from "../errors.ts";
import { exchange } from "../exchange.ts";
import type { Precision } from "../precision.ts";
import type { NodeBackend, OptimizerInternals, TfjsEngine } from "../tfjsInternals.ts";
import { evaluate } from "./evaluate.ts";
import { type BuiltFunction, buildFunction } from "./functionDef.ts";
import { opDef } from "./opDef.ts";
import { Recorder, type Symbolic } from "./recorder.ts";
import { recordShapes } from "./shapeRecording.ts";
import { ShapeTensors } from "./shapeTensors.ts";
import { flatten, type Structure, unflatten } from "./structure.ts";

export interface Trace extends BuiltFunction {
  readonly name: string;
  readonly recorded: number;
  /** What the step returned: its shape, and how many of the function's results are its tensors. */
  readonly structure: Structure;
  readonly returned: number;
  /** Variables that get the results after those. */
  readonly assigned: readonly tf.Variable[];
  readonly optimizers: readonly OptimizerUse[];
  readonly traceMs: number;
  readonly buildMs: number;
}

/** An optimiser counts its steps in JavaScript: replayed at every call. Its numbers are frozen in the function: watched. */
export interface OptimizerUse {
  readonly optimizer: tf.Optimizer;
  readonly increments: number;
  readonly numbers: string;
}

/** The numbers an optimiser holds as JavaScript (learning rate, momentum, …), to see that none has changed. */
export const optimizerNumbers = (optimizer: tf.Optimizer): string =>
  JSON.stringify(
    Object.entries(optimizer).filter(([key, value]) => typeof value === "number" && key !== "iterations_"),
  );

let functions = 0;

/** What a variable held before the step was recorded. */
interface Held {
  readonly variable: tf.Variable;
  readonly value: tf.Tensor;
}

/** Records `step` by running it on the shapes of `tensors`. */
export function traceStep(
  backend: NodeBackend<Binding>,
  step: (...values: never[]) => unknown,
  values: Structure,
  tensors: readonly tf.Tensor[],
  precision: Precision = "float32",
): Trace {
  const start = performance.now();
  const { binding } = backend;
  const recorder = new Recorder(binding);
  const shapes = new ShapeTensors(binding);
  const id = (tensor: tf.Tensor): number => backend.getInputTensorIds([tensor])[0]!;
  const aliases: tf.Tensor[] = [];
  const held: Held[] = [];
  const optimizers = new Map<tf.Optimizer, number>();
  const result: tf.Tensor[] = [];

  try {
    const inputs = tensors.map((tensor) => {
      const own = recorder.isInput(id(tensor)) ? shared(backend, tensor) : tensor; // step(x, x): later calls may differ
      if (own !== tensor) aliases.push(own);
      return { tensor: own, symbol: recorder.addInput(id(own)) };
    });
    captureVariables(backend, recorder, id);
    for (const { variable } of recorder.captures) held.push({ variable: variable!, value: variable!.clone() });

    let structure: Structure | undefined;
    const unhook = hook(backend, recorder, optimizers, held, id);
    const restore = recordShapes(binding, recorder, shapes);
    try {
      engine().tidy(() => {
        const run = step as (...all: unknown[]) => unknown;
        const returned = run(
          ...(unflatten(
            values,
            inputs.map(({ tensor }) => tensor),
          ) as unknown[]),
        );
        const found: tf.Tensor[] = [];
        structure = flatten(returned, found, refusePromise);
        result.push(...found.map((tensor) => tensor.clone())); // never the caller's own tensor, whatever is returned
        return result;
      });
    } finally {
      restore();
      unhook();
    }
    if (recorder.refusal !== undefined) throw recorder.refusal;

    const built = performance.now();
    const { outputs, assigned } = results(recorder, result, id);
    const name = `tessera_step_${functions++}`;
    const symbols = inputs.map(({ symbol }) => symbol);
    const recorded = { nodes: recorder.nodes, inputs: symbols, outputs };
    // TensorFlow's own rewriter looks for plain convolutions: to put them into bfloat16, or, on a GPU, to fuse what cuDNN can.
    const fuse = precision === "float32" && !binding.isUsingGpuDevice();
    const definition = buildFunction(name, recorded, (op) => opDef(binding, op), fuse);
    binding.addFunction(definition.bytes);
    recorder.release(definition.captures);
    return {
      ...definition,
      name,
      recorded: recorder.nodes.length,
      structure: structure!,
      returned: result.length,
      assigned,
      optimizers: [...optimizers].map(([optimizer, increments]) => ({
        optimizer,
        increments,
        numbers: optimizerNumbers(optimizer),
      })),
      traceMs: built - start,
      buildMs: performance.now() - built,
    };
  } catch (error) {
    recorder.release();
    throw error;
  } finally {
    putBack(held, optimizers);
    tf.dispose([result, aliases]);
    shapes.dispose();
  }
}

function putBack(held: readonly Held[], optimizers: ReadonlyMap<tf.Optimizer, number>): void {
  for (const { variable, value } of held) {
    if (!variable.isDisposed && variable.dataId !== value.dataId) variable.assign(value);
    value.dispose();
  }
  for (const [optimizer, increments] of optimizers) {
    const counter = optimizer as unknown as OptimizerInternals;
    counter.iterations_ = (counter.iterations_ ?? 0) - increments;
  }
}

const engine = (): TfjsEngine => tf.engine() as unknown as TfjsEngine;

/** Another tensor over the same values, with a handle of its own. */
function shared(backend: NodeBackend<Binding>, tensor: tf.Tensor): tf.Tensor {
  const [id] = backend.getInputTensorIds([tensor]);
  return backend.createOutputTensor(backend.binding.describe(backend.binding.share(id!)));
}

/** Every variable is a symbol of its own, so aliases (ema = tf.variable(w)) get handles of their own first (pitfall 8). */
function captureVariables(backend: NodeBackend<Binding>, recorder: Recorder, id: (tensor: tf.Tensor) => number): void {
  const seen = new Set<number>();
  for (const variable of Object.values(engine().registeredVariables)) {
    if (seen.has(id(variable)) || recorder.isInput(id(variable))) {
      const own = shared(backend, variable);
      variable.assign(own);
      own.dispose();
    }
    seen.add(id(variable));
    recorder.captureVariable(variable, id(variable));
  }
}

/** The function's results: the step's tensors, then the new value of every variable that it assigned. */
function results(
  recorder: Recorder,
  returned: readonly tf.Tensor[],
  id: (tensor: tf.Tensor) => number,
): { outputs: Symbolic[]; assigned: tf.Variable[] } {
  const outputs = returned.map((tensor) => recorder.symbol(id(tensor)));
  const assigned: tf.Variable[] = [];
  for (const { variable, id: before } of [...recorder.captures]) {
    if (variable === undefined) continue;
    if (variable.isDisposed) {
      if (!uses(recorder, variable)) continue;
      throw new EngineError(
        "VARIABLE_DISPOSED",
        `compile: the step disposes the variable ${variable.name}, which it uses. Dispose it outside the step.`,
        { variable: variable.name },
      );
    }
    const after = id(variable);
    if (after === before) continue;
    assigned.push(variable);
    outputs.push(recorder.symbol(after));
  }
  return { outputs, assigned };
}

const uses = (recorder: Recorder, variable: tf.Variable): boolean =>
  recorder.nodes.some(
    (node) =>
      "op" in node && node.inputs.some((symbol) => symbol.kind === "captured" && symbol.capture.variable === variable),
  );

function refusePromise(value: object): void {
  if (!("then" in value)) return;
  throw new EngineError(
    "PROMISE_IN_STEP",
    "compile: the step returned a promise. A step is synchronous; to keep the event loop free, call its .async().",
  );
}

/** Puts the hooks in. @returns what takes them out. */
function hook(
  backend: NodeBackend<Binding>,
  recorder: Recorder,
  optimizers: Map<tf.Optimizer, number>,
  held: Held[],
  id: (tensor: tf.Tensor) => number,
): () => void {
  const made = new WeakSet<object>();
  const restore = [
    replace(tf.Optimizer.prototype as unknown as OptimizerInternals, "incrementIterations", (original) => {
      return function (this: OptimizerInternals) {
        const optimizer = this as unknown as tf.Optimizer;
        optimizers.set(optimizer, (optimizers.get(optimizer) ?? 0) + 1);
        original.call(this);
      };
    }),
    // A variable made inside (an optimiser's slot) is an outside one from the first run on: its first value is computed now.
    replace(engine(), "makeVariable", (original) => (...values) => {
      const variable = original.apply(engine(), values);
      const initial = recorder.symbol(backend.binding.unrecorded(() => id(variable)));
      const [own] = evaluate(backend.binding, recorder, [initial]);
      const value = backend.createOutputTensor(backend.binding.describe(own!));
      variable.assign(value);
      recorder.captureVariable(variable, own!);
      held.push({ variable, value: tf.keep(value) });
      return variable;
    }),
    replace(Math, "random", () => () => recorder.refuse(randomRefused())),
    replace(backend, "move", (original) => (dataId, ...rest) => {
      made.add(dataId);
      return original.call(backend, dataId, ...rest);
    }),
    // Host values of a tensor made outside are uploaded unrecorded, so that it is captured and not a constant.
    replace(backend, "getInputTensorIds", (original) => (tensors) => {
      for (const tensor of tensors) {
        const outside = tensor.dataId !== undefined && !made.has(tensor.dataId);
        if (outside && backend.tensorMap.get(tensor.dataId)?.values != null) {
          backend.binding.unrecorded(() => original.call(backend, [tensor]));
        }
      }
      return original.call(backend, tensors);
    }),
  ];
  return () => {
    for (const each of restore) each();
  };
}

function randomRefused(): EngineError {
  return new EngineError(
    "RANDOM_IN_STEP",
    "compile: the step draws random numbers in JavaScript (Math.random; tf.dropout, tf.randomNormal and unseeded initialisers do). " +
      "They would be the same at every call. Draw them outside and pass them as an input, or use GraphRandom (engine/random.ts).",
  );
}

const replace = <T extends object, K extends keyof T>(
  target: T,
  key: K,
  wrap: (original: T[K]) => T[K],
): (() => void) => exchange<T>(target, { [key]: wrap(target[key]) } as unknown as Partial<T>);
