/**
 * @file compile(step): a step of TensorFlow.js operations as ONE TensorFlow operation.
 *
 * The first call with tensors of some shapes records the step, on shapes alone; then it runs the record, as every later one
 * does. Rules:
 * - what the step does in JavaScript besides tensors (counting, logging, reading a clock) happens at recording only;
 * - values that are not tensors are part of the record: another number means another recording;
 * - variables may be read and assigned; tensors from outside are held and keep the value that they had;
 * - seeded host randomness is the same at every call, as it is without compile;
 * - so is what a generator of the caller's own gives, and that is not noticed, as Math.random is: its numbers are drawn at recording
 *   and frozen. Draw them outside and pass them as an input, or use GraphRandom;
 * - a tensor made inside has values only where the step returns it.
 */
import type * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import type { Binding } from "../binding.ts";
import { EngineError } from "../errors.ts";
import { checkPrecision, executionAttributes, type Precision } from "../precision.ts";
import type { NodeBackend, OpAttribute, OptimizerInternals, TensorMetadata } from "../tfjsInternals.ts";
import { ofOperation } from "./runFailure.ts";
import { flatten, keyOf, type Structure, unflatten } from "./structure.ts";
import { optimizerNumbers, type Trace, traceStep } from "./trace.ts";

export interface CompileOptions {
  /** Recordings kept, one per set of input shapes; the one used longest ago goes first. Default 8. */
  readonly maxTraces?: number;
  /** bfloat16: mixed precision, 0.6 to 0.7 of the time of a U-Net step (docs/performance.md). Default float32. */
  readonly precision?: Precision;
}

export interface CompileStats {
  /** Times the step was recorded; growing at every call means that something in it changes at every call. */
  traces: number;
  /** Of the newest recording: operations recorded, operations kept, bytes, and the time it took, ms. */
  recorded: number;
  nodes: number;
  bytes: number;
  traceMs: number;
  buildMs: number;
}

export interface CompiledStep<A extends unknown[], R> {
  (...values: A): R;
  /** Runs on a thread of libuv; the event loop stays free. No other call of this step until it is done. */
  async(...values: A): Promise<R>;
  readonly stats: Readonly<CompileStats>;
  /** Frees the recordings. The step can be called again, and is then recorded again. */
  dispose(): void;
}

/** @throws EngineError from its calls: see the codes in errors.ts. */
export function compile<A extends unknown[], R>(
  step: (...values: A) => R,
  options: CompileOptions = {},
): CompiledStep<A, R> {
  const compiled = new Compiled(step, options.maxTraces ?? 8, options.precision ?? "float32");
  return Object.assign((...values: A) => compiled.call(values) as R, {
    async: (...values: A) => {
      refuseInStep();
      return compiled.callAsync(values) as Promise<R>;
    },
    stats: compiled.stats,
    dispose: () => compiled.dispose(),
  });
}

interface Call {
  readonly trace: Trace;
  readonly inputs: number[];
}

class Compiled {
  readonly stats: CompileStats = { traces: 0, recorded: 0, nodes: 0, bytes: 0, traceMs: 0, buildMs: 0 };
  private readonly step: (...values: never[]) => unknown;
  private readonly maxTraces: number;
  private readonly precision: Precision;
  private readonly attributes: readonly OpAttribute[];
  private readonly traces = new Map<string, Trace>(); // in order of last use
  private running = false;

  constructor(step: (...values: never[]) => unknown, maxTraces: number, precision: Precision) {
    this.step = step;
    this.maxTraces = maxTraces;
    this.precision = precision;
    this.attributes = executionAttributes(precision);
  }

  call(values: readonly unknown[]): unknown {
    const backend = nodeBackend();
    if (backend.binding.recording) return this.inline(values); // part of the step that is being recorded
    const prepared = this.prepare(backend, values);
    const { trace, inputs } = prepared;
    let made: TensorMetadata[];
    try {
      made = backend.binding.executeOp(trace.name, this.attributes, inputs, resultsOf(trace));
    } catch (error) {
      throw ofOperation(error);
    }
    return this.finish(backend, prepared, made);
  }

  async callAsync(values: readonly unknown[]): Promise<unknown> {
    const backend = nodeBackend();
    const prepared = this.prepare(backend, values);
    const { trace, inputs } = prepared;
    this.running = true;
    try {
      const made = await backend.binding.executeOpAsync(trace.name, this.attributes, inputs, resultsOf(trace));
      return this.finish(backend, prepared, made);
    } catch (error) {
      throw ofOperation(error);
    } finally {
      this.running = false;
    }
  }

  private inline(values: readonly unknown[]): unknown {
    return (this.step as (...all: unknown[]) => unknown)(...values);
  }

  /** A call that is ready to run; recorded, where it is the first of its kind. */
  private prepare(backend: NodeBackend<Binding>, values: readonly unknown[]): Call {
    if (this.running) {
      throw new EngineError(
        "STEP_RUNNING",
        "compile: an asynchronous call of this step is still running; await it first",
      );
    }
    const tensors: tf.Tensor[] = [];
    const structure = flatten(values, tensors, refuseObject);
    refuseDisposed(tensors);
    const key = keyOf([structure, tensors.map(({ dtype, shape }) => [dtype, shape])]);
    const trace = this.recorded(key) ?? this.record(backend, key, structure, tensors);
    this.traces.delete(key);
    this.traces.set(key, trace);
    refuseDisposed(tensors);
    return { trace, inputs: [...backend.getInputTensorIds(tensors), ...captured(backend, trace)] };
  }

