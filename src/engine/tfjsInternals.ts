/**
 * @file The parts of TensorFlow.js 4.22 that the engine reaches into, as the smallest interfaces that say so.
 *
 * They are not in its public types. An update of TensorFlow.js means reading this file beside its sources.
 */
import type * as tf from "@tensorflow/tfjs";

/** What the binding says of a tensor that TensorFlow made. */
export interface TensorMetadata {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

export interface OpAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: boolean | number | string | Uint8Array | readonly (boolean | number | string)[];
}

/** NodeJSKernelBackend.tensorMap's entry: `values` are still on the host until an operation needs them. */
export interface TensorData {
  readonly shape: number[];
  readonly dtype: number;
  id: number;
  values: tf.backend_util.BackendValues | null;
  refCount: number;
}

export interface TensorLike {
  readonly dataId: object;
  readonly shape: number[];
  readonly dtype: tf.DataType;
}

/** tfjs-node's NodeJSKernelBackend, over our binding. */
export interface NodeBackend<B> {
  readonly binding: B;
  readonly tensorMap: { get(dataId: object): TensorData | undefined };
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
  getInputTensorIds(tensors: readonly TensorLike[]): number[];
  move(
    dataId: object,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void;
  executeSingleOutput(name: string, attributes: readonly OpAttribute[], inputs: readonly TensorLike[]): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: readonly OpAttribute[],
    inputs: readonly TensorLike[],
    outputs: number,
  ): tf.Tensor[];
}

export interface TfjsEngine {
  readonly registeredVariables: Readonly<Record<string, tf.Variable>>;
  makeVariable(initial: tf.Tensor, trainable?: boolean, name?: string, dtype?: tf.DataType): tf.Variable;
  tidy<T>(body: () => T): T;
}

/** Optimizer's protected side. */
export interface OptimizerInternals {
  iterations_: number | undefined;
  incrementIterations(): void;
}

/** Layer's protected side. */
export interface LayerInternals {
  addWeight(name: string, shape: tf.Shape, dtype?: tf.DataType, initializer?: unknown, ...rest: unknown[]): unknown;
}
