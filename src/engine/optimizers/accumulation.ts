/**
 * @file Gradients of several micro-batches, added up where TensorFlow keeps them, for one update from their mean.
 *
 * Of a loss that is a mean over items, the mean over equal micro-batches is the gradient of the whole batch, but for what
 * looks at the batch as a whole: batch normalisation sees each micro-batch alone, in its statistics and moving averages.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import { addToResource, assignResource, readResource } from "./resource.ts";
import { readState, type SavedTensor, type StateLayout, savedNumbers } from "./savedState.ts";
import { refuseWhileRunning, Slots } from "./slots.ts";

const layout: StateLayout = { owner: "GradientAccumulator", numbers: ["count"], slots: ["sum"] };

export class GradientAccumulator {
  private readonly variables: readonly tf.Variable[];
  private readonly slots = new Slots(layout.owner, layout.slots);
  /** Micro-batches in the sums. */
  private readonly count: tf.Variable;

  /** @param variables in the same order in every process that loads this state */
  constructor(variables: readonly tf.Variable[]) {
    this.variables = variables;
    this.count = tf.tidy(() => tf.variable(tf.scalar(0), false));
    for (const variable of variables) this.slots.place(variable);
  }

  /** Adds one micro-batch. @param gradients one per variable, in their order */
  add(gradients: readonly tf.Tensor[]): void {
    const backend = nodeBackend();
    tf.tidy(() => {
      const ids = backend.getInputTensorIds([...gradients]);
      this.sums().forEach((sum, i) => {
        addToResource(sum, ids[i]!);
      });
      this.count.assign(this.count.add(1));
    });
  }

  /** The mean over the micro-batches added and this last one; the sums are empty afterwards. */
  takeMean(gradients: readonly tf.Tensor[]): tf.Tensor[] {
    const backend = nodeBackend();
    return tf.tidy(() => {
      const share = tf.div(1, this.count.add(1));
      const means = this.sums().map((sum, i) => {
        const total = backend.createOutputTensor(readResource(sum)).add(gradients[i]!);
        const [empty] = backend.getInputTensorIds([tf.zerosLike(total)]);
        assignResource(sum, empty!);
        return total.mul(share);
      });
      this.count.assign(tf.scalar(0));
      return means;
    });
  }

  private sums(): number[] {
    return this.variables.map((variable) => this.slots.of(variable)[0]!);
  }

  /** Between updates the sums are empty and are not saved. */
  state(): SavedTensor[] {
    refuseWhileRunning(layout.owner, "state");
    const count = this.count.dataSync()[0]!;
    return [...savedNumbers({ count }), ...(count === 0 ? [] : [...this.slots.tensors()])];
  }

  /** Whether `state` can be loaded; changes nothing. @throws EngineError BAD_STATE */
  checkState(state: readonly SavedTensor[]): ReturnType<typeof readState> {
    return readState(layout, state, this.slots.shapes);
  }

  /** @throws EngineError BAD_STATE for a missing or unknown name, or a sum of another shape than its variable. */
  loadState(state: readonly SavedTensor[]): void {
    refuseWhileRunning(layout.owner, "loadState");
    const { numbers, slots } = this.checkState(state);
    tf.tidy(() => this.count.assign(tf.scalar(numbers.count!)));
    this.slots.load(slots);
  }

  dispose(): void {
    this.slots.dispose();
    this.count.dispose();
  }
}
