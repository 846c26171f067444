/** @file How far a noise study has come, and what keeps its verdicts from being given. */
import type { VerdictOptions } from "@tessera/analysis/verdict";
import { furtherScorings, type NoiseDesign, noiseArms } from "@tessera/domain/study/noiseStudy";
import { countStates } from "../experiments/countStates.ts";
import type { NoiseStudyProgress } from "./noiseStudyProgress.type.ts";
import type { ReadStudy, StudyRun } from "./readStudy.ts";

export function progressOfStudy(design: NoiseDesign, seeds: number, read: ReadStudy): NoiseStudyProgress {
  const runs = [...read.runsOfArm.values()].flat();
  const needed = new Set(read.versions.flatMap(({ evaluates, labelVersionId }) => (evaluates ? [labelVersionId] : [])));
  const scorings = read.scorings.filter(({ labelVersionId }) => needed.has(labelVersionId));
  const newest = [...new Map(scorings.map((each) => [`${each.runId} ${each.labelVersionId}`, each])).values()];
  const states = runs.map(({ run }) => run);
  const counts = {
    versions: read.versions.length,
    versionsMade: countStates(read.versions, "succeeded"),
    versionsFailed: countStates(read.versions, "failed", "cancelled"),
    runs: read.wanted.length,
    runsWaiting: read.wanted.length - runs.length,
    runsSucceeded: countStates(states, "succeeded"),
    runsFailed: countStates(states, "failed", "cancelled"),
    scorings: furtherScorings(design, noiseArms(design)) * seeds,
    scoringsDone: countStates(newest, "succeeded"),
    scoringsFailed: countStates(newest, "failed"),
  };
  const isDone = counts.runsSucceeded === counts.runs && counts.scoringsDone === counts.scorings;
  const isUnderWay =
    countStates(read.versions, "queued", "running") +
      countStates(states, "queued", "running") +
      countStates(newest, "queued", "running") >
    0;
  return { ...counts, isOver: isDone || !isUnderWay };
}

/** Of these arms; runs that wait for their labels are pending too. */
export function pendingOf(
  arms: readonly string[],
  { runsOfArm, wanted }: ReadStudy,
): NonNullable<VerdictOptions["runs"]> {
  const runs = arms.flatMap((arm): readonly StudyRun[] => runsOfArm.get(arm) ?? []);
  const planned = wanted.filter(({ arm }) => arms.includes(arm)).length;
  const states = runs.map(({ run }) => run);
  const failed = countStates(states, "failed", "cancelled");
  return { planned, failed, pending: planned - failed - countStates(states, "succeeded") };
}
