/** @file Options and their values as the form names them. What the form does not know stays as it was stored. */
import { type Configuration, readPath } from "./draft.ts";
import { allFields } from "./fields.ts";

const others: Readonly<Record<string, string>> = {
  task: "Task",
  "startingWeights.kind": "Weights start",
  "startingWeights.runId": "Earlier run",
  "startingWeights.part": "Layers",
};

const fieldOf = (path: string) => allFields.find((field) => field.path === path);

export const fieldLabel = (path: string): string | undefined => fieldOf(path)?.label ?? others[path];

/** "SGD with momentum", "128 px", "on"; "none" for what a configuration does not have. */
export function valueText(path: string, value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value)) return value.map((each) => valueText("", each)).join(", ");
  const field = fieldOf(path);
  if (field?.kind === "choice") return field.options.find((each) => each.value === value)?.label ?? String(value);
  if (field?.kind === "integer" || field?.kind === "number") return `${value}${field.unit ? ` ${field.unit}` : ""}`;
  return String(value);
}

/** What an option is unless someone chooses: for one that belongs to an optimiser or a schedule, what it is with that one. */
export function usualValue(path: string, configuration: Configuration, defaults: Configuration): unknown {
  const when = fieldOf(path)?.when;
  return when ? when.starts[String(readPath(configuration, when.path))] : readPath(defaults, path);
}
