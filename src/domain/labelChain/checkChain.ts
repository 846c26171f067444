/** @file A chain as it comes from outside, checked before it is stored: what is wrong is said field by field. */
import { Check } from "../configuration/check.ts";
import { DomainError } from "../errors.ts";
import { chainLimits, choices, type LabelChain, type StageCounts, type StageSample, stageKinds } from "./chain.ts";

const longest = { source: 1000, className: 100 } as const;
const near1 = 1e-6;

/** @throws DomainError BAD_INPUT that lists every problem: field, what is allowed, what came, what to do */
export function checkChain(chain: LabelChain): LabelChain {
  const check = new Check(chain);
  const { classes, prevalence, stages, direct } = chain;
  const fits = classes.length >= 2 && classes.length <= chainLimits.classes;
  const named = classes.every((name) => name.trim() !== "" && name.length <= longest.className);
  if (!fits || !named || new Set(classes).size < classes.length) {
    check.problem("classes", `2 to ${chainLimits.classes} different names`, classes, "name each class once");
  }
  if (prevalence !== null) shares("prevalence", prevalence, classes.length, check);
  if (prevalence !== null) text("prevalenceSource", chain.prevalenceSource, check);
  if (stages.length < 1 || stages.length > chainLimits.stages) {
    check.problem("stages", `1 to ${chainLimits.stages} stages`, stages.length, "give them in their order");
  }
  for (const [at, stage] of stages.entries()) {
    if (!stageKinds.includes(stage.kind)) check.problem(`stages.${at}.kind`, `one of ${stageKinds.join(", ")}`, stage.kind, "choose one"); // biome-ignore format: one line
    counts(`stages.${at}`, stage, classes, check);
  }
  if (direct !== null) counts("direct", direct, classes, check);
  if (check.problems.length === 0) return chain;
  const list = check.problems.map((p) => `${p.field}: expected ${p.expected}, got ${p.got}; ${p.fix}`).join("\n");
  throw new DomainError("BAD_INPUT", list, { field: check.problems[0]!.field, problems: check.problems });
}

function counts(field: string, { source, samples }: StageCounts, classes: readonly string[], check: Check): void {
  text(`${field}.source`, source, check);
  if (samples.length < 1 || samples.length > chainLimits.sets) {
    check.problem(`${field}.samples`, `1 to ${chainLimits.sets} samples`, samples.length, "one for each site or set");
  }
  const sets = samples.map(({ set }) => set);
  if (new Set(sets).size < sets.length) check.problem(`${field}.samples`, "a sample for each set once", sets, "add the counts of one set together"); // biome-ignore format: one line
  const chosen = new Set(samples.map(({ chosenBy, shares: of }) => `${chosenBy} ${JSON.stringify(of)}`));
  if (chosen.size > 1) {
    const fix = "sets that were chosen in different ways cannot be put together; make a chain for each";
    check.problem(`${field}.samples`, "all chosen by the same, with the same shares", [...chosen], fix);
  }
  for (const [at, sample] of samples.entries()) oneSample(`${field}.samples.${at}`, sample, classes.length, check);
}

function oneSample(field: string, sample: StageSample, classes: number, check: Check): void {
  const { counts: matrix, chosenBy, shares: of, designEffects } = sample;
  const square = matrix.length === classes && matrix.every((row) => row.length === classes);
  const whole = matrix.flat().every((count) => Number.isSafeInteger(count) && count >= 0 && count <= chainLimits.items);
  if (!square || !whole) {
    const fix = "a row for each class before, a column for each class after, in the order of classes";
    check.problem(`${field}.counts`, `${classes} rows of ${classes} numbers of items`, matrix, fix);
  } else if (matrix.flat().every((count) => count === 0)) {
    check.problem(`${field}.counts`, "at least one item", matrix, "leave the set or the stage out");
  }
  if (!choices.includes(chosenBy)) check.problem(`${field}.chosenBy`, `one of ${choices.join(", ")}`, chosenBy, "before if unsure"); // biome-ignore format: one line
  if (chosenBy === "after") {
    if (of === null)
      check.problem(`${field}.shares`, "how common each class after is among all items", of, "chosenBy after needs it"); // biome-ignore format: one line
    else shares(`${field}.shares`, of, classes, check);
  } else if (of !== null) {
    check.problem(`${field}.shares`, "nothing, as chosenBy is before", of, "leave it out, or say chosenBy after");
  }
  const effects = designEffects ?? [];
  const fit = effects.every((each) => each >= 1 && each <= chainLimits.designEffect);
  if (designEffects !== null && (effects.length !== classes || !fit)) {
    const fix = "1 where items are independent";
    check.problem(`${field}.designEffects`, `${classes} numbers from 1 to ${chainLimits.designEffect}`, effects, fix);
  }
}

function shares(field: string, values: readonly number[], classes: number, check: Check): void {
  const fits = values.length === classes && values.every((each) => each >= 0 && each <= 1);
  if (fits && Math.abs(values.reduce((sum, each) => sum + each, 0) - 1) < near1) return;
  check.problem(field, `${classes} shares from 0 to 1 that sum to 1`, values, "one for each class, in their order");
}

function text(field: string, value: string, check: Check): void {
  if (value.trim() !== "" && value.length <= longest.source) return;
  check.problem(field, `1 to ${longest.source} characters`, value.slice(0, 50), "say where the numbers are from");
}
