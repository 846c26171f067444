/** @file A witness study on planted bags: composed by the worker's own job, trained by hand. */
import { randomUUID } from "node:crypto";
import { encodeBag } from "@tessera/domain/bags/npy";
import { encodeTileLabels } from "@tessera/domain/bags/tileLabels";
import { oneClass } from "@tessera/domain/classValues";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import { randomStream } from "@tessera/domain/random";
import { openObjects } from "@tessera/objects/localObjects";
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { type ClaimedRun, claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureSchema } from "@tessera/store/labelSchemas";
import { freezeLabelVersion, labelsForItems } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { runsByIds } from "@tessera/store/runs";
import { claimSlideJob, finishSlideJob } from "@tessera/store/slideJobQueue";
import { freezeSplit, splitItems } from "@tessera/store/splits";
import { insertTileLabels } from "@tessera/store/tileLabels";
import { registerWorker } from "@tessera/store/workers";
import { witnessBags, witnessClasses } from "@tessera/synthetic/witnessBags";
import { runSlideJob } from "@tessera/worker/slides/runSlideJob";
import type { World } from "./world.ts";

const tiles = 40;
const features = 4;
const folds = ["train", "validation", "test"] as const;

/** Twelve bags, four in each fold; half of a positive bag's tiles are witnesses. */
export async function plantBags(world: World, teamId: string, name: string, { labelled = true } = {}) {
  const { database, objectsDirectory } = world;
  const objects = openObjects({ directory: objectsDirectory });
  const bags = witnessBags({ seed: 5, bags: 12, tiles, witnesses: tiles / 2, features });
  const put = async (bytes: Uint8Array) => objects.put(teamId, Buffer.from(bytes));
  const files: Record<"bag" | "own", Awaited<ReturnType<typeof put>>>[] = [];
  for (const { values, witnesses } of bags) {
    const own = Array.from({ length: tiles }, (_, tile) => witnesses.includes(tile));
    files.push({ bag: await put(encodeBag({ tiles, features, values })), own: await put(encodeTileLabels(own)) });
  }
  return database.db.asTeam(teamId, async (sql) => {
    const project = await ensureProject(sql, teamId, `Project of ${name}`);
    const dataset = await createDataset(sql, teamId, { projectId: project.id, name, modality: "histology" });
    for (const { bag, own } of files) {
      for (const blob of [bag, own]) await putBlob(sql, teamId, { ...blob, mediaType: "application/x-npy" });
    }
    const { inserted } = await insertItems(
      sql,
      teamId,
      bags.map((bag, at) => ({
        ...{ datasetId: dataset.id, kind: "bag" as const, name: bag.name, subject: bag.subject, subjectKnown: true },
        ...{ sha256: files[at]!.bag.sha256, thumbnailSha256: files[at]!.bag.sha256, width: features, height: tiles },
        ...{ site: null, spacingMm: null },
      })),
    );
    const idOf = (at: number) => inserted.find(({ name: of }) => of === bags[at]!.name)!.id;
    const rows = bags.map(({ witnesses }, at) => ({
      ...{ itemId: idOf(at), sha256: files[at]!.own.sha256, tiles, positives: witnesses.length },
    }));
    if (labelled) await insertTileLabels(sql, teamId, rows);
    const kind = { datasetId: dataset.id, task: "classification" as const, classes: witnessClasses, exclusive: true };
    const schema = await ensureSchema(sql, teamId, kind);
    const said = await insertAnnotations(
      sql,
      teamId,
      bags.map((_, at) => ({
        ...{ itemId: idOf(at), schemaId: schema.id, reader: "planted", classValues: oneClass(at % 2, 2) },
        ...{ maskSha256: null, regionPixels: [], components: [], boxes: null },
      })),
    );
    const labels = said.map(({ id, itemId }) => ({ itemId, annotationId: id }));
    const version = { datasetId: dataset.id, schemaId: schema.id, rule: "planted", note: "", labels };
    const labelVersion = await freezeLabelVersion(sql, teamId, version);
    const assignments = bags.map(({ subject }, at) => ({
      itemId: idOf(at),
      subject,
      fold: folds[Math.floor(at / 4)]!,
    }));
    const of = { datasetId: dataset.id, name: "first", rule: "planted", subjectsKnown: true, assignments };
    const split = await freezeSplit(sql, teamId, of);
    const worker = await registerWorker(sql, teamId, { name: `w-${name}`, device: "cpu", version: "0" });
    /** A blob that stands for every checkpoint. */
    const checkpoint = files[0]!.bag.sha256;
    return { project, dataset, labelVersion, split, workerId: worker.id, checkpoint };
  });
}

