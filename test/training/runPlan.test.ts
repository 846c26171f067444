/** @file What a run will need of memory, said before it starts, and the batch that fits where it is too much. */

import { classificationDefaults } from "@tessera/domain/configuration/classification";
import { milDefaults } from "@tessera/domain/configuration/milRun";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { DomainError } from "@tessera/domain/errors";
import { planRun } from "@tessera/training/runPlan";
import { taskOf } from "@tessera/training/taskOf";
import { describe, expect, it } from "vitest";
import { tiny } from "./support/session.ts";

const large: SegmentationConfiguration = {
  ...tiny,
  model: { family: "unet", size: 512, depth: 4, baseFilters: 16, normalization: "batch", skips: Array(4).fill(true) },
  batchSize: 64,
};
const enough = 1e12;
const withBatch = (batchSize: number) => ({ ...large, batchSize });
const changed = (fields: Partial<SegmentationConfiguration["optimizer"]>, batchSize = 16) =>
  ({ ...withBatch(batchSize), optimizer: { ...tiny.optimizer, ...fields } }) as SegmentationConfiguration;

const needs = async (configuration: SegmentationConfiguration) =>
  (await planRun(taskOf(configuration), null, enough))!.neededBytes;

async function refusal(configuration: SegmentationConfiguration, freeBytes: number): Promise<DomainError> {
  const error = await planRun(taskOf(configuration), null, freeBytes).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DomainError);
  return error as DomainError;
}

describe("what a run needs", () => {
  it("is said part by part, and takes no memory", async () => {
    await planRun(taskOf(tiny), null, enough);
    const before = process.memoryUsage.rss();
    const { message, peakBytes, neededBytes } = (await planRun(taskOf(large), null, enough))!;
    expect(process.memoryUsage.rss() - before).toBeLessThan(300e6);
    expect(neededBytes).toBeGreaterThan(30e9);
    expect(peakBytes - neededBytes).toBeLessThan(2e9); // what this process holds
    const amounts = [...message.matchAll(/([\d.]+) GB/g)].map(([, amount]) => Number(amount));
    expect(amounts).toHaveLength(5);
    expect(amounts[0]! * 1e9).toBeCloseTo(peakBytes, -9);
    expect(amounts[1]! + amounts[2]! + amounts[3]! + amounts[4]!).toBeCloseTo(amounts[0]!, 0);
  });

  it("grows with averaged weights, and shrinks where a batch goes through in parts", async () => {
    const whole = await needs(changed({}));
    expect(await needs(changed({ emaDecay: 0.99 }))).toBeGreaterThan(whole);
    expect(await needs(changed({ accumulationSteps: 8 }))).toBeLessThan(0.4 * whole);
  });
});

describe("a run that does not fit", () => {
  it("is refused with the largest batch that does", async () => {
    const free = 8e9;
    const error = await refusal(large, free);
    expect(error.code).toBe("TOO_LARGE");
    const { largestBatch } = error.details as { largestBatch: number };
    expect(error.message).toContain(`The largest batch that fits is ${largestBatch}`);
    expect(await needs(withBatch(largestBatch))).toBeLessThanOrEqual(free);
    expect(await needs(withBatch(largestBatch + 1))).toBeGreaterThan(free - 100e6); // this process has grown a little since
  });

  it("counts in whole batches where a batch goes through in parts", async () => {
    const error = await refusal(changed({ accumulationSteps: 4 }, 64), 8e9);
    const { largestBatch } = error.details as { largestBatch: number };
    expect(largestBatch % 4).toBe(0);
    expect(await needs(changed({ accumulationSteps: 4 }, largestBatch))).toBeLessThanOrEqual(8e9);
  });

  it("says so where not even one item fits", async () => {
    const error = await refusal(large, 200e6);
    expect(error).toMatchObject({ code: "TOO_LARGE", details: { largestBatch: null } });
    expect(error.message).toContain("Not even one item");
  });
});

it("plans a classifier as it does a segmentation, and says which batch fits", async () => {
  const configuration = { ...classificationDefaults, threads: 1, batchSize: 64 };
  const task = taskOf(configuration, { classes: 3, exclusive: false });
  const { neededBytes } = (await planRun(task, null, enough))!;
  const smaller = (await planRun(taskOf({ ...configuration, batchSize: 16 }, { classes: 3 }), null, enough))!;
  expect(neededBytes).toBeGreaterThan(1.5 * smaller.neededBytes);
  const refused = planRun(task, null, smaller.neededBytes * 1.1);
  await expect(refused).rejects.toMatchObject({ code: "TOO_LARGE", details: { batchSize: 64 } });
  const { largestBatch } = (await refused.catch((error: DomainError) => error.details)) as { largestBatch: number };
  expect(largestBatch).toBeGreaterThanOrEqual(16);
  expect(largestBatch).toBeLessThan(64);
});

it("says of bags that do not fit how many tiles of each to draw", async () => {
  const items = [{ itemId: "", bagSize: { tiles: 200_000, features: 256 } }];
  const data = { classes: 2, exclusive: true, items };
  const needed = async (tiles: number | null) =>
    (await planRun(taskOf({ ...milDefaults, threads: 1, bag: { tiles } }, data), null, enough))!.neededBytes;
  const [all, few] = [await needed(null), await needed(1000)];
  const free = (all + few) / 2;
  const error = await planRun(taskOf({ ...milDefaults, threads: 1 }, data), null, free).catch(
    (thrown: DomainError) => thrown,
  );
  const { drawnTiles } = (error as DomainError).details as { drawnTiles: number };
  expect((error as DomainError).message).toContain(`Draw at most ${drawnTiles} tiles of a bag`);
  expect(drawnTiles).toBeGreaterThan(1000);
  expect(await needed(drawnTiles)).toBeLessThanOrEqual(free);
  expect(await needed(drawnTiles + 2000)).toBeGreaterThan(free - 100e6);
});
