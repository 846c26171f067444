/** @file Is an experiment a grid of label versions × architectures? Its arms then differ in these two alone. */
import { sortedJson } from "../sortedJson.ts";

export interface GridArm {
  readonly name: string;
  /** What its runs learn from. */
  readonly labelVersionId: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface LabelledArchitecture {
  readonly name: string;
  readonly labelVersionId: string;
  /** What its model has that another arm's has not: "depth 4". */
  readonly architecture: string;
}

/** Weights that fit one architecture alone are a part of it. */
const ofArchitecture = ["model", "startingWeights"] as const;

/** Null where arms differ in something else too, or not in both. */
export function labelsAndArchitecture(arms: readonly GridArm[]): LabelledArchitecture[] | null {
  const rest = new Set(arms.map(({ configuration }) => sortedJson({ ...configuration, model: null, startingWeights: null }))); // biome-ignore format: one line
  const models = arms.map(({ configuration }) => Object.fromEntries(ofArchitecture.map((field) => [field, configuration[field]]))); // biome-ignore format: one line
  const distinct = (values: readonly string[]) => new Set(values).size;
  if (rest.size !== 1 || distinct(models.map(sortedJson)) < 2 || distinct(arms.map(({ labelVersionId }) => labelVersionId)) < 2) return null; // biome-ignore format: one line
  const texts = architectureTexts(models);
  const named = arms.map(({ name, labelVersionId }, at) => ({ name, labelVersionId, architecture: texts[at]! }));
  const cells = new Set(named.map(({ labelVersionId, architecture }) => `${labelVersionId} ${architecture}`));
  return cells.size === arms.length ? named : null; // two arms of one cell: which one would it be?
}

/** Only what differs between them, shortest path first; a field by its last name. */
function architectureTexts(models: readonly unknown[]): string[] {
  const flat = models.map((model) => new Map(leaves(model)));
  const paths = [...new Set(flat.flatMap((each) => [...each.keys()]))];
  const differing = paths.filter((path) => new Set(flat.map((each) => each.get(path))).size > 1);
  return flat.map((each) =>
    differing
      .filter((path) => each.has(path))
      .map((path) => (/family$|kind$/.test(path) ? each.get(path)! : `${path.split(".").at(-1)} ${each.get(path)}`))
      .join(", "),
  );
}

function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, leafText(value)]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === "" ? key : `${path}.${key}`));
}

/** Switches that are all on are alike, however many there are: depth says how many. */
function leafText(value: unknown): string {
  if (Array.isArray(value) && value.every((each) => typeof each === "boolean")) {
    if (value.every((on) => on)) return "all";
    return value.some((on) => on) ? value.map((on) => (on ? "on" : "off")).join(" ") : "none";
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
