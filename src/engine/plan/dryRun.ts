/**
 * @file TensorFlow.js code run on shapes alone: every operation gets its results' shapes and types, and no memory.
 *
 * The binding's methods are exchanged while `body` runs; every tensor that it makes is an id without a handle. What happened
 * to memory, had it been real, is the list of events.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import { Binding } from "../binding.ts";
import { EngineError } from "../errors.ts";
import { exchange } from "../exchange.ts";
import { type Made, metadata, ShapeTensors } from "../graph/shapeTensors.ts";
import type { HostValues } from "../hostValues.ts";
import type { OpAttribute, TensorMetadata, TfjsEngine } from "../tfjsInternals.ts";
import { hookTensorFlowJs } from "./hooks.ts";

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

export class DryRun {
  readonly events: MemoryEvent[] = [];
  private readonly binding: Binding;
  private readonly shapes: ShapeTensors;

  constructor(binding: Binding) {
    this.binding = binding;
    this.shapes = new ShapeTensors(binding);
  }

  /** An input: no values, and no host array either. */
  input(shape: readonly number[], dtype: number): tf.Tensor {
    const made = this.shapes.placeholder(shape, dtype);
    this.events.push({ kind: "made", tensor: made, constant: false });
    return nodeBackend().createOutputTensor(metadata(made));
  }

  /** The id under which TensorFlow would hold the tensor. */
  idOf(tensor: tf.Tensor): number {
    return nodeBackend().getInputTensorIds([tensor])[0]!;
  }

  /** @throws EngineError STEP_RUNNING where a step runs already, and whatever `body` throws. */
  run<T>(body: () => T): T {
    const { binding } = this;
    if (binding.recording) {
      throw new EngineError("STEP_RUNNING", "plan: a step is being recorded; plan outside of steps");
    }
    const engine = tf.engine() as unknown as TfjsEngine;
    const before = new Set(Object.values(engine.registeredVariables));
    const restore = [exchange(binding, this.methods()), ...hookTensorFlowJs(binding, before)];
    binding.recording = true; // compiled steps run inline, as part of this one
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
      binding.recording = false;
      for (const each of restore) each();
      this.shapes.dispose();
    }
  }

  private methods() {
    const real = Binding.prototype;
    const { binding, shapes } = this;
    return {
      createTensor: (shape: number[], dtype: number, values: HostValues): number => {
        const made = shapes.constant(shape, dtype, values);
        this.events.push({ kind: "made", tensor: made, constant: binding.recording });
        return made.id;
      },
      deleteTensor: (id: number): void => {
        if (!shapes.forget(id)) real.deleteTensor.call(binding, id);
        else this.events.push({ kind: "freed", id });
      },
      share: (id: number): number => {
        const shared = shapes.share(id);
        this.events.push({ kind: "shared", id: shared.id, of: id });
        return shared.id;
      },
      describe: (id: number): TensorMetadata => metadata(shapes.describe(id)),
      tensorDataSync: (id: number): HostValues => {
        if (!shapes.has(id)) return real.tensorDataSync.call(binding, id);
        throw new EngineError(
          "READ_IN_STEP",
          `plan: the step reads a tensor of shape [${shapes.describe(id).shape}], which has no values yet; read it outside the step`,
        );
      },
      executeOp: (name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number) => {
        const given = inputs.map((id) => shapes.describe(id));
        const made = shapes.results(name, attributes, inputs, outputs);
        this.events.push({ kind: "ran", op: name, attributes, inputs: given, outputs: made });
        return made.map(metadata);
      },
      executeOpAsync: () => {
        throw new EngineError("PROMISE_IN_STEP", "plan: steps are called synchronously here; not with .async()");
      },
    };
  }
}
