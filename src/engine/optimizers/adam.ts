/**
 * @file Adam as one fused TensorFlow operation per variable (ResourceApplyAdam).
 *
 * Source: Kingma & Ba 2015, arXiv:1412.6980, algorithm 1. TensorFlow's kernel has epsilon-hat (the paper's section 2, last
 * paragraph): it is given epsilon * sqrt(1 - beta2^t), which makes it equal to algorithm 1 and to tf.train.adam.
 *
 * Learning rate and the powers of beta are variables, so a schedule never makes a compiled step be recorded again.
 */
import * as tf from "@tensorflow/tfjs";
import { nodeBackend } from "../backend.ts";
import type { Binding } from "../binding.ts";
import { ATTR, FLOAT } from "../dataTypes.ts";
import { EngineError } from "../errors.ts";
import type { NodeBackend, TfjsEngine } from "../tfjsInternals.ts";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** One tensor of a saved optimiser. Names depend on the order of the variables only. */
export interface SavedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Resource handles of one variable: its working copy and both moments. */
interface Slot {
  readonly weights: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
}

type Gradients = tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[];

const floatType = { name: "dtype", type: ATTR.type, value: FLOAT } as const;
const kernelType = { name: "T", type: ATTR.type, value: FLOAT } as const;
let instances = 0;

export class Adam extends tf.Optimizer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraAdam";
  }

  private readonly options: Required<AdamOptions>;
  private readonly rate: tf.Variable;
  private readonly beta1Power: tf.Variable;
  private readonly beta2Power: tf.Variable;
  /** Variables in the order in which they were first seen: a slot's number is its variable's place here. */
  private readonly order: tf.Variable[] = [];
  private readonly slots = new Map<tf.Variable, Slot>();
  /** Loaded moments that wait for their variable. */
  private waiting = new Map<string, SavedTensor>();
  private readonly instance = instances++; // TensorFlow's resources are named per process

  constructor({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 }: AdamOptions) {
    super();
    this.options = { learningRate, beta1, beta2, epsilon };
    this.rate = scalarVariable(learningRate);
    this.beta1Power = scalarVariable(beta1);
    this.beta2Power = scalarVariable(beta2);
    this.iterations_ = 0;
  }

  setLearningRate(learningRate: number): void {
    refuseWhileRunning("setLearningRate");
    tf.tidy(() => this.rate.assign(tf.scalar(learningRate)));
  }

  /** As tf.Optimizer; `variables` in the same order every time and in every process that loads this state. */
  override minimize(cost: () => tf.Scalar, returnCost = false, variables?: tf.Variable[]): tf.Scalar | null {
    for (const variable of variables ?? []) this.place(variable);
    return super.minimize(cost, returnCost, variables);
  }

  override applyGradients(gradients: Gradients): void {
    const list = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const { registeredVariables } = tf.engine() as unknown as TfjsEngine;
    const backend = nodeBackend();
    tf.tidy(() => {
      const { beta1, beta2, epsilon } = this.options;
      const epsilonHat = tf.sub(1, this.beta2Power).sqrt().mul(epsilon);
      const numbers = [this.beta1Power, this.beta2Power, this.rate, tf.scalar(beta1), tf.scalar(beta2), epsilonHat];
      for (const { name, tensor } of list) {
        if (tensor != null) this.update(backend, registeredVariables[name]!, numbers, tensor);
      }
      this.beta1Power.assign(this.beta1Power.mul(beta1));
      this.beta2Power.assign(this.beta2Power.mul(beta2));
    });
    this.incrementIterations();
  }

  private update(
    backend: NodeBackend<Binding>,
    variable: tf.Variable,
    numbers: tf.Tensor[],
    gradient: tf.Tensor,
  ): void {
    const { binding } = backend;
    const { weights, firstMoment, secondMoment } = this.slot(variable);
    const [value, ...rest] = backend.getInputTensorIds([variable, ...numbers, gradient]);
    binding.executeOp("AssignVariableOp", [floatType], [weights, value!], 0);
    const attributes = [kernelType, { name: "use_locking", type: ATTR.bool, value: false }];
    binding.executeOp("ResourceApplyAdam", attributes, [weights, firstMoment, secondMoment, ...rest], 0);
    const [updated] = binding.executeOp("ReadVariableOp", [floatType], [weights], 1);
    variable.assign(backend.createOutputTensor(updated!));
  }

  private place(variable: tf.Variable): number {
    const index = this.order.indexOf(variable);
    return index >= 0 ? index : this.order.push(variable) - 1;
  }

  /** Made at a variable's first gradient, and never part of a recording (pitfall 7). */
  private slot(variable: tf.Variable): Slot {
    const found = this.slots.get(variable);
    if (found !== undefined) return found;
    const index = this.place(variable);
    const slot = unrecorded(() => ({
      weights: this.resource(`${index}/weights`, variable.shape),
      firstMoment: this.resource(
        momentName(index, "first"),
        variable.shape,
        this.initial(momentName(index, "first"), variable),
      ),
      secondMoment: this.resource(
        momentName(index, "second"),
        variable.shape,
        this.initial(momentName(index, "second"), variable),
      ),
    }));
    this.slots.set(variable, slot);
    return slot;
  }

  private initial(name: string, variable: tf.Variable): Float32Array {
    const loaded = this.waiting.get(name);
    if (loaded === undefined) return new Float32Array(variable.size);
    refuseOtherShape(loaded, variable.shape);
    this.waiting.delete(name);
    return loaded.data;
  }

  /** @returns the id of a resource handle; it holds `values` where given. */
  private resource(name: string, shape: number[], values?: Float32Array): number {
    const { binding } = nodeBackend();
    const sharedName = `tessera_adam_${this.instance}/${name}`;
    const attributes = [
      floatType,
      { name: "shape", type: ATTR.shape, value: shape },
      { name: "shared_name", type: ATTR.string, value: sharedName },
      { name: "container", type: ATTR.string, value: "" },
    ];
    const [handle] = binding.executeOp("VarHandleOp", attributes, [], 1);
    if (values !== undefined) assignResource(binding, handle!.id, shape, values);
    return handle!.id;
  }

  /** Everything that the next step depends on, exactly. Loaded in another process, training continues bit for bit. */
  state(): SavedTensor[] {
    refuseWhileRunning("state");
    const numbers = (["learningRate", "beta1Power", "beta2Power"] as const).map((name) => ({
      name,
      shape: [],
      data: this.numberVariable(name).dataSync<"float32">().slice(),
    }));
    const iterations = { name: "iterations", shape: [], data: Float32Array.of(this.iterations) };
    const moments = this.order.flatMap((variable, index) => {
      const slot = this.slots.get(variable);
      if (slot === undefined) return [];
      return (["first", "second"] as const).map((moment) => ({
        name: momentName(index, moment),
        shape: [...variable.shape],
        data: readResource(slot[`${moment}Moment`]),
      }));
    });
    return [...numbers, iterations, ...moments, ...this.waiting.values()];
  }

  /** @throws EngineError BAD_STATE for a missing or unknown name, or a moment of another shape than its variable. */
  loadState(state: readonly SavedTensor[]): void {
    refuseWhileRunning("loadState");
    const saved = new Map(state.map((tensor) => [tensor.name, tensor]));
    const number = (name: string): number => {
      const value = saved.get(name)?.data[0];
      if (value === undefined)
        throw new EngineError("BAD_STATE", `Adam: the saved state has no ${name}; was it Adam's?`, { name });
      saved.delete(name);
      return value;
    };
    const values = {
      learningRate: number("learningRate"),
      beta1Power: number("beta1Power"),
      beta2Power: number("beta2Power"),
    };
    const iterations = number("iterations");
    for (const tensor of saved.values()) this.refuseUnfit(tensor);

    this.iterations_ = iterations;
    tf.tidy(() => {
      for (const name of ["learningRate", "beta1Power", "beta2Power"] as const) {
        this.numberVariable(name).assign(tf.scalar(values[name]));
      }
    });
    this.waiting = saved;
    for (const [variable, slot] of this.slots) {
      const index = this.order.indexOf(variable);
      for (const moment of ["first", "second"] as const) {
        const data = this.initial(momentName(index, moment), variable);
        assignResource(nodeBackend().binding, slot[`${moment}Moment`], variable.shape, data);
      }
    }
  }

  private refuseUnfit(tensor: SavedTensor): void {
    const index = /^(\d+)\/(first|second)Moment$/.exec(tensor.name)?.[1];
    if (index === undefined) {
      throw new EngineError("BAD_STATE", `Adam: the saved state has an unknown ${tensor.name}; was it Adam's?`, {
        name: tensor.name,
      });
    }
    const variable = this.order[Number(index)];
    if (variable !== undefined) refuseOtherShape(tensor, variable.shape);
  }

  private numberVariable(name: "learningRate" | "beta1Power" | "beta2Power"): tf.Variable {
    return name === "learningRate" ? this.rate : this[name];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.options };
  }

  override dispose(): void {
    const { binding } = nodeBackend();
    for (const { weights, firstMoment, secondMoment } of this.slots.values()) {
      for (const id of [weights, firstMoment, secondMoment]) {
        const attributes = [{ name: "ignore_lookup_error", type: ATTR.bool, value: true }]; // weights may never be assigned
        binding.executeOp("DestroyResourceOp", attributes, [id], 0);
        binding.deleteTensor(id);
      }
    }
    this.slots.clear();
    tf.dispose([this.rate, this.beta1Power, this.beta2Power]);
  }
}

