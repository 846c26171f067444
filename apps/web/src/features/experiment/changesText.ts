/** @file What an arm changes, as words: "starts from a run (encoder); Depth: 4". */
import { fieldLabel, valueText } from "../newExperiment/fieldText.ts";
import { lossOf } from "../newExperiment/lossText.ts";

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Leaves of a nested object as [dotted path, value]. Lists are leaves. */
export function leaves(value: Json, path = ""): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const at = path ? `${path}.${key}` : key;
    return isObject(inner) ? leaves(inner, at) : [[at, inner]];
  });
}

/** As `leaves`, with a loss that has a name as one value: a parameter means nothing without it. */
export function shownOptions(value: Json): [string, unknown][] {
  return Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const loss = key === "loss" ? lossOf(inner) : null;
    return loss ? [[key, loss]] : leaves({ [key]: inner });
  });
}

export function startingWeightsText(value: unknown): string {
  if (!isObject(value) || value.kind === "random") return "starts from random weights";
  const source = isObject(value.of) ? value.of : value;
  const from = source.kind === "run" ? "an earlier run" : `${String(source.kind)} weights`;
  const blocks = value.part === "firstBlocks" ? `first ${String(value.blocks)} blocks` : String(value.part);
  const part = value.part === "all" ? "all layers" : blocks;
  return `starts from ${value.kind === "statistics" ? "the statistics of " : ""}${from} (${part})`;
}

export function changesText(changes: Json): string {
  const { startingWeights, ...others } = changes;
  const parts = startingWeights === undefined ? [] : [startingWeightsText(startingWeights)];
  for (const [path, value] of shownOptions(others))
    parts.push(`${fieldLabel(path) ?? path}: ${valueText(path, value)}`);
  return parts.length > 0 ? parts.join("; ") : "the base configuration";
}
