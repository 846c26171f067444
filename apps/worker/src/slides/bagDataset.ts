/** @file The dataset of a job's bags: made once, and given the labels and splits of the slides when all bags are there. */
import type { FeaturesRequest } from "@tessera/domain/slides/request";
import { annotationsByItems, insertAnnotations } from "@tessera/store/annotations";
import { createDataset, datasetsByIds } from "@tessera/store/datasets";
import { ensureSchema, schemasByIds } from "@tessera/store/labelSchemas";
import {
  freezeLabelVersion,
  labelsForItems,
  labelVersionsByIds,
  listLabelVersions,
} from "@tessera/store/labelVersions";
import { keepBagDataset, type SlideResult, slideJobsByIds } from "@tessera/store/slideJobs";
import { freezeSplit, listSplits, splitItems } from "@tessera/store/splits";
import { asHolder, type RunningSlideJob } from "./slideJob.ts";

/** Beside the slides' own, in the same project. */
export function bagDataset(job: RunningSlideJob, name: string): Promise<string> {
  const { teamId, claimed } = job;
  return asHolder(job, async (sql) => {
    const [own] = await slideJobsByIds(sql, teamId, [claimed.id]);
    if (own!.bagDatasetId !== null) return own!.bagDatasetId;
    const [slides] = await datasetsByIds(sql, teamId, [claimed.datasetId]);
    const { projectId, modality } = slides!;
    const { id } = await createDataset(sql, teamId, { projectId, name, modality });
    await keepBagDataset(sql, teamId, claimed.id, id);
    return id;
  });
}

/** In one transaction, and once: a dataset that has a version or a split already is left as it is. */
export async function labelBags(
  job: RunningSlideJob,
  { labelVersionId }: FeaturesRequest,
  datasetId: string,
  results: readonly SlideResult[],
): Promise<void> {
  const { teamId, claimed } = job;
  const bagOf = new Map(results.flatMap(({ itemId, bagItemId }) => (bagItemId === null ? [] : [[itemId, bagItemId]])));
  const slideIds = [...bagOf.keys()];
  await asHolder(job, async (sql) => {
    if ((await listLabelVersions(sql, teamId, datasetId)).length > 0) return;
    if ((await listSplits(sql, teamId, datasetId)).length > 0) return;
    if (labelVersionId !== null) {
      const [version] = await labelVersionsByIds(sql, teamId, [labelVersionId]);
      const [kind] = await schemasByIds(sql, teamId, [version!.schemaId]);
      const { task, classes, exclusive } = kind!;
      const schema = await ensureSchema(sql, teamId, { datasetId, task, classes, exclusive });
      const labels = (await labelsForItems(sql, teamId, labelVersionId, slideIds)).flatMap((label) => label ?? []);
      const opinions = await annotationsByItems(sql, teamId, slideIds);
      const known = new Map(opinions.flat().map((each) => [each.id, each]));
      const copied = await insertAnnotations(
        sql,
        teamId,
        labels.map(({ itemId, annotationId, reader, classValues }) => {
          const { readerKind, userId, adjudicates } = known.get(annotationId)!; // a member's stays theirs
          return {
            ...{ itemId: bagOf.get(itemId)!, schemaId: schema.id, classValues },
            ...{ reader, readerKind, userId, adjudicates },
            ...{ maskSha256: null, regionPixels: [], components: [], boxes: null },
          };
        }),
      );
      await freezeLabelVersion(sql, teamId, {
        datasetId,
        schemaId: schema.id,
        rule: `the labels of version ${version!.number} of the slides: ${version!.rule}`,
        note: "made with the bags",
        labels: copied.map(({ id, itemId }) => ({ itemId, annotationId: id })),
      });
    }
    for (const { id, name, rule, subjectsKnown } of await listSplits(sql, teamId, claimed.datasetId)) {
      const assignments = (await splitItems(sql, teamId, id)).flatMap((each) => {
        const itemId = bagOf.get(each.itemId);
        return itemId === undefined ? [] : [{ ...each, itemId }];
      });
      if (assignments.length > 0) await freezeSplit(sql, teamId, { datasetId, name, rule, subjectsKnown, assignments });
    }
  });
}