const momentName = (index: number, moment: "first" | "second"): string =>
  `${String(index).padStart(4, "0")}/${moment}Moment`;

function scalarVariable(value: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.scalar(value), false));
}

function unrecorded<T>(body: () => T): T {
  const { binding } = nodeBackend();
  const { listener } = binding;
  binding.listener = undefined;
  try {
    return body();
  } finally {
    binding.listener = listener;
  }
}

function assignResource(binding: Binding, handle: number, shape: number[], values: Float32Array): void {
  const id = binding.createTensor(shape, FLOAT, values);
  binding.executeOp("AssignVariableOp", [floatType], [handle, id], 0);
  binding.deleteTensor(id);
}

function readResource(handle: number): Float32Array {
  const { binding } = nodeBackend();
  const [value] = binding.executeOp("ReadVariableOp", [floatType], [handle], 1);
  const data = binding.tensorDataSync(value!.id) as Float32Array;
  binding.deleteTensor(value!.id);
  return data;
}

function refuseOtherShape(tensor: SavedTensor, shape: readonly number[]): void {
  if (String(tensor.shape) === String(shape)) return;
  throw new EngineError(
    "BAD_STATE",
    `Adam: ${tensor.name} was saved for a variable of shape [${tensor.shape}], this one has [${shape}]; ` +
      "load it with the same model and the same order of variables",
    { name: tensor.name, saved: tensor.shape, here: shape },
  );
}

function refuseWhileRunning(what: string): void {
  if (nodeBackend().binding.running === 0) return;
  throw new EngineError("STEP_RUNNING", `Adam: ${what} while a compiled step is running; await the step first`);
}
