/**
 * @file What the input pipeline costs a training: real items of Kvasir-SEG, the default U-Net, as the trainer child runs it.
 *
 *   npm run bench -- pipeline [items, 200] [epochs, 4] [size, 128]      needs ../shared/data/kvasir-seg, or KVASIR_SEG
 *
 * `batchMs`: one training batch of 8 made alone, items in memory, by size: median. `stepMs`, `waitMs`, `waitShare`: as the run
 * reports them, median of its epochs; the first decodes its items. `cold` is that first one. `eventLoopDelayMs`: of the process that
 * trains, from its first step to its last test item: steps, validation, checkpoints, samples, evaluation.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "@tessera/analysis/summary";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { TrainerEvent } from "@tessera/domain/events";
import { openImaging } from "@tessera/imaging/client";
import { openObjects } from "@tessera/objects/localObjects";
import { trainingBatch } from "@tessera/training/batches";
import { itemInMemory } from "@tessera/training/items";
import { taskOf } from "@tessera/training/taskOf";
import { runJob } from "@tessera/worker/trainer/runJob";
import type { Bench } from "../main.ts";
import { type FoldedItems, parityItems } from "../parity/items.ts";
import { storeItems } from "../parity/ours.ts";
import { DelayMeter } from "./delayMeter.ts";

const teamId = "00000000-0000-4000-8000-000000000000";
const batches = 15;

export const bench: Bench = {
  about: "the input pipeline: time of a batch, wait of a step, delay of the event loop",
  async run([items = "200", epochs = "4", size = "128"]) {
    const folds = await parityItems(Number(items));
    const batchMs: Record<string, number> = {};
    for (const side of [128, 256, 512]) batchMs[side] = await batchTime(folds, side);
    return { batchMs, ...(await training(folds, Number(epochs), Number(size))) };
  },
};

const middle = (values: readonly number[]): number => Number(median(values)!.toPrecision(4));

async function batchTime({ train }: FoldedItems, size: number): Promise<number> {
  const imaging = openImaging({ processes: 2 });
  const items = await Promise.all(
    train.slice(0, 16).map(async ({ name, image, mask }) =>
      itemInMemory(name, {
        image: await imaging.prepareImage(await readFile(image), size),
        mask: await imaging.prepareMask(await readFile(mask), size),
      }),
    ),
  );
  await imaging.close();
  const configuration = { ...segmentationDefaults, model: { ...segmentationDefaults.model, size } };
  const times: number[] = [];
  for (let step = 0; step < batches; step++) {
    const start = performance.now();
    await trainingBatch(items, taskOf(configuration), 1, step);
    times.push(performance.now() - start);
  }
  return middle(times);
}

async function training(folds: FoldedItems, epochs: number, size: number) {
  const directory = await mkdtemp(join(tmpdir(), "tessera-pipeline-"));
  const objectsDirectory = join(directory, "objects");
  const objects = openObjects({ directory: objectsDirectory });
  const meter = new DelayMeter();
  const points = new Map<string, number[]>();
  const onEvent = (event: TrainerEvent) => {
    if (event.type === "log") process.stderr.write(`${event.message}\n`);
    if (event.type === "progress") meter.start(event.phase);
    if (event.type === "points") {
      points.set(event.series, [...(points.get(event.series) ?? []), ...event.values]);
    }
  };
  try {
    const model = { ...segmentationDefaults.model, size };
    await runJob(
      {
        teamId,
        runId: teamId,
        attempt: 1,
        seed: 1,
        configuration: { ...segmentationDefaults, model, epochs },
        items: await storeItems(folds, objectsDirectory),
        classes: 1,
        exclusive: false,
        startingSha256: null,
        resumeSha256: null,
        scored: [],
        objectsDirectory,
        preparedDirectory: join(directory, "prepared"),
        maxThreads: null,
        checkpointEverySteps: null,
      },
      {
        objects,
        emit: async (events) => events.forEach(onEvent),
        storeBlob: async (bytes) =>
          (await objects.put(teamId, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))).sha256,
        halting: new AbortController().signal,
      },
    );
  } finally {
    meter.stop();
    await rm(directory, { recursive: true, force: true });
  }
  const [step, wait] = [points.get("system/stepMs")!, points.get("system/waitMs")!];
  const share = step.map((ms, epoch) => wait[epoch]! / (ms + wait[epoch]!));
  return {
    stepMs: middle(step),
    waitMs: middle(wait),
    waitShare: middle(share),
    cold: { stepMs: middle([step[0]!]), waitMs: middle([wait[0]!]), waitShare: middle([share[0]!]) },
    peakBytes: Math.max(...points.get("system/peakBytes")!),
    eventLoopDelayMs: meter.figures(),
  };
}
