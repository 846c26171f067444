/**
 * @file Which evaluations can be looked at as one set: runs scored on the same items, against the same labels, at one size;
 * and which runs are one arm.
 */
import { DomainError } from "./errors.ts";

export const mostRunsOfSet = 200;

export interface SetCandidate {
  readonly runId: string;
  readonly runName: string;
  readonly experimentId: string | null;
  /** For a name where two experiments have arms of one name. */
  readonly experimentName: string | null;
  readonly arm: string;
  readonly seed: number;
  readonly labelVersionId: string;
  readonly splitId: string;
  /** Side of the square, pixels. */
  readonly size: number;
}

export interface ArmOfSet<Run extends SetCandidate> {
  readonly name: string;
  /** By seed. */
  readonly runs: readonly Run[];
}

/**
 * Arms in the order of their first run. Runs of one arm have one experiment and one arm name; foreign runs of one arm name
 * are one arm, and a foreign run without one is an arm by itself, called by its name.
 * @throws DomainError BAD_INPUT when the runs are none or too many, differ in label version, split or size from the first,
 * or two of one arm have one seed
 */
export function armsOfSet<Run extends SetCandidate>(runs: readonly Run[]): ArmOfSet<Run>[] {
  const [first] = runs;
  if (!first || runs.length > mostRunsOfSet) {
    throw new DomainError(
      "BAD_INPUT",
      `A set takes 1 to ${mostRunsOfSet} scored runs, got ${runs.length}; choose fewer runs`,
      { runs: runs.length },
    );
  }
  for (const run of runs) refuseOther(first, run);
  const nameOf = (run: Run) => (run.arm === "" ? run.runName : run.arm);
  const groups = [...Map.groupBy(runs, (run) => `${run.experimentId ?? "foreign"} ${nameOf(run)}`).values()];
  for (const group of groups) refuseDoubledSeed(group);
  const shared = Map.groupBy(groups, ([run]) => nameOf(run!));
  return groups.map((group) => {
    const run = group[0]!;
    const alone = shared.get(nameOf(run))!.length === 1;
    const name = alone ? nameOf(run) : `${nameOf(run)} (${run.experimentName ?? "foreign"})`;
    return { name, runs: group.toSorted((a, b) => a.seed - b.seed) };
  });
}

const comparedIn = [
  { of: "labelVersionId", what: "label version", advice: "score both against one label version" },
  { of: "splitId", what: "split", advice: "choose runs of one split" },
  { of: "size", what: "size of the square, pixels:", advice: "choose runs scored at one size" },
] as const;

function refuseOther(first: SetCandidate, run: SetCandidate): void {
  for (const { of, what, advice } of comparedIn) {
    if (run[of] === first[of]) continue;
    throw new DomainError(
      "BAD_INPUT",
      `Run "${run.runName}" (${run.runId}) cannot be in one set with "${first.runName}": it differs in the ${what} ${run[of]}, not ${first[of]}; ${advice}`,
      { runId: run.runId, differsIn: of },
    );
  }
}

function refuseDoubledSeed(runs: readonly SetCandidate[]): void {
  const bySeed = Map.groupBy(runs, (run) => run.seed);
  for (const [seed, [a, b]] of bySeed) {
    if (!b) continue;
    const foreign =
      b.experimentId === null ? "; foreign runs of one arm are told apart by the seed they were created with" : "";
    throw new DomainError(
      "BAD_INPUT",
      `Runs "${a!.runName}" (${a!.runId}) and "${b.runName}" (${b.runId}) are both arm "${b.arm}" with seed ${seed}; leave one out${foreign}`,
      { runIds: [a!.runId, b.runId], seed },
    );
  }
}
