/**
 * @file Does pretraining help: starting weights × fractions of the training fold as the arms of an experiment, and back from arms
 * to the grid. The arms say it all, so that an experiment made elsewhere is recognised too.
 */

import { type Arm, gridLimits, withChanges } from "../configuration/grid.ts";
import { completeRun } from "../configuration/run.ts";
import { DomainError } from "../errors.ts";
import { sortedJson } from "../sortedJson.ts";

/** One line of the grid: a name, and `startingWeights` as a configuration has them. */
export interface TransferArmChoice {
  readonly name: string;
  readonly startingWeights: unknown;
}

export interface TransferChoices {
  /** The first is the reference, and random. */
  readonly arms: readonly TransferArmChoice[];
  /** Of the training fold, above 0 and up to 1. */
  readonly fractions: readonly number[];
}

export interface TransferStudyArm extends TransferArmChoice {
  /** By fraction; `arm` is the name of the experiment's arm. */
  readonly cells: readonly { readonly fraction: number; readonly arm: string }[];
}

export interface TransferStudy {
  /** The name of the random arm. */
  readonly reference: string;
  /** All that some arm has, ascending. */
  readonly fractions: readonly number[];
  /** The reference first, the others in the order of the experiment. */
  readonly arms: readonly TransferStudyArm[];
}

/** "25 %", "0.5 %". */
export const fractionText = (fraction: number): string => `${Number((fraction * 100).toPrecision(6))} %`;

const separator = " · ";

/**
 * One arm per starting weights and fraction, named "ARM · 25 %", fractions ascending within each.
 * @throws DomainError BAD_INPUT naming the list: empty, doubled or out of its limits, or without a random reference
 */
export function transferStudyGrid(choices: TransferChoices): Arm[] {
  checkChoices(choices);
  const fractions = ascending(choices.fractions);
  return choices.arms.flatMap(({ name, startingWeights }) =>
    fractions.map((fraction) => ({
      name: `${name}${separator}${fractionText(fraction)}`,
      changes: { startingWeights, trainingFraction: fraction },
    })),
  );
}

const ascending = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);

const refuse = (field: string, message: string): never => {
  throw new DomainError("BAD_INPUT", `${field}: ${message}`, { field });
};

function checkChoices({ arms, fractions }: TransferChoices): void {
  if (arms.length < 2)
    refuse("arms", `expected random weights and at least one other start, got ${arms.length} arm(s)`);
  if (!isRandom(arms[0]!.startingWeights)) {
    refuse("arms", `expected the first arm, the reference, to start at random; "${arms[0]!.name}" does not`);
  }
  if (fractions.length === 0) refuse("fractions", "expected at least one, got none; 1 is the whole training fold");
  const fraction = fractions.find((each) => !(each >= 0.001 && each <= 1));
  if (fraction !== undefined) refuse("fractions", `expected numbers from 0.001 to 1, got ${fraction}`);
  const long = arms.find(({ name }) => name.trim() === "" || name.length > 80 || name.includes(separator));
  if (long) refuse("arms", `expected names of 1 to 80 characters without "${separator}", got "${long.name}"`);
  const texts = {
    names: arms.map(({ name }) => name),
    starts: arms.map(({ startingWeights }) => sortedJson(startingWeights)),
  };
  const doubledName = doubled(texts.names);
  if (doubledName !== undefined) refuse("arms", `"${doubledName}" is listed twice; rename one`);
  const doubledStart = doubled(texts.starts);
  if (doubledStart !== undefined) {
    const [a, b] = arms.filter((_, i) => texts.starts[i] === doubledStart);
    refuse("arms", `"${a!.name}" and "${b!.name}" start from the same weights, and would be the same runs`);
  }
  const doubledFraction = doubled(fractions.map(fractionText));
  if (doubledFraction !== undefined)
    refuse("fractions", `${doubledFraction} is listed twice; it would be the same runs`);
  const cells = arms.length * fractions.length;
  if (cells > gridLimits.arms) {
    refuse(
      "arms",
      `${arms.length} arms × ${fractions.length} fractions is over the ${gridLimits.arms} arms of an experiment; leave some out`,
    );
  }
}

const doubled = (values: readonly string[]): string | undefined =>
  values.find((each, place) => values.indexOf(each) !== place);

const isRandom = (weights: unknown): boolean => (weights as { kind?: unknown } | null | undefined)?.kind === "random";

