/**
 * @file TensorFlow.js code run on shapes alone: every operation gets its results' shapes and types, and no memory.
 *
 * The binding's methods are exchanged while `body` runs; every tensor that it makes is an id without a handle. What happened
 * to memory, had it been real, is the list of events.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import type { Binding, OperationListener } from "../binding.ts";
import { EngineError } from "../errors.ts";
import { exchange } from "../exchange.ts";
import type { TensorType } from "../graph/recorder.ts";
import type { HostValues } from "../hostValues.ts";
import type { OpAttribute, TensorMetadata, TfjsEngine } from "../tfjsInternals.ts";
import { hookTensorFlowJs } from "./hooks.ts";
import { type Shaped, ShapeGraph } from "./shapeGraph.ts";

export interface Made extends TensorType {
  readonly id: number;
}

export type MemoryEvent =
  /** `constant`: from values that JavaScript made, and part of the record; else an input, or an optimiser's first slot. */
  | { readonly kind: "made"; readonly tensor: Made; readonly constant: boolean }
  | {
      readonly kind: "ran";
      readonly op: string;
      readonly attributes: readonly OpAttribute[];
      readonly inputs: readonly Made[];
      readonly outputs: readonly Made[];
    }
  /** Another id for the same values. */
  | { readonly kind: "shared"; readonly id: number; readonly of: number }
  | { readonly kind: "freed"; readonly id: number };

/** A handle's id never comes near. */
const firstId = 2 ** 40;

export class DryRun {
  readonly events: MemoryEvent[] = [];
  private readonly tensors = new Map<number, Shaped>();
  private readonly binding: Binding;
  private readonly graph: ShapeGraph;
  private nextId = firstId;

  constructor(binding: Binding) {
    this.binding = binding;
    this.graph = new ShapeGraph(binding);
  }

  /** An input: no values, and no host array either. */
  input(shape: readonly number[], dtype: number): tf.Tensor {
    const made = this.register(this.graph.placeholder(shape, dtype));
    this.events.push({ kind: "made", tensor: made, constant: false });
    return nodeBackend().createOutputTensor(made as TensorMetadata);
  }

  /** The id under which TensorFlow would hold the tensor. */
  idOf(tensor: tf.Tensor): number {
    return nodeBackend().getInputTensorIds([tensor])[0]!;
  }

  /** @throws EngineError STEP_RUNNING where a step runs already, and whatever `body` throws. */
  run<T>(body: () => T): T {
    const { binding } = this;
    if (binding.listener !== undefined) {
      throw new EngineError("STEP_RUNNING", "plan: a step is being recorded; plan outside of steps");
    }
    const engine = tf.engine() as unknown as TfjsEngine;
    const before = new Set(Object.values(engine.registeredVariables));
    const restore = [exchange(binding, this.methods()), ...hookTensorFlowJs(binding, before)];
    binding.listener = inStep;
    try {
      return engine.tidy(() => {
        try {
          return body();
        } finally {
          for (const variable of Object.values(engine.registeredVariables)) {
            if (!before.has(variable)) variable.dispose();
          }
        }
      });
    } finally {
      binding.listener = undefined;
      for (const each of restore) each();
      this.graph.dispose();
    }
  }

  private methods() {
    const real = Object.getPrototypeOf(this.binding) as Binding;
    const { binding } = this;
    return {
      createTensor: (shape: number[], dtype: number, values: HostValues): number => {
        const made = this.register(this.graph.constant(shape, dtype, values));
        this.events.push({ kind: "made", tensor: made, constant: binding.listener !== undefined });
        return made.id;
      },
      deleteTensor: (id: number): void => {
        if (!this.tensors.delete(id)) real.deleteTensor.call(binding, id);
        else this.events.push({ kind: "freed", id });
      },
      share: (id: number): number => {
        const shared = this.register(this.shaped(id));
        this.events.push({ kind: "shared", id: shared.id, of: id });
        return shared.id;
      },
      describe: (id: number): TensorMetadata => metadata({ id, ...this.shaped(id) }),
      tensorDataSync: (id: number): HostValues => {
        if (!this.tensors.has(id)) return real.tensorDataSync.call(binding, id);
        throw new EngineError(
          "READ_IN_STEP",
          `plan: the step reads a tensor of shape [${this.shaped(id).shape}], which has no values yet; read it outside the step`,
        );
      },
      executeOp: (name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number) => {
        const given = inputs.map((id) => ({ id, ...this.shaped(id) }));
        const made = this.graph.results(name, attributes, given, outputs).map((shaped) => this.register(shaped));
        this.events.push({ kind: "ran", op: name, attributes, inputs: given, outputs: made });
        return made.map(metadata);
      },
      executeOpAsync: () => {
        throw new EngineError("PROMISE_IN_STEP", "plan: steps are called synchronously here; not with .async()");
      },
    };
  }

  private register(shaped: Shaped): Made {
    const id = this.nextId++;
    this.tensors.set(id, shaped);
    return { id, dtype: shaped.dtype, shape: shaped.shape };
  }

  /** A tensor that is real is known by its shape. */
  private shaped(id: number): Shaped {
    const found = this.tensors.get(id);
    if (found !== undefined) return found;
    const { shape, dtype } = (Object.getPrototypeOf(this.binding) as Binding).describe.call(this.binding, id);
    const outside = this.graph.placeholder(shape, dtype);
    return outside;
  }
}

const ignore = (): void => undefined;
/** Makes compiled steps run inline, as part of this one. */
const inStep: OperationListener = { created: ignore, executed: ignore, read: ignore };

const metadata = ({ id, dtype, shape }: Made): TensorMetadata => ({ id, dtype, shape: [...shape] });
