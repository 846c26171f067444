/** @file Where TensorFlow.js itself must do something else while its code runs on shapes alone. */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import type { Binding } from "../binding.ts";
import { EngineError } from "../errors.ts";
import { exchange } from "../exchange.ts";
import type { HostValues } from "../hostValues.ts";
import type { LayerInternals } from "../tfjsInternals.ts";

/**
 * @param binding whose methods are exchanged already
 * @param outside variables that are real
 * @returns what puts everything back
 */
export function hookTensorFlowJs(binding: Binding, outside: ReadonlySet<tf.Variable>): (() => void)[] {
  const backend = nodeBackend();
  const { move, getInputTensorIds } = backend;
  const { assign } = tf.Variable.prototype;
  const layer = tf.layers.Layer.prototype as unknown as LayerInternals;
  const { addWeight } = layer;
  const made = new WeakSet<object>();
  return [
    exchange(backend, {
      move: (dataId, ...rest) => {
        made.add(dataId);
        move.call(backend, dataId, ...rest);
      },
      // A real tensor whose values are still on the host gets a real handle: it is there after us too.
      getInputTensorIds: (tensors) => {
        for (const { dataId } of tensors) {
          const data = dataId === undefined || made.has(dataId) ? undefined : backend.tensorMap.get(dataId);
          if (data?.values == null) continue;
          data.id = (Object.getPrototypeOf(binding) as Binding).createTensor.call(
            binding,
            data.shape,
            data.dtype,
            data.values as HostValues,
          );
          data.values = null;
        }
        return getInputTensorIds.call(backend, tensors);
      },
    }),
    exchange(tf.Variable.prototype, {
      assign(this: tf.Variable, value: tf.Tensor) {
        if (outside.has(this)) throw outsideVariable(this);
        assign.call(this, value);
      },
    }),
    // Nobody reads a weight here, and drawing millions of random numbers takes seconds.
    exchange(layer, {
      addWeight(this: LayerInternals, name, shape, dtype, _, ...rest) {
        return addWeight.call(this, name, shape, dtype, tf.initializers.zeros(), ...rest);
      },
    }),
  ];
}

function outsideVariable(variable: tf.Variable): EngineError {
  return new EngineError(
    "BAD_ARGUMENT",
    `plan: the step assigns the variable ${variable.name}, which was made outside; make model and optimiser inside the function given to plan`,
    { variable: variable.name },
  );
}
