/** @file Whether the weights of one run fit the model of another. */
import type { RunConfiguration } from "./run.ts";
import type { StartingWeights } from "./training.ts";

type Part = Extract<StartingWeights, { kind: "run" }>["part"];

/** What decides the shapes of the weights. The side of the input does not: the networks are convolutional. */
const fieldsOf = {
  unet: { encoder: ["family", "depth", "baseFilters", "normalization"], rest: ["skips"] },
  resnet: { encoder: ["family", "baseFilters", "blocks", "stem"], rest: [] },
} as const;

/** What the labels of a run decide: one filter of the last layer per class. */
interface Labelled {
  readonly classes: number;
}

/**
 * The first field of `model` in which the weights of `from` (an earlier run's configuration) do not fit, or "classes"; null: they fit.
 * @param labels of the earlier run and of this one; absent: both have one class
 */
export function architectureDifference(
  from: unknown,
  model: RunConfiguration["model"],
  part: Part,
  labels?: { readonly from: Labelled; readonly to: Labelled },
): string | null {
  const earlier = (from as { model?: Record<string, unknown> } | null)?.model ?? {};
  const { encoder, rest } = fieldsOf[model.family];
  const read = model as unknown as Record<string, unknown>;
  const field = [...encoder, ...(part === "all" ? rest : [])].find(
    (each) => JSON.stringify(earlier[each]) !== JSON.stringify(read[each]),
  );
  if (field !== undefined) return field;
  return part === "all" && labels !== undefined && labels.from.classes !== labels.to.classes ? "classes" : null;
}
