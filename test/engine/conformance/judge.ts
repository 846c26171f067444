/** @file A run of the suite against the list of exclusions: what fails unexplained, and what is explained without failing. */

export interface Outcome {
  readonly name: string;
  /** jasmine's word: passed, failed, or pending (switched off by tfjs-core itself). */
  readonly status: string;
  /** What its failed expectations say; empty where none failed. */
  readonly failure: string;
  /** Graphs that were run in it. */
  readonly graphs: number;
}

/** An excluded spec runs, and has to fail as stated: one that is cured leaves the list. */
export interface Exclusion {
  /** Of the specs' names, after that of the operation. */
  readonly specs: RegExp;
  /** Of what their failures say. */
  readonly failure: RegExp;
  /** Specs that fail so, no more and no fewer. */
  readonly count: number;
  readonly reason: string;
}

export interface Verdict {
  /** Failures that no exclusion explains, by name. */
  readonly unexplained: readonly string[];
  /** Exclusions that explain another number of failures than they say. */
  readonly stale: readonly string[];
}

export function judge(outcomes: readonly Outcome[], exclusions: readonly Exclusion[]): Verdict {
  const failed = outcomes.filter(({ status }) => status === "failed");
  const explains = ({ specs, failure }: Exclusion, outcome: Outcome): boolean =>
    specs.test(outcome.name) && failure.test(outcome.failure);
  return {
    unexplained: failed
      .filter((outcome) => !exclusions.some((exclusion) => explains(exclusion, outcome)))
      .map(({ name, failure }) => `${name}: ${failure}`),
    stale: exclusions.flatMap((exclusion) => {
      const found = failed.filter((outcome) => explains(exclusion, outcome)).length;
      if (found === exclusion.count) return [];
      return [`${exclusion.specs} failing with ${exclusion.failure}: expected ${exclusion.count} specs, got ${found}`];
    }),
  };
}

/** What was run, for the test's output. */
export function summary(outcomes: readonly Outcome[], exclusions: readonly Exclusion[]): string {
  const of = (status: string): number => outcomes.filter((outcome) => outcome.status === status).length;
  const graphs = outcomes.reduce((sum, outcome) => sum + outcome.graphs, 0);
  return [
    `${outcomes.length} specs: ${of("passed")} passed, ${of("failed")} failed, ${of("pending")} switched off by tfjs-core; ${graphs} graphs run`,
    ...exclusions.map(({ count, reason }) => `  ${String(count).padStart(3)} excluded: ${reason}`),
  ].join("\n");
}
