/**
 * @file From a loss to changed weights: gradients, accumulated over micro-batches, clipped, applied, and the weights averaged.
 *
 * Every part but the optimiser can be left out, and then costs nothing. To be used inside a compiled step:
 *
 *   const step = compile((x, y, last: boolean) => rule.minimize(() => loss(x, y), last));
 *
 * `last` is plain data, so the step is recorded once for each of its two values, and no more.
 */
import * as tf from "@tensorflow/tfjs";
import { EngineError } from "../errors.ts";
import { GradientAccumulator } from "./accumulation.ts";
import { clipByGlobalNorm } from "./clip.ts";
import type { FusedOptimizer } from "./fusedOptimizer.ts";
import type { MovingAverage } from "./movingAverage.ts";
import type { SavedTensor } from "./savedState.ts";

export interface UpdateRuleOptions {
  readonly optimizer: FusedOptimizer;
  /** What is trained, in the same order in every process that loads this state. Each must take part in the loss. */
  readonly variables: readonly tf.Variable[];
  /** Whether an update may be made of more than one micro-batch. */
  readonly accumulate?: boolean;
  /** Largest global norm of the (mean) gradient; 0 is off. */
  readonly clipNorm?: number;
  readonly average?: MovingAverage;
}

/** Prefixes of what each part saves; the optimiser's own names have none, as in checkpoints of before there were others. */
const prefixes = { accumulator: "accumulator/", average: "average/" } as const;

export class UpdateRule {
  private readonly options: UpdateRuleOptions;
  private readonly accumulator: GradientAccumulator | undefined;

  constructor(options: UpdateRuleOptions) {
    this.options = options;
    if (options.accumulate) this.accumulator = new GradientAccumulator(options.variables);
    options.optimizer.track(options.variables);
  }

  setLearningRate(learningRate: number): void {
    this.options.optimizer.setLearningRate(learningRate);
  }

  /**
   * @param last false: only add to the gradients of the next update. true: this micro-batch completes it.
   * @returns the loss of this micro-batch, before the update
   * @throws EngineError BAD_ARGUMENT for `last` false without `accumulate`
   */
  minimize(cost: () => tf.Scalar, last = true): tf.Scalar {
    const { variables, optimizer, clipNorm = 0, average } = this.options;
    const { accumulator } = this;
    if (!last && accumulator === undefined) {
      throw new EngineError("BAD_ARGUMENT", "UpdateRule: a micro-batch that is not the last needs accumulate: true");
    }
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(cost, [...variables]);
      const own = variables.map(({ name }) => grads[name] ?? refuseUnused(name));
      if (!last) {
        accumulator!.add(own);
        return value;
      }
      const mean = accumulator?.takeMean(own) ?? own;
      const applied = clipNorm > 0 ? clipByGlobalNorm(mean, clipNorm) : mean;
      optimizer.applyGradients(variables.map(({ name }, i) => ({ name, tensor: applied[i]! })));
      average?.update();
      return value;
    });
  }

  /** Of all parts, but for the averages themselves. */
  state(): SavedTensor[] {
    return [...this.tensors()];
  }

  /** As `state`, one tensor at a time; no step may run meanwhile. */
  *tensors(): Generator<SavedTensor> {
    const under = (prefix: string, state: readonly SavedTensor[] = []) =>
      state.map((tensor) => ({ ...tensor, name: prefix + tensor.name }));
    const { optimizer, average } = this.options;
    yield* optimizer.tensors();
    yield* under(prefixes.accumulator, this.accumulator?.state());
    yield* under(prefixes.average, average?.state());
  }

  /** All parts, or nothing. @throws EngineError BAD_STATE where it is the state of another optimiser, or of other parts */
  loadState(state: readonly SavedTensor[]): void {
    const { optimizer, average } = this.options;
    const take = (prefix: string) =>
      state.flatMap(({ name, ...rest }) =>
        name.startsWith(prefix) ? [{ name: name.slice(prefix.length), ...rest }] : [],
      );
    const parts = [
      [prefixes.accumulator, this.accumulator],
      [prefixes.average, average],
    ] as const;
    const taken = parts.filter(([, part]) => part !== undefined).map(([prefix]) => prefix);
    const own = state.filter(({ name }) => !taken.some((prefix) => name.startsWith(prefix)));
    optimizer.checkState(own);
    for (const [prefix, part] of parts) part?.checkState(take(prefix));
    optimizer.loadState(own);
    for (const [prefix, part] of parts) part?.loadState(take(prefix));
  }

  /** The optimiser too. */
  dispose(): void {
    this.options.optimizer.dispose();
    this.options.average?.dispose();
    this.accumulator?.dispose();
  }
}

function refuseUnused(variable: string): never {
  throw new EngineError(
    "BAD_ARGUMENT",
    `UpdateRule: the loss does not depend on the variable ${variable}; leave it out of the variables that are trained`,
    { variable },
  );
}
