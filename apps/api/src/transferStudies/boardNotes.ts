/** @file What to know when reading a transfer board's verdicts, a sentence each. */
import type { TransferStudy } from "@tessera/domain/study/transferStudy";
import type { ExperimentExtension } from "@tessera/store/experimentExtensions";
import type { Experiment } from "@tessera/store/experiments";

interface Input {
  readonly study: TransferStudy;
  readonly experiment: Experiment;
  readonly extensions: readonly ExperimentExtension[];
  /** Final gaps on the board. */
  readonly gaps: number;
}

const manyGaps = 4;

export function boardNotes({ study, experiment, extensions, gaps }: Input): string[] {
  const notes = [
    "An arm starts from one set of weights, whatever the number of seeds: the verdicts are of these weights, not of their kind.",
  ];
  if (study.fractions.length > 1 && (experiment.base.stepsPerEpoch ?? null) === null) {
    notes.push(
      "An epoch is one pass over the items, so a smaller fraction also has fewer updates: compare arms within a fraction, not fractions.",
    );
  }
  if (gaps >= manyGaps) {
    const expected = (0.05 * gaps).toFixed(1);
    notes.push(
      `${gaps} final gaps are judged, each at 5 %: were there no differences at all, about ${expected} would be called one.`,
    );
  }
  const looked = extensions.filter(({ addedSeeds, scoredRuns }) => addedSeeds.length > 0 && scoredRuns > 0);
  for (const { addedSeeds, scoredRuns, createdAt } of looked) {
    const seeds = addedSeeds.length === 1 ? `Seed ${addedSeeds[0]} was` : `Seeds ${addedSeeds.join(", ")} were`;
    const when = createdAt.toISOString().slice(0, 10);
    notes.push(
      `${seeds} added on ${when}, when ${scoredRuns} runs had been scored on test: with seeds added after looking, more than 5 % of true nulls are called a difference.`,
    );
  }
  return notes;
}