export type PlantedBags = Awaited<ReturnType<typeof plantBags>>;

/** What the mutation takes: two poolings at three rates. */
export const witnessInput = (data: PlantedBags, more: object = {}) => ({
  projectName: "Witnesses",
  name: "How few?",
  question: "Down to which rate?",
  labelVersionId: data.labelVersion.id,
  splitId: data.split.id,
  base: milDefaults,
  poolings: [
    { name: "mean", changes: { model: { family: "embeddingMil", pooling: "mean" } } },
    { name: "max", changes: { model: { family: "embeddingMil", pooling: "max" } } },
  ],
  rates: [0.05, 0.1, 0.5],
  bags: { tiles: 20, train: 6, validation: 4, test: 120, seed: 2 },
  seeds: [1, 2, 3, 4, 5],
  equivalenceMargin: 0.02,
  ...more,
});

export function asWorkers(
  { database: { db }, objectsDirectory }: World,
  teamId: string,
  { workerId, checkpoint: sha256 }: Pick<PlantedBags, "workerId" | "checkpoint">,
) {
  const claim = { teamId, workerId, leaseSeconds: 60 };

  /** The bags of the oldest rate; false where there is none that waits. */
  async function compose(error: string | null = null): Promise<boolean> {
    const claimed = await claimSlideJob(db, { ...claim, workerId: randomUUID() });
    if (claimed === null) return false;
    if (error !== null) {
      await finishSlideJob(db, { teamId, id: claimed.id, attempt: claimed.attempt, error });
      return true;
    }
    const worker = {
      ...{ database: db, teamId, objects: openObjects({ directory: objectsDirectory }), objectsDirectory },
      ...{ name: "w", spoolDirectory: objectsDirectory, device: "cpu", version: "0", maxThreads: 1 },
      ...{ checkpointEverySteps: 5, observe: () => undefined },
    };
    const stopping = new AbortController().signal;
    await runSlideJob({ worker: worker as Parameters<typeof runSlideJob>[0]["worker"], claimed, stopping });
    return true;
  }

  /** All that are queued. @param apart how far a run tells the classes apart, in standard deviations */
  async function train(apart: (run: ClaimedRun) => number): Promise<ClaimedRun[]> {
    const trained: ClaimedRun[] = [];
    for (let claimed = await claimRun(db, claim); claimed; claimed = await claimRun(db, claim)) {
      trained.push(claimed);
      const { id } = claimed;
      const items = await db.asTeam(teamId, async (sql) => {
        const [run] = await runsByIds(sql, teamId, [id]);
        const ids = (await splitItems(sql, teamId, run!.splitId!, "test")).map(({ itemId }) => itemId);
        return labelsForItems(sql, teamId, run!.labelVersionId!, ids);
      });
      const random = randomStream("planted", claimed.arm, claimed.seed);
      const predictions = items.map((label) => {
        const truth = label!.classValues!;
        const present = Math.fround(1 / (1 + Math.exp(-(apart(claimed!) * truth[1]! + random.normal()))));
        return { itemId: label!.itemId, truth, probabilities: [1 - present, present] };
      });
      const at = { teamId, runId: id, attempt: claimed.attempt };
      const test = { fold: "test", checkpointStep: 9, size: 64, threshold: 0.5, items: [], predictions } as const;
      const best = { type: "checkpoint", kind: "best", step: 9, epoch: 1, sha256, validationScore: 0.6 } as const;
      await ingest(db, { ...at, sequence: 1, events: [best, { type: "evaluation", ...test }] });
      await endAttempt(db, { ...at, outcome: "succeeded" });
    }
    return trained;
  }
  return { compose, train };
}
