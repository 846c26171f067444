/** @file A noise study of classification whose labels, runs and scorings are done by hand, as workers would do them. */
import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { plainResult } from "@tessera/domain/labels/result";
import type { LabelRule } from "@tessera/domain/labels/rule";
import { ruleText } from "@tessera/domain/labels/ruleText";
import { addClassNoise } from "@tessera/domain/noise/classNoise";
import type { ClassNoise } from "@tessera/domain/noise/models";
import { randomStream } from "@tessera/domain/random";
import { insertAnnotations } from "@tessera/store/annotations";
import { type ClaimedRun, claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { claimLabelJob, finishLabelJob } from "@tessera/store/labelJobQueue";
import { freezeLabelVersion } from "@tessera/store/labelVersions";
import { labelsOfVersion } from "@tessera/store/opinions";
import { claimScoring, finishScoring } from "@tessera/store/scoringQueue";
import { plantExperiment, type World } from "./world.ts";

/** Items of every fold; one in three is of the second of two exclusive classes. */
export const counts = { train: 20, validation: 10, test: 150 } as const;

export async function plantNoiseData(world: Pick<World, "database">, teamId: string, name: string) {
  const folds = (["train", "validation", "test"] as const).flatMap(
    (fold) => Array(counts[fold]).fill(fold) as "test"[],
  );
  const items = folds.map((fold, i) => ({
    name: `film ${String(i).padStart(3, "0")}`,
    subject: `p${i}`,
    ...{ fold, regionPixels: [] },
    classValues: i % 3 === 0 ? ([0, 1] as const) : ([1, 0] as const),
  }));
  const planted = {
    name,
    seeds: [],
    items,
    arms: [{ name: "a", changes: {} }],
    classes: ["normal", "ill"],
    exclusive: true,
  };
  return plantExperiment(world, teamId, planted);
}

export type NoiseData = Awaited<ReturnType<typeof plantNoiseData>>;

/** What the mutation takes: two methods, symmetric noise learnt and scored on. */
export const noiseInput = (data: NoiseData, more: object = {}) => ({
  projectName: "Noise",
  name: "How robust?",
  question: "Is it the labels?",
  labelVersionId: data.labelVersion.id,
  splitId: data.split.id,
  base: classificationDefaults,
  methods: [
    { name: "plain", changes: {} },
    { name: "long", changes: { epochs: 40 } },
  ],
  noises: [{ model: { kind: "symmetric" }, trainingLevels: [0.4, 0.8], evaluationLevels: [0.4] }],
  noiseSeed: 3,
  seeds: [1, 2, 3, 4, 5],
  equivalenceMargin: 0.02,
  ...more,
});

export function asWorkers({ database }: Pick<World, "database">, teamId: string, workerId: string) {
  const { db } = database;
  const claim = { teamId, workerId, leaseSeconds: 60 };

  /** The oldest label job; false where there is none. */
  async function makeLabels(error: string | null = null): Promise<boolean> {
    const job = await claimLabelJob(db, claim);
    if (job === null || job.request.kind !== "makeVersion") return false;
    const { id, attempt, request, datasetId, schemaId, classes } = job;
    if (error !== null) {
      await finishLabelJob(db, { teamId, id, attempt, error, done: 0, labelVersionId: null });
      return true;
    }
    const rule = request.rule as Extract<LabelRule, { kind: "noise" }>;
    const version = await db.asTeam(teamId, async (sql) => {
      const before = await labelsOfVersion(sql, teamId, request.fromVersionId!);
      const items = before.map(({ itemSha256, classValues }) => ({ key: itemSha256, values: classValues! }));
      const noisy = addClassNoise(items, rule.model as ClassNoise, rule.seed, {
        classes: classes.length,
        exclusive: true,
      });
      const rows = before.map(({ itemId }, i) => ({
        ...{ itemId, schemaId, reader: "rule: noise", readerKind: "program" as const, madeBy: id, maskSha256: null },
        ...{ classValues: noisy.values[i]!, regionPixels: [], components: [], boxes: null },
      }));
      const labels = (await insertAnnotations(sql, teamId, rows)).map((row) => ({
        itemId: row.itemId,
        annotationId: row.id,
      }));
      const result = { ...plainResult, noise: { ...noisy.counts, dice: null } };
      const from = { number: 1, contentHash: "", chainHash: "" };
      const pinned = { rule, from };
      const frozen = { datasetId, schemaId, rule: ruleText(pinned), pinned, result, note: "", labels };
      return freezeLabelVersion(sql, teamId, frozen);
    });
    await finishLabelJob(db, { teamId, id, attempt, error: null, done: version.items, labelVersionId: version.id });
    return true;
  }

  /** All that are queued. @param apart how far a run tells the classes apart */
  async function train(data: NoiseData, apart: (run: ClaimedRun) => number): Promise<ClaimedRun[]> {
    const trained: ClaimedRun[] = [];
    for (let run = await claimRun(db, claim); run; run = await claimRun(db, claim)) {
      trained.push(run);
      const random = randomStream("planted", run.arm, run.seed);
      const [from, distance] = [counts.train + counts.validation, apart(run)];
      const predictions = data.items.slice(from).map(({ id }, i) => {
        const isIll = (from + i) % 3 === 0;
        const present = Math.fround(1 / (1 + Math.exp(-(distance * (isIll ? 1 : 0) + random.normal()))));
        return {
          itemId: id,
          truth: isIll ? ([0, 1] as const) : ([1, 0] as const),
          probabilities: [1 - present, present],
        };
      });
      const at = { teamId, runId: run.id, attempt: run.attempt };
      const test = { fold: "test", checkpointStep: 9, size: 64, threshold: 0.5, items: [], predictions } as const;
      await ingest(db, { ...at, sequence: 1, events: [{ type: "evaluation", ...test }] });
      await endAttempt(db, { ...at, outcome: "succeeded" });
    }
    return trained;
  }

  /** All that are queued. @returns how many */
  async function score(): Promise<number> {
    let scored = 0;
    for (let next = await claimScoring(db, claim); next; next = await claimScoring(db, claim)) {
      const { id, attempt } = next;
      await finishScoring(db, { teamId, id, attempt, threshold: 0.5, items: [] });
      scored++;
    }
    return scored;
  }
  return { makeLabels, train, score };
}
