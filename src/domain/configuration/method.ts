/** @file How a classification is trained: one network on its labels, or two that choose each other's items. */
import type { Check } from "./check.ts";

/**
 * Co-teaching, Han et al. 2018, arXiv:1804.06872, algorithm 1: of every batch each of two networks learns from the items that cost the
 * other least. The share that is left out rises linearly from 0 to `forgetRate` over `warmUpEpochs`, R(T) with T the epochs done.
 */
export interface CoTeaching {
  readonly kind: "coTeaching";
  /** The noise rate, where it is known. */
  readonly forgetRate: number;
  /** T_k in the paper, 10 there. */
  readonly warmUpEpochs: number;
}

export type TrainingMethod = { readonly kind: "plain" } | CoTeaching;

export const trainingMethods = ["plain", "coTeaching"] as const;

export const methodFields = (kind: unknown): string[] =>
  kind === "coTeaching" ? ["kind", "forgetRate", "warmUpEpochs"] : ["kind"];

/** null: one network. */
export const coTeachingOf = (configuration: object): CoTeaching | null => {
  const method = "method" in configuration ? (configuration.method as TrainingMethod) : null;
  return method?.kind === "coTeaching" ? method : null;
};

/** Items of a batch that each network teaches the other, at least 1. @param epochsDone from 0 */
export function itemsKept({ forgetRate, warmUpEpochs }: CoTeaching, epochsDone: number, batchSize: number): number {
  const forgotten = forgetRate * Math.min(1, epochsDone / warmUpEpochs);
  return Math.max(1, Math.floor((1 - forgotten) * batchSize + 1e-9));
}

export function checkMethod(check: Check): void {
  check.oneOf("method.kind", trainingMethods);
  if (check.read("method.kind") !== "coTeaching") return;
  check.number(
    "method.forgetRate",
    0,
    0.9,
    "share of a batch that is left out in the end: the noise rate, where known",
  );
  check.integer("method.warmUpEpochs", 1, 10_000, "epochs over which that share rises from 0; 10 in the paper");
  const alone = "co-teaching chooses among the items of a whole batch, of two networks as they are";
  const parts = check.read("optimizer.accumulationSteps");
  if (parts !== 1) check.problem("optimizer.accumulationSteps", "1 with co-teaching", parts, alone);
  const decay = check.read("optimizer.emaDecay");
  if (decay !== 0) check.problem("optimizer.emaDecay", "0 with co-teaching", decay, alone);
}
