/** @file The version that stands before all noise, and the noise since: a noisy version may be corrupted once more. */
import type { PinnedRule } from "../labels/rule.ts";
import type { NoiseModel } from "./models.ts";

interface Made {
  readonly id: string;
  readonly pinned: PinnedRule | null;
  /** The version that the rule was given. */
  readonly sourceId: string | null;
}

export interface NoiseChain<V> {
  /** The labels before the noise. */
  readonly clean: V;
  /** In the order in which they were laid on. */
  readonly models: readonly NoiseModel[];
}

/** null: the version was not made by noise, or a version that it was made from is not among those given. */
export function noiseChain<V extends Made>(version: V, versions: readonly V[]): NoiseChain<V> | null {
  const models: NoiseModel[] = [];
  let at: V | undefined = version;
  while (at?.pinned?.rule.kind === "noise") {
    models.unshift(at.pinned.rule.model);
    const { sourceId }: V = at;
    at = versions.find(({ id }) => id === sourceId);
  }
  return at === undefined || models.length === 0 ? null : { clean: at, models };
}

/** The rate that was asked for; null where noise has none (a matrix), or was laid on twice. */
export function askedRate(models: readonly NoiseModel[]): number | null {
  const [model] = models;
  return models.length === 1 && model !== undefined && "rate" in model ? model.rate : null;
}
