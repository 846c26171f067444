/** @file Options and their values as the form names them. What the form does not know stays as it was stored. */
import { type Configuration, readPath } from "./draft.ts";
import { allFields } from "./fields.ts";
import { lossOf, lossText } from "./lossText.ts";

const others: Readonly<Record<string, string>> = {
  task: "Task",
  "startingWeights.kind": "Weights start",
  "startingWeights.runId": "Earlier run",
  "startingWeights.weightsId": "Imported weights",
  "startingWeights.part": "Layers",
  "startingWeights.blocks": "First blocks",
  "startingWeights.of.kind": "Statistics of",
  "startingWeights.of.runId": "Earlier run",
  "startingWeights.of.weightsId": "Imported weights",
};

/** A loss as one value goes by its name's field. */
const fieldPath = (path: string) => (path === "loss" ? "loss.name" : path);
const fieldOf = (path: string) => allFields.find((field) => field.path === fieldPath(path));

const places = new Map([["task", -1], ...allFields.map((field, place): [string, number] => [field.path, place])]);

/** Where an option stands in the form; last for what the form does not know. */
export const placeOf = (path: string): number => places.get(fieldPath(path)) ?? allFields.length;

export const fieldLabel = (path: string): string | undefined => fieldOf(path)?.label ?? others[path];

/** "SGD with momentum", "128 px", "on"; "none" for what a configuration does not have. */
export function valueText(path: string, value: unknown): string {
  const loss = path === "loss" ? lossOf(value) : null;
  if (loss) return lossText(loss);
  if (value === undefined || value === null) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value) && value.length === 0) return "none";
  if (Array.isArray(value)) return value.map((each) => valueText("", each)).join(", ");
  const field = fieldOf(path);
  if (field?.kind === "choice") return choiceText(path, value);
  if (field?.kind === "integer" || field?.kind === "number") return `${value}${field.unit ? ` ${field.unit}` : ""}`;
  return String(value);
}

/** A path may be a choice of both tasks, of other things each. */
const choiceText = (path: string, value: unknown): string =>
  allFields
    .filter((field) => field.path === fieldPath(path))
    .flatMap((field) => (field.kind === "choice" ? field.options : []))
    .find((option) => option.value === value)?.label ?? String(value);

/** What an option is unless someone chooses: for one that belongs to an optimiser or a schedule, what it is with that one. */
export function usualValue(path: string, configuration: Configuration, defaults: Configuration): unknown {
  if (path === "loss") return lossOf(defaults.loss);
  const when = fieldOf(path)?.when;
  return when ? when.starts[String(readPath(configuration, when.path))] : readPath(defaults, path);
}
