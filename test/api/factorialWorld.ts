/** @file A grid of label versions and architectures whose runs are scored, without training. */
import { insertAnnotations } from "@tessera/store/annotations";
import { putBlob } from "@tessera/store/blobs";
import { claimRun, endAttempt, ingest } from "@tessera/store/claims";
import { freezeLabelVersion, labelVersionsByIds } from "@tessera/store/labelVersions";
import { type Planted, sha, type World } from "./world.ts";

/** A second version of the planted labels. @returns its id */
export function cleanLabels({ database: { db, teamId } }: Pick<World, "database">, planted: Planted): Promise<string> {
  return db.asTeam(teamId, async (sql) => {
    const [version] = await labelVersionsByIds(sql, teamId, [planted.labelVersionId]);
    const { schemaId } = version!;
    const masks = planted.itemIds.map((_, at) => sha(`clean ${at}`));
    for (const sha256 of masks) await putBlob(sql, teamId, { sha256, size: 1, mediaType: "image/png" });
    const made = await insertAnnotations(sql, teamId, planted.itemIds.map((itemId, at) => ({ itemId, schemaId, reader: "adjudicator", maskSha256: masks[at]!, regionPixels: [80], components: [1], boxes: null }))); // biome-ignore format: one line
    const labels = made.map(({ id, itemId }) => ({ itemId, annotationId: id }));
    const frozen = { datasetId: planted.datasetId, schemaId, rule: "adjudicated", note: "", labels };
    return (await freezeLabelVersion(sql, teamId, frozen)).id;
  });
}

/** Every queued run is scored: +20 true positives for clean labels, +5 for the larger net, and a seed's own luck. */
export async function scoreGrid(world: Pick<World, "database">, planted: Planted): Promise<void> {
  const { db, teamId } = world.database;
  for (;;) {
    const run = await claimRun(db, { teamId, workerId: planted.workerId, leaseSeconds: 60 });
    if (!run) return;
    const luck = run.seed % 3;
    const right = 50 + (/clean/.test(run.arm) ? 20 : 0) + (/large/.test(run.arm) ? 5 : 0) + luck + (/clean, large/.test(run.arm) ? run.seed % 2 : 0); // biome-ignore format: one line
    const items = planted.itemIds.slice(6).map((itemId) => ({ itemId, classIndex: 0, truePositives: right, falsePositives: 100 - right, falseNegatives: 100 - right, trueNegatives: 1000, truthComponents: 1, predictedComponents: 1, predictionSha256: sha("clean 0") })); // biome-ignore format: one line
    const event = { type: "evaluation", fold: "test", checkpointStep: 1, size: 128, threshold: 0.5, items } as const;
    await ingest(db, { teamId, runId: run.id, attempt: run.attempt, sequence: 1, events: [event] });
    await endAttempt(db, { teamId, runId: run.id, attempt: run.attempt, outcome: "succeeded" });
  }
}
