/** @file A slide that was cut into tiles, and a trained classification that has learnt from its subject, p1. */
import { usualTileRule } from "@tessera/domain/slides/tileRule";
import { putBlob } from "@tessera/store/blobs";
import { createDataset } from "@tessera/store/datasets";
import { insertItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { claimSlideJob, finishSlideJob } from "@tessera/store/slideJobQueue";
import { createSlideJob, insertSlideResult, keepBagDataset } from "@tessera/store/slideJobs";
import { insertSlides } from "@tessera/store/slides";
import { freezeSplit } from "@tessera/store/splits";
import { registerWorker } from "@tessera/store/workers";
import { plantClassifier } from "./heatmapsWorld.ts";
import { sha, type World } from "./world.ts";

export async function plantEncoder(
  world: Pick<World, "database">,
  picture = { sha256: sha("slide's thumbnail"), size: 1 },
) {
  const { db, teamId, userId } = world.database;
  const { runId } = await plantClassifier(world);
  const made = await db.asTeam(teamId, async (sql) => {
    const { id: projectId } = await ensureProject(sql, teamId, "Pathology");
    const { id: datasetId } = await createDataset(sql, teamId, { projectId, name: "Biopsies", modality: "histology" });
    for (const blob of [{ sha256: sha("slide"), size: 1 }, { sha256: sha("manifest"), size: 1 }, picture])
      await putBlob(sql, teamId, { ...blob, mediaType: "image/jpeg" });
    const subject = { subject: "p1", subjectKnown: true, site: null, spacingMm: 0.0005 };
    const files = { sha256: sha("slide"), thumbnailSha256: picture.sha256 };
    const row = { datasetId, kind: "slide" as const, name: "a", width: 4000, height: 3000, ...files, ...subject };
    const itemId = (await insertItems(sql, teamId, [row])).inserted[0]!.id;
    const levels = [{ width: 4000, height: 3000, downsample: 1 }];
    const scale = { micronsX: 0.5, micronsY: 0.5, scaleOf: "file" as const };
    await insertSlides(sql, teamId, [{ itemId, format: "aperio", levels, magnification: 20, ...scale }]);
    const assignments = [{ itemId, subject: "p1", fold: "test" as const }];
    await freezeSplit(sql, teamId, { datasetId, name: "official", rule: "planted", subjectsKnown: true, assignments });
    const { id: workerId } = await registerWorker(sql, teamId, { name: "w", device: "cpu", version: "1" });
    const request = { kind: "tiles", rule: usualTileRule } as const;
    const { id: tilesJobId } = await createSlideJob(sql, teamId, { datasetId, request, createdBy: userId });
    return { projectId, datasetId, itemId, tilesJobId, workerId };
  });
  const { datasetId, itemId, tilesJobId, workerId, projectId } = made;
  await finish(tilesJobId);
  await db.asTeam(teamId, (sql) =>
    insertSlideResult(sql, teamId, {
      ...{ jobId: tilesJobId, itemId, sha256: sha("manifest"), overlaySha256: null, bagItemId: null },
      ...{ tiles: 7, seconds: 2, facts: null, error: null },
    }),
  );

  async function finish(jobId: string, bagDatasetId: string | null = null): Promise<void> {
    const claimed = (await claimSlideJob(db, { teamId, workerId, leaseSeconds: 60 }))!;
    if (claimed.id !== jobId) throw new Error(`Expected the job ${jobId} to be the next, got ${claimed.id}`);
    await finishSlideJob(db, { teamId, id: jobId, attempt: claimed.attempt, error: null, bagDatasetId });
  }

  /** As a worker would end it: with a bag of the slide. @returns the dataset of the bags */
  async function makeBags(jobId: string, name: string): Promise<string> {
    const bagDatasetId = await db.asTeam(teamId, async (sql) => {
      const { id } = await createDataset(sql, teamId, { projectId, name, modality: "histology" });
      await putBlob(sql, teamId, { sha256: sha(name), size: 1, mediaType: "application/x-npy" });
      const of = { subject: "p1", subjectKnown: true, site: null, spacingMm: null, thumbnailSha256: picture.sha256 };
      await insertItems(sql, teamId, [
        { datasetId: id, kind: "bag", name: "a", sha256: sha(name), width: 128, height: 7, ...of },
      ]);
      await keepBagDataset(sql, teamId, jobId, id);
      return id;
    });
    await finish(jobId, bagDatasetId);
    return bagDatasetId;
  }
  return { runId, datasetId, tilesJobId, makeBags };
}