  /** A recording that still holds: none of its optimisers' numbers has changed. */
  private recorded(key: string): Trace | undefined {
    const trace = this.traces.get(key);
    return trace?.optimizers.every(({ optimizer, numbers }) => optimizerNumbers(optimizer) === numbers)
      ? trace
      : undefined;
  }

  private record(backend: NodeBackend<Binding>, key: string, values: Structure, tensors: readonly tf.Tensor[]): Trace {
    this.forget(backend, key);
    checkPrecision(this.precision, backend.binding);
    const trace = traceStep(backend, this.step, values, tensors, this.precision);
    this.traces.set(key, trace);
    for (const oldest of this.traces.keys()) {
      if (this.traces.size <= this.maxTraces) break;
      this.forget(backend, oldest);
    }
    const { recorded, nodes, bytes, traceMs, buildMs } = trace;
    Object.assign(this.stats, {
      traces: this.stats.traces + 1,
      recorded,
      nodes,
      bytes: bytes.length,
      traceMs,
      buildMs,
    });
    return trace;
  }

  /** Gives variables their new values and the caller the results. */
  private finish(backend: NodeBackend<Binding>, { trace, inputs }: Call, made: readonly TensorMetadata[]): unknown {
    try {
      this.refuseOutsideChange(backend, trace, inputs);
    } catch (error) {
      for (const { id } of made) backend.binding.deleteTensor(id);
      throw error;
    }
    trace.assigned.forEach((variable, i) => {
      assign(backend, variable, made[trace.returned + i]!);
    });
    for (const { optimizer, increments } of trace.optimizers) {
      const counter = optimizer as unknown as OptimizerInternals;
      counter.iterations_ = (counter.iterations_ ?? 0) + increments;
    }
    return unflatten(
      trace.structure,
      made.slice(0, trace.returned).map((metadata) => backend.createOutputTensor(metadata)),
    );
  }

  /** A variable that somebody else changed while the step ran on another thread: one of the two changes would be lost. */
  private refuseOutsideChange(backend: NodeBackend<Binding>, trace: Trace, inputs: readonly number[]): void {
    const now = captured(backend, trace);
    const before = inputs.slice(inputs.length - now.length);
    const changed = trace.captures.find((_, i) => now[i] !== before[i])?.variable;
    if (changed === undefined) return;
    throw new EngineError(
      "VARIABLE_ASSIGNED",
      `compile: the variable ${changed.name} was assigned while the step was running; await the step before you assign it. ` +
        "The step's own changes to variables are dropped.",
      { variable: changed.name },
    );
  }

  private forget(backend: NodeBackend<Binding>, key: string): void {
    const trace = this.traces.get(key);
    if (trace === undefined) return;
    this.traces.delete(key);
    backend.binding.removeFunction(trace.name);
    for (const { id, variable } of trace.captures) if (variable === undefined) backend.binding.deleteTensor(id);
  }

  dispose(): void {
    if (this.running)
      throw new EngineError("STEP_RUNNING", "compile: the step is still running; await it before dispose()");
    for (const key of [...this.traces.keys()]) this.forget(nodeBackend(), key);
  }
}

const resultsOf = ({ returned, assigned }: Trace): number => returned + assigned.length;

function captured(backend: NodeBackend<Binding>, trace: Trace): number[] {
  return trace.captures.map(({ id, variable }) => {
    if (variable === undefined) return id;
    if (!variable.isDisposed) return backend.getInputTensorIds([variable])[0]!;
    throw new EngineError(
      "VARIABLE_DISPOSED",
      `compile: the variable ${variable.name}, which the step uses, was disposed. Keep it, or dispose() the compiled step too.`,
      { variable: variable.name },
    );
  });
}

/** Swaps the handle inside the variable where nobody else shares it: no tensor is made. */
function assign(backend: NodeBackend<Binding>, variable: tf.Variable, metadata: TensorMetadata): void {
  const data = backend.tensorMap.get(variable.dataId)!;
  if (data.refCount === 1) {
    backend.binding.deleteTensor(data.id);
    data.id = metadata.id;
  } else {
    const value = backend.createOutputTensor(metadata);
    variable.assign(value);
    value.dispose();
  }
}

function refuseDisposed(tensors: readonly tf.Tensor[]): void {
  if (!tensors.some((tensor) => tensor.isDisposed)) return;
  throw new EngineError("BAD_TENSOR", "compile: an input of the step is disposed; dispose it after the call");
}

/** Thrown, not rejected: a promise that nobody awaits would leave the step that is being recorded without this call. */
function refuseInStep(): void {
  if (!nodeBackend().binding.recording) return;
  throw new EngineError(
    "PROMISE_IN_STEP",
    "compile: .async() is called inside of a step that is being recorded; call the step itself there, which makes it a part of it",
  );
}

function refuseObject(value: object): void {
  throw new EngineError(
    "BAD_ARGUMENT",
    `compile: a step takes tensors and plain data, got ${value.constructor?.name ?? "an object"}; let the step refer to it instead`,
  );
}
