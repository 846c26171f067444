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
import { momentName, moments, readState, refuseOtherShape, type SavedTensor, savedNumbers } from "./adamState.ts";
import {
  assignResource,
  destroyResource,
  fillResource,
  makeResource,
  readResource,
  resourceValues,
} from "./resource.ts";

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
}

/** Resource handles of one variable: its working copy and both moments. */
interface Slot {
  readonly weights: number;
  readonly firstMoment: number;
  readonly secondMoment: number;
}

type Gradients = tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[];

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
    assignResource(weights, value!);
    const attributes = [kernelType, { name: "use_locking", type: ATTR.bool, value: false }];
    binding.executeOp("ResourceApplyAdam", attributes, [weights, firstMoment, secondMoment, ...rest], 0);
    variable.assign(backend.createOutputTensor(readResource(weights)));
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
    const resource = (name: string) => makeResource(`tessera_adam_${this.instance}/${name}`, variable.shape);
    const moment = (name: string) => {
      const values = this.initial(name, variable);
      const handle = resource(name);
      fillResource(handle, variable.shape, values);
      return handle;
    };
    const slot = unrecorded(() => ({
      weights: resource(`${index}/weights`),
      firstMoment: moment(momentName(index, "first")),
      secondMoment: moment(momentName(index, "second")),
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

  /** Everything that the next step depends on, exactly. Loaded in another process, training continues bit for bit. */
  state(): SavedTensor[] {
    refuseWhileRunning("state");
    const [learningRate, beta1Power, beta2Power] = [this.rate, this.beta1Power, this.beta2Power].map(
      (variable) => variable.dataSync<"float32">()[0]!,
    ) as [number, number, number];
    const numbers = savedNumbers({ learningRate, beta1Power, beta2Power, iterations: this.iterations });
    const saved = this.order.flatMap((variable, index) => {
      const slot = this.slots.get(variable);
      if (slot === undefined) return [];
      return moments.map((moment) => ({
        name: momentName(index, moment),
        shape: [...variable.shape],
        data: resourceValues(slot[`${moment}Moment`]),
      }));
    });
    return [...numbers, ...saved, ...this.waiting.values()];
  }

  /** @throws EngineError BAD_STATE for a missing or unknown name, or a moment of another shape than its variable. */
  loadState(state: readonly SavedTensor[]): void {
    refuseWhileRunning("loadState");
    const { numbers, moments: loaded } = readState(
      state,
      this.order.map(({ shape }) => shape),
    );
    this.iterations_ = numbers.iterations;
    tf.tidy(() => {
      this.rate.assign(tf.scalar(numbers.learningRate));
      this.beta1Power.assign(tf.scalar(numbers.beta1Power));
      this.beta2Power.assign(tf.scalar(numbers.beta2Power));
    });
    this.waiting = loaded;
    for (const [variable, slot] of this.slots) {
      const index = this.order.indexOf(variable);
      for (const moment of moments) {
        fillResource(slot[`${moment}Moment`], variable.shape, this.initial(momentName(index, moment), variable));
      }
    }
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...this.options };
  }

  override dispose(): void {
    for (const { weights, firstMoment, secondMoment } of this.slots.values()) {
      [weights, firstMoment, secondMoment].forEach(destroyResource);
    }
    this.slots.clear();
    tf.dispose([this.rate, this.beta1Power, this.beta2Power]);
  }
}

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

function refuseWhileRunning(what: string): void {
  if (nodeBackend().binding.running === 0) return;
  throw new EngineError("STEP_RUNNING", `Adam: ${what} while a compiled step is running; await the step first`);
}
