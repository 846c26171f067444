/** @file One attempt to score a foreign run's predicted masks: decoded, counted, and stored at once as an evaluation. */
import { DomainError } from "@tessera/domain/errors";
import type { ItemCounts } from "@tessera/domain/events";
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
import { eachItem, sentenceOf } from "../measurements/problems.ts";
import { type MeasuringProcesses, withMeasurer } from "../measurements/withMeasurer.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";

export interface RunningScoring {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedScoring;
  /** Aborted when the worker is to stop. */
  readonly stopping: AbortSignal;
}

/** A mask holds no probabilities; this is what its evaluation says of itself. */
const maskThreshold = 0.5;

export async function runScoring({ worker, claimed, stopping }: RunningScoring): Promise<void> {
  const { database, teamId } = worker;
  const { id, attempt } = claimed;
  const of = { teamId, id, attempt };
  let done = 0;
  const lease = {
    name: `Scoring predictions ${id}, attempt ${attempt}`,
    renew: () => renewScoring(database, { ...of, leaseSeconds, done }),
    giveBack: () => giveBackScoring(database, of),
    fail: (error: string) => failScoring(database, { ...of, error }),
  };
  await holdLease(worker, stopping, lease, (held) =>
    withMeasurer(worker, held, claimed, async (processes) => {
      const items = await countItems({ ...processes, worker, claimed, held }, (counted) => {
        done = counted;
        const measurerPid = processes.measurer.processId() ?? 0;
        worker.observe({ type: "scored", scoringId: id, items: counted, measurerPid });
      });
      await held.patiently(() => finishScoring(database, { ...of, threshold: maskThreshold, items }));
    }),
  );
}

interface Scoring extends MeasuringProcesses {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedScoring;
  readonly held: Held;
}

/** @throws DomainError BAD_FILE naming the items whose masks cannot be scored: a part of a fold is no score of it */
async function countItems(
  { worker, claimed, held, files, measurer }: Scoring,
  onCounted: (items: number) => void,
): Promise<ItemCounts[]> {
  const { database, teamId } = worker;
  const { labelVersionId, size, predictions } = claimed;
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
    const masks = await files.readSent(sha256, "the predicted mask");
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
