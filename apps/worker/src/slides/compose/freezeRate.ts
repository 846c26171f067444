/** @file The end of a rate's composition, in one transaction and once: labels, split, and the runs that waited for them. */
import { oneClass } from "@tessera/domain/classValues";
import { DomainError } from "@tessera/domain/errors";
import type { ComposeRequest } from "@tessera/domain/slides/request";
import { type NamedBag, rateText } from "@tessera/domain/study/witnessStudy";
import type { Fold } from "@tessera/domain/words";
import { annotationsByItems, insertAnnotations } from "@tessera/store/annotations";
import { itemsByNames } from "@tessera/store/items";
import { ensureSchema, schemasByIds } from "@tessera/store/labelSchemas";
import { freezeLabelVersion, labelVersionsByIds } from "@tessera/store/labelVersions";
import { freezeSplit } from "@tessera/store/splits";
import { keepRateBags, witnessRatesOf } from "@tessera/store/witnessStudies";
import { asHolder, type RunningSlideJob } from "../slideJob.ts";

const reader = "rule: composed bags";

export async function freezeRate(
  job: RunningSlideJob,
  request: ComposeRequest,
  bags: readonly (NamedBag & { readonly fold: Fold })[],
): Promise<void> {
  const { teamId } = job;
  const { experimentId, rate, bagDatasetId: datasetId, labelVersionId, bags: plan } = request;
  await asHolder(job, async (sql) => {
    const own = (await witnessRatesOf(sql, teamId, [experimentId])).find((each) => each.rate === rate);
    if (own?.labelVersionId) return; // an earlier attempt came so far, and was lost before it said so
    const [version] = await labelVersionsByIds(sql, teamId, [labelVersionId]);
    const [kind] = await schemasByIds(sql, teamId, [version!.schemaId]);
    const { task, classes, exclusive } = kind!;
    const schema = await ensureSchema(sql, teamId, { datasetId, task, classes, exclusive });
    const items = await itemsByNames(sql, teamId, datasetId, bags.map(({ name }) => name)); // biome-ignore format: one line
    const placed = bags.map((bag, at) => ({ ...bag, item: items[at]! }));
    const lost = placed.find(({ item }) => !item);
    if (lost)
      throw new DomainError("NOT_FOUND", `The bag ${lost.name} is not in its dataset: its file is another bag's`);
    const known = await annotationsByItems(sql, teamId, placed.map(({ item }) => item.id)); // biome-ignore format: one line
    const missing = placed.filter((_, at) => !known[at]!.some((each) => each.reader === reader));
    const added = await insertAnnotations(
      sql,
      teamId,
      missing.map(({ item, positive }) => ({
        ...{ itemId: item.id, schemaId: schema.id, reader, readerKind: "program" as const },
        ...{ classValues: oneClass(Number(positive), classes.length), maskSha256: null },
        ...{ regionPixels: [], components: [], boxes: null },
      })),
    );
    const opinions = [...known.flat().filter((each) => each.reader === reader), ...added];
    const rule = `bags of ${plan.tiles} tiles at a witness rate of ${rateText(rate)}: "${classes[1]}" where a tile is`;
    const first = new Map(opinions.toReversed().map(({ id, itemId }) => [itemId, id])); // two workers may say the same at once
    const labels = [...first].map(([itemId, annotationId]) => ({ itemId, annotationId }));
    const made = await freezeLabelVersion(sql, teamId, {
      ...{ datasetId, schemaId: schema.id, rule, note: "composed for a witness study", labels },
    });
    const split = await freezeSplit(sql, teamId, {
      ...{ datasetId, name: `witness rate ${rateText(rate)}`, subjectsKnown: true },
      rule: "tiles were drawn within the folds of the source; a bag is its own subject",
      assignments: placed.map(({ item, subject, fold }) => ({ itemId: item.id, subject, fold })),
    });
    await keepRateBags(sql, teamId, { experimentId, rate, labelVersionId: made.id, splitId: split.id });
  });
}
