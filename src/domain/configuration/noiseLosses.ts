/** @file The losses for label noise, of classes and of pixels alike: their parameters and limits. */
import type { Check } from "./check.ts";

export const noiseLossNames = [
  "softBootstrap",
  "hardBootstrap",
  "generalizedCrossEntropy",
  "symmetricCrossEntropy",
] as const;

export type NoiseLossName = (typeof noiseLossNames)[number];

export type NoiseLoss =
  | {
      readonly name: "softBootstrap" | "hardBootstrap";
      /** What the label counts; what the network says itself counts 1 - beta. 1: cross-entropy. */
      readonly beta: number;
    }
  | {
      readonly name: "generalizedCrossEntropy";
      /** Near 0 cross-entropy, 1 the absolute error, which noise moves least and which learns slowest. */
      readonly q: number;
    }
  | {
      readonly name: "symmetricCrossEntropy";
      /** What cross-entropy weighs. */
      readonly alpha: number;
      /** What the reverse weighs, which noise moves less. */
      readonly beta: number;
      /** What log 0 counts as in the reverse: A in the paper. */
      readonly logZero: number;
    };

/** The fields of each besides its name, with what they are where none is given. */
export const noiseLossValues: Readonly<Record<NoiseLossName, Readonly<Record<string, number>>>> = {
  softBootstrap: { beta: 0.95 },
  hardBootstrap: { beta: 0.8 },
  generalizedCrossEntropy: { q: 0.7 },
  symmetricCrossEntropy: { alpha: 0.1, beta: 1, logZero: -4 },
};

export const isNoiseLoss = (loss: { readonly name?: unknown }): loss is NoiseLoss =>
  (noiseLossNames as readonly unknown[]).includes(loss.name);

/** Notes what is wrong with the parameters of the field `loss`, which names one of these. */
export function checkNoiseLoss(check: Check, name: NoiseLossName): void {
  if (name === "generalizedCrossEntropy") {
    check.number("loss.q", 0.01, 1, "0.7 in the paper; near 0 is cross-entropy, 1 the absolute error");
  } else if (name === "symmetricCrossEntropy") {
    check.number("loss.alpha", 0, 100, "weight of cross-entropy, 0.1 or 6 in the paper");
    check.number("loss.beta", 0, 100, "weight of the reverse, 1 or 0.1 in the paper");
    check.number("loss.logZero", -20, -0.1, "what log 0 counts as, below 0: -4");
    if (check.read("loss.alpha") === 0 && check.read("loss.beta") === 0)
      check.problem("loss.beta", "above 0 where loss.alpha is 0", 0, "without both there is no loss");
  } else {
    check.number("loss.beta", 0.01, 1, "weight of the label: 0.95 soft and 0.8 hard in the paper; 1 is cross-entropy");
  }
}
