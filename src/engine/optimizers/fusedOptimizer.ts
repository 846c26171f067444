/**
 * @file What our optimisers share: one fused TensorFlow operation per variable, numbers that a schedule may change, and state.
 *
 * The learning rate and every other number that changes is a variable, so a schedule never makes a compiled step be recorded
 * again (pitfall 4).
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import { ATTR, FLOAT } from "../dataTypes.ts";
import type { OpAttribute, TfjsEngine } from "../tfjsInternals.ts";
import { assignResource, destroyResource, makeResource, readResource } from "./resource.ts";
import { readState, type SavedTensor, type StateLayout, savedNumbers } from "./savedState.ts";
import { refuseWhileRunning, Slots } from "./slots.ts";

export type Gradients = tf.NamedTensorMap | readonly { readonly name: string; readonly tensor: tf.Tensor }[];

/** The update of one step: an operation that takes the weights and their slots (resources), then `inputs`. */
export interface FusedUpdate {
  readonly operation: string;
  readonly attributes?: readonly OpAttribute[];
  readonly inputs: (variable: tf.Variable, gradient: tf.Tensor) => readonly tf.Tensor[];
  /** The weights that the operation starts from; default: the variable's own. */
  readonly weights?: (variable: tf.Variable) => tf.Tensor;
}

const attributesOfAll: readonly OpAttribute[] = [
  { name: "T", type: ATTR.type, value: FLOAT },
  { name: "use_locking", type: ATTR.bool, value: false },
];

let instances = 0;

export abstract class FusedOptimizer extends tf.Optimizer {
  private readonly layout: StateLayout;
  private readonly slots: Slots;
  /** By the names under which they are saved. */
  private readonly numbers: Readonly<Record<string, tf.Variable>>;
  /** Working copies, which the operations change in place. */
  private readonly weights = new Map<tf.Variable, number>();
  private readonly instance = instances++;

  /**
   * @param owner its name in messages
   * @param numbers what it may change or be told to change, with the values at the start; learningRate among them
   * @param slots in the order in which the operation takes them
   */
  protected constructor(owner: string, numbers: Readonly<Record<string, number>>, slots: readonly string[]) {
    super();
    this.layout = { owner, numbers: [...Object.keys(numbers), "iterations"], slots };
    this.slots = new Slots(owner, slots);
    this.numbers = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, scalarVariable(value)]));
    this.iterations_ = 0;
  }

  /** Called once per step, inside the tidy of the step. */
  protected abstract update(): FusedUpdate;

  /** After all variables were updated: for numbers that change with every step. */
  protected advance(): void {
    // most have none
  }

  protected number(name: string): tf.Variable {
    return this.numbers[name]!;
  }

  protected setNumber(name: string, value: number, caller: string): void {
    refuseWhileRunning(this.layout.owner, caller);
    tf.tidy(() => this.number(name).assign(tf.scalar(value)));
  }

  setLearningRate(learningRate: number): void {
    this.setNumber("learningRate", learningRate, "setLearningRate");
  }

  /** Gives the variables their places: in the same order in every process that loads this state. */
  track(variables: readonly tf.Variable[]): void {
    for (const variable of variables) this.slots.place(variable);
  }

  /** As tf.Optimizer; `variables` in the same order every time and in every process that loads this state. */
  override minimize(cost: () => tf.Scalar, returnCost = false, variables?: tf.Variable[]): tf.Scalar | null {
    this.track(variables ?? []);
    return super.minimize(cost, returnCost, variables);
  }

  override applyGradients(gradients: Gradients): void {
    const list = Array.isArray(gradients)
      ? (gradients as { name: string; tensor: tf.Tensor }[])
      : Object.entries(gradients as tf.NamedTensorMap).map(([name, tensor]) => ({ name, tensor }));
    const { registeredVariables } = tf.engine() as unknown as TfjsEngine;
    tf.tidy(() => {
      const update = this.update();
      for (const { name, tensor } of list) if (tensor != null) this.apply(update, registeredVariables[name]!, tensor);
      this.advance();
    });
    this.incrementIterations();
  }

  private apply(update: FusedUpdate, variable: tf.Variable, gradient: tf.Tensor): void {
    const backend = nodeBackend();
    const slots = this.slots.of(variable);
    const weights = this.workingCopy(variable);
    const [value, ...rest] = backend.getInputTensorIds([
      update.weights?.(variable) ?? variable,
      ...update.inputs(variable, gradient),
    ]);
    assignResource(weights, value!);
    const attributes = [...attributesOfAll, ...(update.attributes ?? [])];
    backend.binding.executeOp(update.operation, attributes, [weights, ...slots, ...rest], 0);
    variable.assign(backend.createOutputTensor(readResource(weights)));
  }

  private workingCopy(variable: tf.Variable): number {
    const found = this.weights.get(variable);
    if (found !== undefined) return found;
    const name = `tessera_weights_${this.instance}/${this.slots.place(variable)}`;
    const made = nodeBackend().binding.unrecorded(() => makeResource(name, variable.shape));
    this.weights.set(variable, made);
    return made;
  }

  /** Everything that the next step depends on, exactly. Loaded in another process, training continues bit for bit. */
  state(): SavedTensor[] {
    return [...this.tensors()];
  }

  /** As `state`, one tensor at a time; no step may run meanwhile. */
  *tensors(): Generator<SavedTensor> {
    refuseWhileRunning(this.layout.owner, "state");
    const values = Object.entries(this.numbers).map(([name, variable]) => [name, variable.dataSync()[0]!] as const);
    yield* savedNumbers({ ...Object.fromEntries(values), iterations: this.iterations });
    yield* this.slots.tensors();
  }

  /** Whether `state` can be loaded; changes nothing. @throws EngineError BAD_STATE */
  checkState(state: readonly SavedTensor[]): ReturnType<typeof readState> {
    return readState(this.layout, state, this.slots.shapes);
  }

  /** @throws EngineError BAD_STATE for a missing or unknown name, or a slot of another shape than its variable. */
  loadState(state: readonly SavedTensor[]): void {
    refuseWhileRunning(this.layout.owner, "loadState");
    const { numbers, slots } = this.checkState(state);
    this.iterations_ = numbers.iterations!;
    tf.tidy(() => {
      for (const [name, variable] of Object.entries(this.numbers)) variable.assign(tf.scalar(numbers[name]!));
    });
    this.slots.load(slots);
  }

  override dispose(): void {
    for (const handle of this.weights.values()) destroyResource(handle);
    this.weights.clear();
    this.slots.dispose();
    tf.dispose(Object.values(this.numbers));
  }
}

function scalarVariable(value: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.scalar(value), false));
}