/**
 * The grid that an experiment's arms are. Null where they differ in something else than starting weights and fraction, where
 * none is random, where all start alike, or where an arm is there twice.
 */
export function transferStudyOf(arms: readonly Arm[], base: unknown): TransferStudy | null {
  const read = arms.map((arm) => readArm(arm, base));
  if (read.some((each) => each === null || each.rest !== read[0]?.rest)) return null;
  const known = read.flatMap((each) => each ?? []);
  const byStart = [...Map.groupBy(known, ({ startingWeights }) => sortedJson(startingWeights)).values()];
  if (byStart.length < 2) return null;
  const lines = byStart.map(
    (cells): TransferStudyArm => ({
      name: nameOf(cells),
      startingWeights: cells[0]!.startingWeights,
      cells: cells.map(({ fraction, name }) => ({ fraction, arm: name })).sort((a, b) => a.fraction - b.fraction),
    }),
  );
  if (lines.some(({ cells }) => new Set(cells.map(({ fraction }) => fraction)).size !== cells.length)) return null;
  const reference = lines.find(({ startingWeights }) => isRandom(startingWeights));
  if (!reference || new Set(lines.map(({ name }) => name)).size !== lines.length) return null;
  return {
    reference: reference.name,
    fractions: ascending([...new Set(known.map(({ fraction }) => fraction))]),
    arms: [reference, ...lines.filter((line) => line !== reference)],
  };
}

interface ReadArm {
  readonly name: string;
  readonly startingWeights: unknown;
  readonly fraction: number;
  /** All that the two leave open of the configuration. */
  readonly rest: string;
}

function readArm(arm: Arm, base: unknown): ReadArm | null {
  const full = completeRun(withChanges(base, arm.changes)) as Record<string, unknown> | null;
  if (typeof full !== "object" || full === null) return null;
  const { startingWeights, trainingFraction, ...rest } = full;
  if (startingWeights === undefined || typeof trainingFraction !== "number") return null;
  return { name: arm.name, startingWeights, fraction: trainingFraction, rest: sortedJson(rest) };
}

/** The name without its fraction; of one arm that never had one, its own. */
function nameOf(cells: readonly ReadArm[]): string {
  const [first] = cells;
  const suffix = `${separator}${fractionText(first!.fraction)}`;
  return first!.name.endsWith(suffix) ? first!.name.slice(0, -suffix.length) : first!.name;
}

/**
 * The arms that a study lacks of what is asked for: it becomes the full grid of all starts and fractions that either has. Nothing is
 * taken away.
 * @throws DomainError CONFLICT where an arm of one name starts from other weights, or one start has another name; BAD_INPUT as the grid
 */
export function missingArms(known: TransferStudy, asked: TransferChoices): Arm[] {
  checkChoices(asked);
  for (const { name, startingWeights } of asked.arms) refuseOther(known, name, sortedJson(startingWeights));
  const names = known.arms.map(({ name }) => name);
  const grid = transferStudyGrid({
    arms: [
      ...known.arms.map(({ name, startingWeights }) => ({ name, startingWeights })),
      ...asked.arms.filter(({ name }) => !names.includes(name)),
    ],
    fractions: [...new Set([...known.fractions, ...asked.fractions])],
  });
  const cell = (start: unknown, fraction: unknown) => sortedJson([start, fraction]);
  const there = new Set(
    known.arms.flatMap(({ startingWeights, cells }) => cells.map(({ fraction }) => cell(startingWeights, fraction))),
  );
  return grid.filter(({ changes }) => !there.has(cell(changes.startingWeights, changes.trainingFraction)));
}

function refuseOther(known: TransferStudy, name: string, start: string): void {
  const other = known.arms.find((arm) => (arm.name === name) !== (sortedJson(arm.startingWeights) === start));
  if (!other) return;
  const why =
    other.name === name
      ? `arm "${name}" is there already, from other weights`
      : `arm "${name}" starts from the weights of "${other.name}", which is there already`;
  const message = `arms: ${why}; an arm is never changed, choose another name`;
  throw new DomainError("CONFLICT", message, { field: "arms", differs: "arms" });
}

/** What all arms of a study share, as text; fields that a base may leave out are filled first. */
export function sharedText(base: unknown): string {
  const full = completeRun(base);
  if (typeof full !== "object" || full === null) return sortedJson(full);
  const { startingWeights: _start, trainingFraction: _fraction, ...rest } = full as Record<string, unknown>;
  return sortedJson(rest);
}
