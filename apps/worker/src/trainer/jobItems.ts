/** @file The items of a job, of whatever kind: opened, and what is to be said of them. */
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { passOrder } from "@tessera/training/batchOrder";
import type { TrainingItem } from "@tessera/training/items";
import { bagBytes, bagItems } from "./bagItems.ts";
import { recordBytes } from "./preparedFile.ts";
import { haveMasks, openPreparedItems, type PreparedItems } from "./preparedItems.ts";
import type { TrainerJob } from "./protocol.ts";

export interface JobItems {
  /** In the job's order. */
  readonly items: readonly TrainingItem[];
  /** Resolves with a note for the run's log when there is one; rejects where an item cannot be decoded. */
  readonly filled: Promise<string>;
  close(): Promise<void>;
}

export interface ItemSources {
  readonly objects: Objects;
  readonly imaging: Imaging;
  /** Decoders that `imaging` has. */
  readonly parallel: number;
  /** For items that are kept, bytes. */
  readonly memoryBytes: number;
}

export async function openJobItems(job: TrainerJob, sources: ItemSources): Promise<JobItems> {
  const { teamId, items, configuration } = job;
  if (configuration.task === "mil") {
    const { objects, memoryBytes } = sources;
    const filled = Promise.resolve(`${items.length} bags are read as they are asked for`);
    return { items: bagItems({ teamId, items, memoryBytes, objects }), filled, close: () => Promise.resolve() };
  }
  const { size } = configuration.model;
  const { classes, preparedDirectory: directory } = job;
  const prepared = await openPreparedItems({
    teamId,
    items,
    size,
    classes,
    directory,
    order: orderOfUse(job),
    ...sources,
  });
  return { items: prepared.items, filled: noteOf(prepared, items.length, size), close: () => prepared.close() };
}

/** Memory that all items take as they are kept, bytes. */
export function itemBytes({ items, configuration }: TrainerJob): number {
  if (configuration.task === "mil") return bagBytes(items);
  return items.length * recordBytes({ size: configuration.model.size, masks: haveMasks(items) });
}

/** As a first epoch asks for them: the training items in its order, then validation, then test. */
function orderOfUse({ items, seed }: TrainerJob): number[] {
  const of = (fold: string) => items.flatMap((item, index) => (item.fold === fold ? [index] : []));
  const train = of("train");
  return [
    ...Array.from(passOrder(train.length, seed, 0), (place) => train[place]!),
    ...of("validation"),
    ...of("test"),
  ];
}

async function noteOf({ filled }: PreparedItems, items: number, size: number): Promise<string> {
  const started = performance.now();
  const result = await filled;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { decoded } = result;
  if (decoded === null) {
    return `The ${items} items at ${size} x ${size} are not kept in the folder of prepared items, but decoded anew as needed: ${result.why}`;
  }
  if (decoded === 0) return `${items} items read as an earlier run prepared them, ${size} x ${size}`;
  return `${decoded} items decoded to ${size} x ${size} in ${seconds} s while training went on; kept for the next run`;
}
