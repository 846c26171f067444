/** @file What a computation is given, made of the object store, the decoders and the items as training prepared them. */
import type { MilConfiguration } from "@tessera/domain/configuration/milRun";
import type { ImageConfiguration } from "@tessera/domain/configuration/run";
import { DomainError } from "@tessera/domain/errors";
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import type { Objects } from "@tessera/objects/objects";
import type { BagRun, Given } from "@tessera/training/inspections/given";
import type { InspectedBags } from "@tessera/training/inspections/inspectedBags";
import { type InspectedRun, inspectedRun } from "@tessera/training/inspections/inspectedRun";
import type { ItemMasks } from "@tessera/training/inspections/itemMasks";
import type { TrainingItems } from "@tessera/training/items";
import { bagFactsOf } from "@tessera/training/mil/bagFacts";
import type { BlobRow } from "../spool/record.ts";
import { freeMemory } from "../trainer/freeMemory.ts";
import { openPreparedItems, type PreparedItems } from "../trainer/preparedItems.ts";
import type { TrainerJob } from "../trainer/protocol.ts";
import { byFold, importedFiles } from "../trainer/runJob.ts";
import type { MaskSource } from "./maskSource.ts";
import { openBags } from "./openBags.ts";
import type { InspectedJob, InspectionJob } from "./protocol.ts";
import { readCheckpoint } from "./readCheckpoint.ts";

export interface OpenGiven {
  readonly given: Given;
  /** What was stored so far. */
  readonly blobs: readonly BlobRow[];
  close(): Promise<void>;
}

/** Of the free memory, for the decoded items of each run. */
const shareOfMemory = 0.1;

export async function openGiven(job: InspectionJob, progress: Given["progress"]): Promise<OpenGiven> {
  const { teamId, runs } = job;
  const { objectsDirectory } = runs[0]!.run;
  const objects = openObjects({ directory: objectsDirectory });
  const imaging = openImaging({ processes: 1 });
  const opened = new OpenedItems(objects, imaging);
  const inspected = new Map<string, InspectedRun>();
  const onBags = new Map<string, { readonly facts: BagRun; readonly bags: () => InspectedBags }>();
  const blobs: BlobRow[] = [];
  const readBlob = (sha256: string) => objects.read(teamId, sha256);
  const storeBlob = async (bytes: Uint8Array, mediaType: string) => {
    const { sha256, size } = await objects.put(teamId, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    blobs.push({ sha256, size, mediaType });
    return sha256;
  };
  const close = async () => {
    await imaging.close(); // first: what waits for a decoder fails at once
    await opened.close();
  };
  try {
    for (const each of runs) {
      const { run } = each;
      const { configuration } = run;
      if (configuration.task === "mil") {
        const bags = () => openBags(each, configuration, objects, shareOfMemory * freeMemory());
        onBags.set(run.runId, { facts: bagRunOf(run, configuration), bags });
      } else inspected.set(run.runId, await openRun(each, configuration, objects, opened, imaging));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const onBagsOf = (runId: string) => {
    const run = onBags.get(runId);
    if (run === undefined) throw new Error(`Run ${runId} is no run on bags that this inspection asks`);
    return run;
  };
  const given: Given = {
    run(runId) {
      const run = inspected.get(runId);
      if (onBags.has(runId)) {
        const message = `Run ${runId} is on bags of tiles; this inspection looks into nets that take images`;
        throw new DomainError("BAD_INPUT", message, { runId });
      }
      if (run === undefined) throw new Error(`Run ${runId} is not one that this inspection asks`);
      return run;
    },
    bagRun: (runId) => onBagsOf(runId).facts,
    bags: (runId) => onBagsOf(runId).bags(),
    freeBytes: () => freeMemory(),
    picture: async (sha256, size) => imaging.picture(Buffer.from(await readBlob(sha256)), size),
    storePicture: async (pixels, width, height) =>
      storeBlob(await imaging.encodeImage(pixels, width, height, "png"), "image/png"),
    readBlob,
    storeBlob,
    progress,
  };
  return { given, blobs, close };
}

function bagRunOf({ items, classes, exclusive }: TrainerJob, configuration: MilConfiguration): BagRun {
  const { features, largest } = bagFactsOf(items);
  return { configuration, classes, exclusive, features, largestBag: largest };
}

async function openRun(
  job: InspectedJob,
  configuration: ImageConfiguration,
  objects: Objects,
  opened: OpenedItems,
  imaging: Imaging,
) {
  const { run, checkpoint, masks } = job;
  const { teamId, runId, seed, classes, exclusive, startingSha256 } = run;
  return inspectedRun({
    runId,
    configuration,
    seed,
    classes,
    exclusive,
    items: await opened.at(run, configuration.model.size),
    itemsAt: (size) => opened.at(run, size),
    checkpoint: () => readCheckpoint(objects, teamId, checkpoint),
    startingWeights: async () => (startingSha256 === null ? null : objects.read(teamId, startingSha256)),
    importedWeights: () => importedFiles(run, objects),
    masks: masks && itemMasks(masks, { teamId, size: configuration.model.size }, objects, imaging),
  });
}

interface MaskPlace {
  readonly teamId: string;
  /** Of the model, pixels. */
  readonly size: number;
}

function itemMasks(source: MaskSource, { teamId, size }: MaskPlace, objects: Objects, imaging: Imaging): ItemMasks {
  const { masks, classes, targets, ...version } = source;
  return {
    ...version,
    itemIds: new Set(Object.keys(masks)),
    async mask(itemId, classIndex) {
      const bytes = await objects.read(teamId, masks[itemId]!);
      const indices = await imaging.prepareClassMask(bytes, size, classes);
      const target = targets[classIndex] ?? null;
      return indices.map((index) => (target === null ? Math.min(index, 1) : index === target + 1 ? 1 : 0));
    },
  };
}

/** The file that training has kept where it is whole; else each item is decoded when it is asked for, and no file is made. */
class OpenedItems {
  private readonly objects: Objects;
  private readonly imaging: Imaging;
  private readonly all: PreparedItems[] = [];

  constructor(objects: Objects, imaging: Imaging) {
    this.objects = objects;
    this.imaging = imaging;
  }

  async at(run: TrainerJob, size: number): Promise<TrainingItems> {
    const { teamId, items, classes, preparedDirectory } = run;
    const prepared = await openPreparedItems({
      teamId,
      items,
      size,
      classes,
      directory: preparedDirectory,
      limitBytes: 0,
      memoryBytes: shareOfMemory * freeMemory(),
      objects: this.objects,
      imaging: this.imaging,
      parallel: 1,
      order: [],
    });
    this.all.push(prepared);
    return byFold(run, prepared.items);
  }

  async close(): Promise<void> {
    for (const each of this.all) await each.close();
  }
}
