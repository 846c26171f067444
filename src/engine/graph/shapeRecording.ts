/**
 * @file Puts shapes in TensorFlow's place while a step is recorded: every operation is written down and gets its results' shapes
 * and types, and no kernel runs.
 *
 * One exception: where a shape follows from values (tf.unique), or TensorFlow says that shapes do not fit, that operation and
 * what leads to it are run on the values that the inputs have now. The shape is taken from there, or the kernel says what is wrong.
 */
import { Binding } from "../binding.ts";
import { EngineError } from "../errors.ts";
import { exchange } from "../exchange.ts";
import type { HostValues } from "../hostValues.ts";
import type { OpAttribute, TensorMetadata } from "../tfjsInternals.ts";
import { evaluate } from "./evaluate.ts";
import type { Recorder } from "./recorder.ts";
import { type Made, metadata, type ShapeTensors } from "./shapeTensors.ts";

/** @returns what puts TensorFlow back. What is `unrecorded` goes to it meanwhile. */
export function recordShapes(binding: Binding, recorder: Recorder, shapes: ShapeTensors): () => void {
  const real = Binding.prototype;

  function results(name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number) {
    try {
      return shapes.results(name, attributes, inputs, outputs);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return shapesOfRun(name, attributes, inputs, outputs);
    }
  }

  function shapesOfRun(name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number) {
    const symbols = inputs.map((id) => recorder.symbol(id));
    const values = evaluate(binding, recorder, symbols);
    return binding.unrecorded((): Made[] => {
      try {
        return binding.executeOp(name, attributes, values, outputs).map(({ id, shape, dtype }) => {
          binding.deleteTensor(id);
          return shapes.placeholder(shape, dtype);
        });
      } finally {
        for (const id of values) binding.deleteTensor(id);
      }
    });
  }

  const restore = exchange(binding, {
    createTensor(shape: number[], dtype: number, values: HostValues): number {
      if (!binding.recording) return real.createTensor.call(binding, shape, dtype, values);
      const { id } = shapes.constant(shape, dtype, values);
      recorder.created(id, shape, dtype, values);
      return id;
    },
    deleteTensor(id: number): void {
      if (!shapes.forget(id)) real.deleteTensor.call(binding, id);
    },
    tensorDataSync(id: number): HostValues {
      return binding.recording ? recorder.read(id) : real.tensorDataSync.call(binding, id);
    },
    executeOp(name: string, attributes: readonly OpAttribute[], inputs: readonly number[], outputs: number) {
      if (!binding.recording) return real.executeOp.call(binding, name, attributes, inputs, outputs);
      const made: TensorMetadata[] = results(name, attributes, inputs, outputs).map(metadata);
      recorder.executed(name, attributes, inputs, made);
      return made;
    },
  });
  binding.recording = true;
  return () => {
    binding.recording = false;
    restore();
  };
}
