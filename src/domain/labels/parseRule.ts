/** @file A rule as it comes from outside, checked field by field and completed. */
import { Check } from "../configuration/check.ts";
import { DomainError } from "../errors.ts";
import { classNoiseKinds, maskNoiseKinds, type NoiseModel } from "../noise/models.ts";
import { classTies, type LabelRule, maskTies } from "./rule.ts";

export interface RuleSchema {
  readonly task: "segmentation" | "classification";
  readonly classes: readonly string[];
  readonly exclusive: boolean | null;
}

const ofBoth = ["singleReader", "majority", "adjudicated", "noise"];
const ruleKinds = { classification: [...ofBoth, "dawidSkene"], segmentation: [...ofBoth, "staple"] };
const mostPixels = 200;

/** @throws DomainError BAD_INPUT that lists every problem: field, what is allowed, what came, what to do */
export function parseRule(value: unknown, schema: RuleSchema): LabelRule {
  const check = new Check(value);
  const given = (value ?? {}) as Record<string, unknown>;
  check.oneOf("kind", ruleKinds[schema.task]);
  const rule = check.problems.length > 0 ? null : ruleOf(given, schema, check);
  if (check.problems.length > 0) {
    const list = check.problems
      .map((p) => `rule.${p.field}: expected ${p.expected}, got ${p.got}; ${p.fix}`)
      .join("\n");
    throw new DomainError("BAD_INPUT", list, { field: `rule.${check.problems[0]!.field}`, problems: check.problems });
  }
  return rule!;
}

function ruleOf(given: Record<string, unknown>, schema: RuleSchema, check: Check): LabelRule {
  const whole = <T>(fields: T): T => {
    const shape = { kind: given.kind, ...(fields as object) };
    check.noOtherFields(shape, { model: Object.keys((given.model as object | undefined) ?? {}) });
    return shape as T;
  };
  const readers = () => readersOf(given.readers, check);
  switch (given.kind) {
    case "singleReader":
      return whole({ kind: "singleReader", reader: textOf("reader", given.reader, check) });
    case "majority": {
      const ties = schema.task === "segmentation" ? maskTies : classTies;
      if (given.ties !== undefined) check.oneOf("ties", ties);
      return whole({ kind: "majority", readers: readers(), ties: (given.ties ?? ties[0]) as (typeof ties)[number] });
    }
    case "dawidSkene": {
      const [iterations, tolerance, pseudoCount] = [given.iterations ?? 200, given.tolerance ?? 1e-6, given.pseudoCount ?? 0.01]; // biome-ignore format: one line
      if (given.iterations !== undefined) check.integer("iterations", 1, 10_000, "200 is usually enough");
      if (given.tolerance !== undefined) check.number("tolerance", 1e-12, 0.1, "1e-6 is usually enough");
      if (given.pseudoCount !== undefined)
        check.number("pseudoCount", 1e-6, 10, "0.01 lets a faultless reader be outvoted");
      return whole({ kind: "dawidSkene", readers: readers(), iterations: Number(iterations), tolerance: Number(tolerance), pseudoCount: Number(pseudoCount) }); // biome-ignore format: one line
    }
    case "staple":
      if (given.threshold !== undefined) check.number("threshold", 0.01, 0.99, "0.5 takes the more probable side");
      return whole({ kind: "staple", readers: readers(), threshold: Number(given.threshold ?? 0.5) });
    case "adjudicated":
      return whole({ kind: "adjudicated", adjudicator: textOf("adjudicator", given.adjudicator, check) });
    default:
      check.integer("seed", 0, 2 ** 31 - 1, "the same seed corrupts the same items");
      return whole({ kind: "noise", model: modelOf(given.model, schema, check), seed: given.seed as number });
  }
}

function textOf(field: string, value: unknown, check: Check): string {
  if (typeof value !== "string" || value.trim() === "")
    check.problem(field, "a reader's name", value, "take one that the dataset has");
  return String(value);
}

function readersOf(value: unknown, check: Check): readonly string[] | null {
  if (value === undefined || value === null) return null;
  const fits =
    Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string" && each !== "");
  if (!fits || new Set(value).size < value.length) {
    check.problem("readers", "a list of different readers' names, or nothing for all", value, "name each once");
  }
  return value as string[];
}

function modelOf(value: unknown, schema: RuleSchema, check: Check): NoiseModel {
  const model = (value ?? {}) as Record<string, unknown>;
  const kinds = schema.task === "segmentation" ? maskNoiseKinds : classNoiseKinds;
  check.oneOf("model.kind", [...kinds, "secondReader"]);
  const fields: Record<string, unknown> = { kind: model.kind };
  const number = (name: string, low: number, high: number, hint: string) => {
    check.number(`model.${name}`, low, high, hint);
    fields[name] = model[name];
  };
  const rate = () => {
    if (model.rate === undefined && schema.task === "segmentation") fields.rate = 1;
    else number("rate", 0, 1, "0.2 is one in five");
  };
  if (model.kind === "asymmetric") {
    checkMatrices(model.matrices, schema, check);
    fields.matrices = model.matrices;
  } else rate();
  if (model.kind === "boundaryShift" || model.kind === "dilation" || model.kind === "erosion") {
    number("pixels", 0.5, mostPixels, "pixels of the item's own size");
  } else if (model.kind === "droppedRegions") number("chance", 0, 1, "1 drops every region");
  else if (model.kind === "polygon") number("tolerance", 0, mostPixels, "pixels of the item's own size");
  else if (model.kind === "spuriousBlobs") {
    check.integer("model.count", 1, 50, "blobs per item");
    checkRadius(model.radius, check);
    Object.assign(fields, { count: model.count, radius: model.radius });
  } else if (model.kind === "secondReader") fields.reader = textOf("model.reader", model.reader, check);
  for (const name of Object.keys(model)) {
    if (!(name in fields)) check.problem(`model.${name}`, `one of the fields ${Object.keys(fields).join(", ")}`, model[name], "remove it or correct its name"); // biome-ignore format: one line
  }
  return fields as unknown as NoiseModel;
}

function checkRadius(value: unknown, check: Check): void {
  const fits = Array.isArray(value) && value.length === 2 && value.every((each) => typeof each === "number");
  const [low, high] = fits ? (value as number[]) : [];
  if (fits && low! >= 0.5 && low! <= high! && high! <= mostPixels) return;
  check.problem("model.radius", `[shortest, longest] from 0.5 to ${mostPixels} pixels`, value, "as [3, 8]");
}

function checkMatrices(value: unknown, { classes, exclusive }: RuleSchema, check: Check): void {
  const [count, size] = exclusive ? [1, classes.length] : [classes.length, 2];
  const isRow = (row: unknown) =>
    Array.isArray(row) &&
    row.length === size &&
    row.every((share) => typeof share === "number" && share >= 0) &&
    Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) < 1e-6;
  const isMatrix = (matrix: unknown) => Array.isArray(matrix) && matrix.length === size && matrix.every(isRow);
  if (Array.isArray(value) && value.length === count && value.every(isMatrix)) return;
  const what = exclusive ? "one matrix" : `a matrix for each of ${count} classes`;
  check.problem(
    "model.matrices",
    `${what} of ${size} rows of ${size} chances that sum to 1`,
    value,
    "row: the true class, column: the label",
  );
}
