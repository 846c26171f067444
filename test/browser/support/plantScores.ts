/** @file An experiment whose masks err in three known ways, scored on both folds and measured as a worker would. */
import { measurePrediction, profileTruth } from "@tessera/analysis/segmentation/measure";
import { countedThresholds, type TruthProfile } from "@tessera/domain/measures";
import { type ClaimedRun, claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { evaluationsByIds } from "@tessera/store/evaluations";
import { claimMeasurement, finishMeasurement, storeMeasures, unmeasuredItems } from "@tessera/store/measuringQueue";
import { blindToSmall, type Erring, grown, inPieces, tooSmall } from "./drawErrors.ts";
import { counts, side } from "./pictures.ts";
import type { PlantedItem } from "./plantData.ts";
import { plantExperiment, type Training } from "./plantExperiment.ts";

const ways: Readonly<Record<string, Erring>> = {
  "too small": tooSmall,
  "in pieces": inPieces,
  "blind to small": blindToSmall,
};

export interface PlantedScores {
  readonly experimentId: string;
  readonly runIds: readonly string[];
  /** Measures at most so many evaluations, oldest first; each is one run on one fold. */
  measure(most?: number): Promise<void>;
}

export async function plantScores(
  work: Training,
  { workerId, userId, seeds }: { readonly workerId: string; readonly userId: string; readonly seeds: number },
): Promise<PlantedScores> {
  const { db, teamId, data } = work;
  const experimentId = await plantExperiment(db, teamId, data, {
    name: "Three ways to be wrong",
    question: "Is a low Dice a bad mask, or a small region?",
    seeds,
    userId,
    arms: Object.keys(ways).map((name, at) => ({ name, changes: { model: { depth: at + 3 } } })),
  });
  const runs = new Map<string, { readonly arm: string; readonly seed: number }>();
  for (;;) {
    const run = await claimRun(db, { teamId, workerId, leaseSeconds: 3600 });
    if (!run) break;
    runs.set(run.id, run);
    await scoreRun(work, run);
  }
  const items = new Map([...data.validation, ...data.test].map((item) => [item.id, item]));
  const profiles = new Map<string, TruthProfile>();
  const profileOf = ({ id, name, picture }: PlantedItem) => {
    const profile = profiles.get(id) ?? profileTruth(picture.mask, side, side, { seed: name });
    profiles.set(id, profile);
    return profile;
  };
  return {
    experimentId,
    runIds: [...runs.keys()],
    async measure(most = Number.POSITIVE_INFINITY) {
      for (let done = 0; done < most; done++) {
        const claimed = await claimMeasurement(db, { teamId, workerId, leaseSeconds: 3600 });
        if (!claimed) return;
        const { evaluationId, attempt } = claimed;
        const { arm, seed } = await runOf(work, evaluationId, runs);
        const rows = await db.asTeam(teamId, (sql) => unmeasuredItems(sql, teamId, claimed));
        const measures = rows.map(({ itemId, classIndex }) => {
          const item = items.get(itemId)!;
          const predicted = ways[arm]!(item.picture.mask, seed, item.name);
          const found = measurePrediction(item.picture.mask, predicted, side, side, null);
          return { itemId, classIndex, measures: found, profile: profileOf(item) };
        });
        await storeMeasures(db, { teamId, evaluationId, attempt, profiles: measures, measures });
        await finishMeasurement(db, { teamId, evaluationId, attempt, error: null });
      }
    },
  };
}

async function runOf(
  { db, teamId }: Training,
  evaluationId: string,
  runs: ReadonlyMap<string, { readonly arm: string; readonly seed: number }>,
) {
  const [evaluation] = await db.asTeam(teamId, (sql) => evaluationsByIds(sql, teamId, [evaluationId]));
  return runs.get(evaluation!.runId)!;
}

/** Both folds; a pixel's probability falls with its distance from the drawn region, so that a threshold moves the outline. */
async function scoreRun({ db, teamId, data, pictures }: Training, run: ClaimedRun): Promise<void> {
  const scored = async (item: PlantedItem) => {
    const truth = item.picture.mask;
    const predicted = ways[run.arm]!(truth, run.seed, item.name);
    const at = countedThresholds.map((threshold) => counts(truth, grown(predicted, Math.round((0.5 - threshold) * 8))));
    return {
      itemId: item.id,
      classIndex: 0,
      ...counts(truth, predicted),
      truthComponents: 1,
      predictedComponents: 1,
      predictionSha256: await pictures.storeMask(predicted),
      thresholdCounts: {
        thresholds: countedThresholds,
        truePositives: at.map(({ truePositives }) => truePositives),
        falsePositives: at.map(({ falsePositives }) => falsePositives),
      },
    };
  };
  const evaluation = async (fold: "validation" | "test") => ({
    ...{ type: "evaluation" as const, fold, checkpointStep: 1, size: side, threshold: 0.5 },
    items: await Promise.all(data[fold].map(scored)),
  });
  const events = [await evaluation("validation"), await evaluation("test")];
  const mine = { teamId, runId: run.id, attempt: run.attempt };
  await ingest(db, { ...mine, sequence: 1, events });
  await endAttempt(db, { ...mine, outcome: "succeeded" });
}
