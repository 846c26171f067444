/** @file Memory against bag size: planned on shapes, then measured on bags of random numbers, smallest first. */
import type { BagMemoryRequest, BagMemoryResult, BagMemorySize } from "@tessera/domain/inspections/bagMemory";
import { bagMemorySizes } from "@tessera/domain/inspections/bagMemory";
import { peakMemory, resetPeakMemory } from "@tessera/engine/memory";
import { largestThatFits } from "@tessera/engine/plan/largest";
import { keyedRandom } from "@tessera/models/augmentation/random";
import { trainingBatch } from "../batches.ts";
import type { TrainingItem } from "../items.ts";
import { openNetwork } from "../network.ts";
import { itemsAtOnce } from "../networkSteps.ts";
import { planTask } from "../runPlan.ts";
import type { Task } from "../task.ts";
import { taskOf } from "../taskOf.ts";
import type { BagRun, Given } from "./given.ts";

/** Larger bags than these nobody has; the search for the largest ends here. */
const mostTiles = 2 ** 20;

export async function bagMemory(request: BagMemoryRequest, given: Given): Promise<BagMemoryResult> {
  const run = given.bagRun(request.runId);
  const baseBytes = process.memoryUsage.rss();
  const limitBytes = request.memoryBytes ?? baseBytes + given.freeBytes();
  const wanted = bagMemorySizes(request.largest);
  given.progress(0, wanted.length);
  const planOf = (tiles: number) => planTask(taskFor(run, tiles), baseBytes);
  const sizes: BagMemorySize[] = [];
  for (const tiles of wanted) {
    const { peakBytes: predictedBytes } = planOf(tiles);
    const measuredBytes = predictedBytes > limitBytes ? null : await measured(run, tiles);
    sizes.push({ tiles, predictedBytes, measuredBytes });
    given.progress(sizes.length, wanted.length);
  }
  return {
    limitBytes,
    baseBytes,
    features: run.features,
    largestBag: run.largestBag,
    bagsAtOnce: itemsAtOnce(run.configuration),
    largestThatFits: largestThatFits(limitBytes, mostTiles, planOf)?.size ?? null,
    sizes,
  };
}

/** Of bags of so many tiles, none of which is drawn from. */
const taskFor = ({ configuration, classes, exclusive, features }: BagRun, tiles: number): Task =>
  taskOf(
    { ...configuration, bag: { tiles: null }, scaling: "none" },
    { classes, exclusive, items: [{ itemId: "", bagSize: { tiles, features } }] },
  );

/** The highest that the process has been through two updates, as optimisers make their slots in the first, and one scoring. */
async function measured(run: BagRun, tiles: number): Promise<number> {
  resetPeakMemory(); // where the system refuses, sizes rise, so that the highest so far is of this one
  const task = taskFor(run, tiles);
  const network = openNetwork(task, 1);
  try {
    const item = randomBag(run, tiles);
    for (const step of [0, 1]) {
      const batch = await trainingBatch([item], task, 1, step);
      await network.step(batch, 1e-4, step);
      if (step === 1) await network.score(batch);
    }
    return peakMemory().residentBytes;
  } finally {
    network.dispose();
  }
}

function randomBag({ classes, features }: BagRun, tiles: number): TrainingItem {
  const random = keyedRandom({ seed: 1, epoch: 0, index: 0 });
  const values = Float32Array.from({ length: tiles * features }, () => random() - 0.5);
  const bag = { tiles, features, values };
  return {
    itemId: "",
    classValues: Array.from({ length: classes }, (_, index) => (index === 0 ? 1 : 0)),
    bagSize: { tiles, features },
    read: async () => ({ image: new Uint8Array(), mask: new Uint8Array(), bag }),
  };
}
