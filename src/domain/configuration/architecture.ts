/** @file Whether the weights of one run fit the model of another. */
import type { RunConfiguration } from "./run.ts";
import type { startingParts } from "./training.ts";

type Part = (typeof startingParts)[number];

/** What decides the shapes of the weights. The side of the input does not: the networks are convolutional. Nor do its channels: stems are fitted. */
const fieldsOf = {
  unet: { encoder: ["family", "encoder.kind", "depth", "baseFilters", "normalization"], rest: ["skips"] },
  resnet: { encoder: ["family", "baseFilters", "blocks", "stem"], rest: [] },
  cbr: { encoder: ["family", "net"], rest: [] },
  mobilenetV1: { encoder: ["family", "alpha"], rest: [] },
  mobilenetV2: { encoder: ["family", "alpha"], rest: [] },
} as const;

/** A whole U-Net on a MobileNet; its finest skip carries the image, whose channels the decoder then sees. */
const onMobilenet = ["family", "encoder.kind", "encoder.alpha", "baseFilters", "normalization", "skips", "channels"];

/** What the labels of a run decide: one filter of the last layer per class. */
interface Labelled {
  readonly classes: number;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The first field of `model` in which the weights of `from` (an earlier run's configuration) do not fit, or "classes"; null: they fit.
 * A MobileNet and a U-Net whose encoder it is have the same encoder.
 * @param labels of the earlier run and of this one; absent: both have one class
 */
export function architectureDifference(
  from: unknown,
  model: RunConfiguration["model"],
  part: Part,
  labels?: { readonly from: Labelled; readonly to: Labelled },
): string | null {
  const earlier = (from as { model?: Json } | null)?.model ?? {};
  const own = model as unknown as Json;
  const field = part === "all" ? wholeDifference(earlier, own) : encoderDifference(earlier, own);
  if (field !== null) return field;
  return part === "all" && labels !== undefined && labels.from.classes !== labels.to.classes ? "classes" : null;
}

function wholeDifference(earlier: Json, own: Json): string | null {
  if (mobilenetOf(own) !== null && own.family === "unet") return firstOther(onMobilenet, earlier, own);
  const { encoder, rest } = fieldsOf[own.family as keyof typeof fieldsOf];
  return firstOther([...encoder, ...rest], earlier, own);
}

function encoderDifference(earlier: Json, own: Json): string | null {
  const net = mobilenetOf(own);
  if (net === null) return firstOther(fieldsOf[own.family as keyof typeof fieldsOf].encoder, earlier, own);
  const other = mobilenetOf(earlier);
  const field = other?.family !== net.family ? "family" : other?.alpha !== net.alpha ? "alpha" : null;
  if (field === null || own.family !== "unet") return field;
  return field === "family" ? "encoder.kind" : "encoder.alpha";
}

function firstOther(fields: readonly string[], earlier: Json, own: Json): string | null {
  return fields.find((field) => JSON.stringify(read(earlier, field)) !== JSON.stringify(read(own, field))) ?? null;
}

/** What a configuration of before the field existed means by leaving it out. */
const absent: Json = { "encoder.kind": "plain", channels: 3 };

const read = (model: Json, field: string): unknown =>
  field.split(".").reduce<unknown>((at, key) => (at as Json | undefined)?.[key], model) ?? absent[field];

/** The MobileNet that a model is, or has for an encoder. */
function mobilenetOf(model: Json): { readonly family: unknown; readonly alpha: unknown } | null {
  const net = model.family === "unet" ? (model.encoder as Json | undefined) : model;
  const family = model.family === "unet" ? net?.kind : net?.family;
  return family === "mobilenetV1" || family === "mobilenetV2" ? { family, alpha: net?.alpha } : null;
}
