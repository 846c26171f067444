/**
 * @file One attempt to score predicted masks, a foreign run's or those of an evaluation on other labels: decoded, counted, and stored
 * at once as an evaluation. Classes need no counting: the database has their probabilities and their labels.
 */
import { DomainError } from "@tessera/domain/errors";
import type { ItemCounts } from "@tessera/domain/events";
import type { Imaging } from "@tessera/imaging/client";
import { itemsByIds } from "@tessera/store/items";
import { labelsForItems } from "@tessera/store/labelVersions";
import {
  type ClaimedScoring,
  failScoring,
  finishScoring,
  giveBackScoring,
  renewScoring,
} from "@tessera/store/scoringQueue";
import { type Held, holdLease } from "../leased.ts";
import { type MaskFiles, openMaskFiles } from "../measurements/maskFiles.ts";
import type { Measurer } from "../measurements/measurer.ts";
import { eachItem, sentenceOf } from "../measurements/problems.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";

export interface RunningScoring {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedScoring;
  /** Aborted when the worker is to stop: it gives the scoring back, and another worker begins it again. */
  readonly stopping: AbortSignal;
  readonly imaging: Imaging;
  readonly measurer: Measurer;
}

/** A mask holds no probabilities; this is what its evaluation says of itself. */
const maskThreshold = 0.5;

export async function runScoring({ worker, claimed, stopping, imaging, measurer }: RunningScoring): Promise<void> {
  const { database, objects, teamId } = worker;
  const { id, attempt } = claimed;
  const of = { teamId, id, attempt };
  let done = 0;
  const lease = {
    name: `Scoring predictions ${id}, attempt ${attempt}`,
    renew: () => renewScoring(database, { ...of, leaseSeconds, done }),
    giveBack: () => giveBackScoring(database, of),
    fail: (error: string) => failScoring(database, { ...of, error }),
  };
  const files = openMaskFiles({ objects, imaging, teamId }, claimed);
  await holdLease(worker, stopping, lease, async (held) => {
    const onCounted = (counted: number) => {
      done = counted;
      worker.observe({ type: "scored", scoringId: id, items: counted, measurerPid: measurer.processId() ?? 0 });
    };
    const needsCounts = claimed.task === "segmentation";
    const items = needsCounts ? await countItems({ worker, claimed, held, files, measurer }, onCounted) : [];
    await held.patiently(() => finishScoring(database, { ...of, threshold: maskThreshold, items }));
  });
}

interface Scoring {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedScoring;
  readonly held: Held;
  readonly files: MaskFiles;
  readonly measurer: Measurer;
}

/** @throws DomainError BAD_FILE naming the items whose masks cannot be scored: a part of a fold is no score of it */
async function countItems(
  { worker, claimed, held, files, measurer }: Scoring,
  onCounted: (items: number) => void,
): Promise<ItemCounts[]> {
  const { database, teamId } = worker;
  const { labelVersionId, size, predictions, scoredFrom } = claimed;
  const ids = predictions.map(({ itemId }) => itemId);
  const { items, labels } = await held.patiently(() =>
    database.asTeam(teamId, async (sql) => ({
      items: await itemsByIds(sql, teamId, ids),
      labels: await labelsForItems(sql, teamId, labelVersionId, ids),
    })),
  );
  let counted = 0;
  const nameOf = ({ itemId }: { itemId: string }) => items[ids.indexOf(itemId)]?.name ?? itemId;
  const { values, problems } = await eachItem(held.signal, predictions, nameOf, async ({ itemId, sha256 }, i) => {
    const label = labels[i];
    if (!label?.maskSha256) throw new DomainError("CONFLICT", "the label version has no mask for it");
    const truths = await files.read(label.maskSha256, "the label's mask");
    const read = scoredFrom === null ? files.readSent : files.read; // our own masks were looked at when they were made
    const masks = await read(sha256, "the predicted mask");
    const counts: ItemCounts[] = [];
    for (const [classIndex, truth] of truths.entries()) {
      const each = await measurer.count({ truth, prediction: masks[classIndex]!, size });
      counts.push({ itemId, classIndex, ...each, predictionSha256: sha256 });
    }
    onCounted(++counted);
    return counts;
  });
  if (problems.length > 0) throw new DomainError("BAD_FILE", sentenceOf(problems, predictions.length, "scored"));
  return values.flat();
}
