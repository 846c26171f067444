/** @file Whether the weights of one run fit the model of another. */
import type { StartingWeights, UNetModel } from "./segmentation.ts";

type Part = Extract<StartingWeights, { kind: "run" }>["part"];

/** What decides the shapes of the weights. The side of the input does not: the network is convolutional. */
const encoderFields = ["family", "depth", "baseFilters", "normalization"] as const;
const allFields = [...encoderFields, "skips"] as const;

/** The first field of `model` in which the weights of `from` (an earlier run's configuration) do not fit; null: they fit. */
export function architectureDifference(from: unknown, model: UNetModel, part: Part): string | null {
  const earlier = (from as { model?: Record<string, unknown> } | null)?.model ?? {};
  const fields = part === "all" ? allFields : encoderFields;
  return fields.find((field) => JSON.stringify(earlier[field]) !== JSON.stringify(model[field])) ?? null;
}
