/** @file What to know when reading a transfer board's verdicts, a sentence each. */
import type { ExperimentExtension } from "@tessera/store/experimentExtensions";

interface Input {
  /** Updates of the weights in one run, of every cell. */
  readonly budgets: readonly number[];
  readonly extensions: readonly ExperimentExtension[];
  /** Final gaps on the board. */
  readonly gaps: number;
}

const manyGaps = 4;

export function boardNotes({ budgets, extensions, gaps }: Input): string[] {
  const notes = [
    "An arm starts from one set of weights, whatever the number of seeds: the verdicts are of these weights, not of their kind.",
  ];
  const [least, most] = [Math.min(...budgets), Math.max(...budgets)];
  if (least < most) {
    notes.push(
      `Runs have ${least} to ${most} updates: a smaller fraction has fewer, as an epoch is one pass over its items. Compare arms within a fraction, not fractions.`,
    );
  }
  const many = manyNote(gaps, "final gaps");
  return [...notes, ...(many === null ? [] : [many]), ...lookedNotes(extensions)];
}

/** Null where they are few. @param what in the plural */
export function manyNote(count: number, what: string): string | null {
  if (count < manyGaps) return null;
  const expected = (0.05 * count).toFixed(1);
  return `${count} ${what} are judged, each at 5 %: were there no differences at all, about ${expected} would be called one.`;
}

/** Of seeds that were added after somebody could have looked. */
export function lookedNotes(extensions: readonly ExperimentExtension[]): string[] {
  const looked = extensions.filter(({ addedSeeds, scoredRuns }) => addedSeeds.length > 0 && scoredRuns > 0);
  return looked.map(({ addedSeeds, scoredRuns, createdAt }) => {
    const seeds = addedSeeds.length === 1 ? `Seed ${addedSeeds[0]} was` : `Seeds ${addedSeeds.join(", ")} were`;
    const when = createdAt.toISOString().slice(0, 10);
    return `${seeds} added on ${when}, when ${scoredRuns} runs had been scored on test: with seeds added after looking, more than 5 % of true nulls are called a difference.`;
  });
}
