/**
 * @file What a run minimises: a loss by name, with its parameters.
 *
 * Some fields belong to some losses only; `lossFields` says which. A plain name is that loss with the values that its
 * parameters have where none is given: so a configuration named its loss before losses had parameters.
 */
import type { Check } from "./check.ts";
import { checkNoiseLoss, isNoiseLoss, type NoiseLoss, noiseLossNames, noiseLossValues } from "./noiseLosses.ts";

export const segmentationLosses = [
  "softDice",
  "softDiceCrossEntropy",
  "generalizedDice",
  "tversky",
  "focalTversky",
  "focal",
  "weightedCrossEntropy",
  "boundaryCrossEntropy",
  ...noiseLossNames,
] as const;

export type LossName = (typeof segmentationLosses)[number];

interface Absent {
  /** Whether an item and class without truth enters the mean, where any pixel predicted costs nearly 1. Its Dice is undefined. */
  readonly countAbsent: boolean;
}

interface Errors {
  /** What a false positive weighs; a missed pixel weighs beta. Both 0.5: soft Dice. */
  readonly alpha: number;
  readonly beta: number;
}

export type LossConfiguration =
  | ({ readonly name: "softDice" | "softDiceCrossEntropy" } & Absent)
  | {
      readonly name: "generalizedDice";
      /** Whether what belongs to no class is a class too. Without it one class alone is soft Dice. */
      readonly background: boolean;
    }
  | ({ readonly name: "tversky" } & Errors & Absent)
  | ({
      readonly name: "focalTversky";
      /** The loss of an item is raised to 1 / gamma: above 1, items that are nearly right lose less of their gradient. */
      readonly gamma: number;
    } & Errors &
      Absent)
  | {
      readonly name: "focal";
      /** What a pixel of the class weighs; one of the background weighs 1 - alpha. */
      readonly alpha: number;
      /** How far pixels that are right already fade; 0 is cross-entropy. */
      readonly gamma: number;
    }
  | {
      readonly name: "weightedCrossEntropy";
      /** Weight of the gap between two pieces that touch nearly, beside a mean of 1. */
      readonly w0: number;
      /** Pixels over which it falls. */
      readonly sigma: number;
    }
  | {
      readonly name: "boundaryCrossEntropy";
      /** What the outline weighs more than a pixel far from it, which weighs 1. */
      readonly weight: number;
      /** Pixels over which it falls. */
      readonly sigma: number;
    }
  | NoiseLoss;

type Values = Readonly<Record<string, number | boolean>>;

/** The fields of each loss besides its name, with what they are where none is given. */
const byName: Readonly<Record<LossName | "crossEntropy", Values>> = {
  crossEntropy: { labelSmoothing: 0 }, // of classes
  softDice: { countAbsent: false },
  softDiceCrossEntropy: { countAbsent: false },
  generalizedDice: { background: true },
  tversky: { alpha: 0.3, beta: 0.7, countAbsent: false },
  focalTversky: { alpha: 0.3, beta: 0.7, gamma: 4 / 3, countAbsent: false },
  focal: { alpha: 0.25, gamma: 2 },
  weightedCrossEntropy: { w0: 10, sigma: 5 },
  boundaryCrossEntropy: { weight: 5, sigma: 3 },
  ...noiseLossValues,
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ofName = (name: unknown): Values =>
  typeof name === "string" && Object.hasOwn(byName, name) ? byName[name as keyof typeof byName] : {};

/** `loss`, a name or an object, with every field that it may leave out; anything else as it is. */
export function completeLoss(loss: LossName): LossConfiguration;
export function completeLoss(loss: unknown): unknown;
export function completeLoss(loss: unknown): unknown {
  if (typeof loss === "string") return { name: loss, ...ofName(loss) };
  return isObject(loss) ? { name: loss.name, ...ofName(loss.name), ...loss } : loss;
}

/**
 * `base` with `changes` laid over it. Another name drops all that belonged to the former one: an alpha of Tversky is no
 * alpha of the focal loss. A plain name is that loss with its own values.
 */
export function withLossChanges(base: unknown, changes: unknown): unknown {
  if (!isObject(changes)) return changes;
  const before = typeof base === "string" ? { name: base } : base;
  if (!isObject(before)) return changes;
  const { name = before.name } = changes;
  const dropped = name === before.name ? {} : ofName(before.name);
  const kept = Object.entries(before).filter(([field]) => !Object.hasOwn(dropped, field));
  return { ...Object.fromEntries(kept), ...changes };
}

/** The fields that a loss of this name has. */
export const lossFields = (name: unknown): string[] => ["name", ...Object.keys(ofName(name))];

/** Notes what is wrong with the field `loss` of a configuration that was completed. */
export function checkLoss(check: Check): void {
  check.oneOf("loss.name", segmentationLosses);
  const name = check.read("loss.name");
  const noise = { name };
  if (isNoiseLoss(noise)) {
    checkNoiseLoss(check, noise.name);
    return;
  }
  const fields = lossFields(name);
  const has = (field: string) => fields.includes(field);
  if (has("countAbsent")) check.boolean("loss.countAbsent");
  if (has("background")) check.boolean("loss.background");
  if (has("beta")) {
    check.number(
      "loss.alpha",
      0.01,
      1,
      "weight of false positives: 0.3 with beta 0.7 looks for missed pixels; 0.5 is Dice",
    );
    check.number("loss.beta", 0.01, 1, "weight of missed pixels: 0.7 with alpha 0.3 is Salehi's; 0.5 is Dice");
  } else if (has("alpha")) {
    check.number("loss.alpha", 0.01, 0.99, "weight of the class, 0.25 in the paper; the background weighs 1 - alpha");
  }
  if (name === "focalTversky") check.number("loss.gamma", 1, 3, "4/3 in the paper; 1 is Tversky");
  if (name === "focal") check.number("loss.gamma", 0, 10, "2 in the paper; 0 is weighted cross-entropy");
  if (has("w0")) check.number("loss.w0", 0, 100, "10 in the paper; 0 weighs no gap between pieces");
  if (has("weight")) check.number("loss.weight", 0, 100, "5 makes the outline weigh 6; 0 is plain cross-entropy");
  if (has("sigma")) check.number("loss.sigma", 0.1, 100, "pixels; 5 in the U-Net's paper, at 512 x 512");
}
