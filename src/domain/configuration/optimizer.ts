/**
 * @file How a run's weights are changed: optimiser, learning rate over time, clipping, accumulation and averaging of weights.
 *
 * Some fields belong to one optimiser or one schedule only; `optimizerFields` says which. A configuration that was stored
 * before a field existed means that field's `neutral` value: what is described here as off.
 */
import type { Check } from "./check.ts";

export const optimizers = ["adam", "adamw", "sgd"] as const;
export const schedules = ["constant", "cosine", "polynomial", "step"] as const;
export const decayedWeights = ["kernels", "all"] as const;

interface Common {
  /** The highest that the schedule reaches. */
  readonly learningRate: number;
  /** Epochs (or a part of one) over which the rate rises linearly to `learningRate`; 0 is off. */
  readonly warmupEpochs: number;
  /** Gradients are scaled down together to this Euclidean norm where theirs is larger; 0 is off. */
  readonly clipNorm: number;
  /** Parts into which a batch is cut, one after the other in memory, for one update; divides batchSize, 1 is off. */
  readonly accumulationSteps: number;
  /** Share of the averaged weights that stays at an update; they are what is scored. 0 is off. */
  readonly emaDecay: number;
}

interface Decay {
  /** adamw: decoupled, a share of the weights per learning rate. sgd: added to the gradient (L2). 0 is off. */
  readonly weightDecay: number;
  /** kernels: weight matrices and convolutions, neither biases nor scales of normalisation. */
  readonly decayed: (typeof decayedWeights)[number];
}

export type OptimizerMethod =
  | { readonly name: "adam" }
  | ({ readonly name: "adamw" } & Decay)
  | ({ readonly name: "sgd"; readonly momentum: number; readonly nesterov: boolean } & Decay);

export type LearningRateSchedule =
  | { readonly schedule: "constant" }
  | { readonly schedule: "cosine" }
  | { readonly schedule: "polynomial"; readonly power: number }
  | {
      readonly schedule: "step";
      /** The rate is multiplied by stepFactor after every so many epochs. */
      readonly stepEpochs: number;
      readonly stepFactor: number;
    };

export type OptimizerConfiguration = Common & OptimizerMethod & LearningRateSchedule;

type Values = Readonly<Record<string, number | boolean | string>>;

const common: Values = { warmupEpochs: 0, clipNorm: 0, accumulationSteps: 1, emaDecay: 0 };

/** The fields that only one method or schedule has, with what they are where none is given. */
const byName: Readonly<Record<string, Values>> = {
  adam: {},
  adamw: { weightDecay: 0.01, decayed: "kernels" },
  sgd: { momentum: 0.9, nesterov: true, weightDecay: 0, decayed: "kernels" },
};
const bySchedule: Readonly<Record<string, Values>> = {
  constant: {},
  cosine: {},
  polynomial: { power: 0.9 },
  step: { stepEpochs: 30, stepFactor: 0.1 },
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ofKind = (kinds: Readonly<Record<string, Values>>, kind: unknown): Values =>
  typeof kind === "string" && Object.hasOwn(kinds, kind) ? kinds[kind]! : {};

/** `optimizer` with every field that it may leave out; anything but an object as it is. */
export function completeOptimizer(optimizer: unknown): unknown {
  if (!isObject(optimizer)) return optimizer;
  const { name, schedule } = optimizer;
  return { ...common, ...ofKind(byName, name), ...ofKind(bySchedule, schedule), ...optimizer };
}

/**
 * `base` with `changes` laid over it. Another name or schedule drops all that belonged to the former one: a weight decay
 * that suited SGD is no setting of AdamW.
 */
export function withOptimizerChanges(base: unknown, changes: unknown): unknown {
  if (!isObject(base) || !isObject(changes)) return changes;
  const { name = base.name, schedule = base.schedule } = changes;
  const dropped = {
    ...(name === base.name ? {} : ofKind(byName, base.name)),
    ...(schedule === base.schedule ? {} : ofKind(bySchedule, base.schedule)),
  };
  const kept = Object.entries(base).filter(([field]) => !Object.hasOwn(dropped, field));
  return { ...Object.fromEntries(kept), ...changes };
}

/** The fields that an optimiser of this name and schedule has. */
export function optimizerFields(name: unknown, schedule: unknown): string[] {
  const own = [common, ofKind(byName, name), ofKind(bySchedule, schedule)].flatMap(Object.keys);
  return ["name", "learningRate", "schedule", ...own];
}

/** Notes what is wrong with the field `optimizer` of a configuration that was completed. */
export function checkOptimizer(check: Check): void {
  check.oneOf("optimizer.name", optimizers);
  check.number("optimizer.learningRate", 1e-7, 1, "1e-3 suits a U-Net from random weights with Adam, 1e-2 with SGD");
  check.oneOf("optimizer.schedule", schedules);
  const fields = optimizerFields(check.read("optimizer.name"), check.read("optimizer.schedule"));
  const has = (field: string) => fields.includes(field);
  if (has("momentum")) {
    check.number("optimizer.momentum", 0, 0.9999, "0.9 is usual, nnU-Net has 0.99; 0 is plain gradient descent");
    check.boolean("optimizer.nesterov");
    if (check.read("optimizer.nesterov") === true && check.read("optimizer.momentum") === 0) {
      check.problem("optimizer.nesterov", "false where momentum is 0", true, "switch it off, or give momentum");
    }
  }
  if (has("weightDecay")) {
    check.number("optimizer.weightDecay", 0, 1, "0.01 is usual with adamw, 1e-4 with sgd; 0 is off");
    check.oneOf("optimizer.decayed", decayedWeights);
  }
  if (has("power")) check.number("optimizer.power", 0.1, 10, "0.9 in nnU-Net; 1 falls along a line");
  if (has("stepEpochs")) {
    check.integer("optimizer.stepEpochs", 1, 10_000, "epochs between two falls of the rate");
    check.number("optimizer.stepFactor", 1e-4, 1, "0.1 makes it a tenth");
  }
  check.number("optimizer.clipNorm", 0, 1e6, "0 is off; nnU-Net has 12, 1 is usual with transformers");
  check.number("optimizer.emaDecay", 0, 0.99999, "0 is off; 0.999 averages over the last thousand updates or so");
  checkAgainstRun(check);
}

/** Fields whose limits are other fields of the run. */
function checkAgainstRun(check: Check): void {
  const epochs = check.read("epochs");
  const most = typeof epochs === "number" && epochs > 0 ? epochs : 10_000;
  check.number("optimizer.warmupEpochs", 0, most, "epochs, no more than the run has; 0 is off");
  const steps = check.integer("optimizer.accumulationSteps", 1, 256, "parts of a batch; 1 is off");
  const batchSize = check.read("batchSize");
  if (steps === undefined || !Number.isInteger(batchSize) || (batchSize as number) % steps === 0) return;
  check.problem(
    "optimizer.accumulationSteps",
    `a divisor of batchSize = ${batchSize}`,
    steps,
    "a batch is cut into that many equal parts; change one of the two",
  );
}
