/** @file A loss with its parameters as one value: "focal Tversky, α 0.3, β 0.7, γ 1.33". */
import type { Configuration } from "./draft.ts";
import { lossFields } from "./lossFields.ts";

const isObject = (value: unknown): value is Configuration =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const signs: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  q: "q",
  logZero: "log 0 as",
  w0: "w₀",
  weight: "weight",
  sigma: "σ",
  labelSmoothing: "label smoothing",
};
const switches: Readonly<Record<string, readonly [on: string, off: string | null]>> = {
  countAbsent: ["absent classes counted", null],
  background: ["with background", "without background"],
};

/**
 * A loss as configurations have it now: its name first, then the parameters that belong to it in the form's order, then what
 * the form does not know. Before losses had parameters they were names. null for anything else, a part of a loss too.
 */
export function lossOf(value: unknown): Configuration | null {
  const given = typeof value === "string" ? { name: value } : value;
  if (!isObject(given) || typeof given.name !== "string") return null;
  const { name, ...others } = given;
  const starts = lossFields.flatMap(({ path, when }): [string, unknown][] =>
    when && Object.hasOwn(when.starts, name) ? [[path.replace("loss.", ""), when.starts[name]]] : [],
  );
  return { name, ...Object.fromEntries(starts), ...others };
}

export function lossText(loss: Configuration): string {
  const { name, ...parameters } = loss;
  const options = lossFields.flatMap((field) => (field.kind === "choice" ? field.options : []));
  const label = options.find(({ value }) => value === name)?.label;
  const texts = Object.entries(parameters).map(([key, value]) => {
    const words = switches[key];
    if (words && typeof value === "boolean") return words[value ? 0 : 1];
    return `${signs[key] ?? key} ${typeof value === "number" ? Number(value.toPrecision(3)) : JSON.stringify(value)}`;
  });
  return [label || String(name), ...texts.filter((text) => text !== null)].join(", ");
}
