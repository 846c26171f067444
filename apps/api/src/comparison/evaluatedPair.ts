/** @file Which evaluations a comparison is made of: one per run, of two arms of one experiment. */
import { DomainError } from "@tessera/domain/errors";
import type { Fold, RunState } from "@tessera/domain/words";
import type { Experiment } from "@tessera/store/experiments";
import type { Task } from "@tessera/store/labelSchemas";
import type { Loaders } from "../loaders.ts";
import type { EvaluatedRun } from "./countedRun.ts";

export interface PairChoice {
  readonly armA: string | null;
  readonly armB: string | null;
  readonly fold: Fold;
}

export interface EvaluatedPair {
  readonly a: { readonly name: string; readonly runs: readonly EvaluatedRun[] };
  readonly b: { readonly name: string; readonly runs: readonly EvaluatedRun[] };
  /** Of every planned run of the two arms, scored or not. */
  readonly states: readonly RunState[];
  /** Of the label version, so of every run. */
  readonly task: Task;
  /** Of every evaluation. */
  readonly labelVersionId: string;
}

/**
 * Without names: the first two arms. Null for an experiment of one arm, and before both arms have an evaluated run.
 * @throws DomainError BAD_INPUT for an arm that the experiment does not have, and where the two are scored on different labels, as
 * the arms of a noise study on validation
 */
export async function evaluatedPair(
  loaders: Loaders,
  experiment: Experiment,
  { armA, armB, fold }: PairChoice,
): Promise<EvaluatedPair | null> {
  const names = experiment.arms.map((arm) => arm.name);
  const nameA = checkedArm(names, armA, 0);
  const nameB = checkedArm(names, armB, 1);
  if (nameA === null || nameB === null) return null;

  const runs = await loaders.runsOfExperiment.load(experiment.id);
  const evaluated = async (arm: string) => {
    const ofArm = runs.filter((run) => run.arm === arm);
    const evaluations = await Promise.all(ofArm.map((run) => loaders.evaluation(fold).load(run.id)));
    return ofArm.flatMap(({ id, seed }, i) => {
      const evaluation = evaluations[i];
      return evaluation ? [{ run: { runId: id, seed, evaluationId: evaluation.id }, ...evaluation }] : [];
    });
  };
  const [ofA, ofB] = await Promise.all([evaluated(nameA), evaluated(nameB)]);
  const [first] = ofA;
  if (!first || ofB.length === 0) return null;
  const { labelVersionId } = first;
  if ([...ofA, ...ofB].some((each) => each.labelVersionId !== labelVersionId)) {
    const fix = fold === "test" ? "choose two arms that are scored on the same" : "compare them on test";
    const message = `fold: "${nameA}" and "${nameB}" are scored on different labels of the ${fold} fold; ${fix}`;
    throw new DomainError("BAD_INPUT", message, { field: "fold" });
  }
  return {
    labelVersionId,
    a: { name: nameA, runs: ofA.map(({ run }) => run) },
    b: { name: nameB, runs: ofB.map(({ run }) => run) },
    states: runs.filter(({ arm }) => arm === nameA || arm === nameB).map(({ state }) => state),
    task: first.task,
  };
}

/** The arm asked for, or the one at `position`; null where the experiment has none there. */
function checkedArm(names: readonly string[], asked: string | null, position: 0 | 1): string | null {
  if (asked === null || asked === undefined) return names[position] ?? null;
  if (names.includes(asked)) return asked;
  const field = position === 0 ? "armA" : "armB";
  throw new DomainError("BAD_INPUT", `${field}: expected one of ${names.join(", ")}, got "${asked}"`, { field });
}
