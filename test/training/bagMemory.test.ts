import { milDefaults } from "@tessera/domain/configuration/milRun";
import { inspectionKinds } from "@tessera/domain/inspections/kinds";
import { initEngine } from "@tessera/engine/backend";
import { bagMemory } from "@tessera/training/inspections/bagMemory";
import type { Given } from "@tessera/training/inspections/given";
import { planTask } from "@tessera/training/runPlan";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, expect, it } from "vitest";

beforeAll(() => initEngine({ threads: 1 }));

const runId = "00000000-0000-4000-8000-000000000001";
const { parse, checkRuns } = inspectionKinds.bagMemory;
const run = {
  configuration: { ...milDefaults, threads: 1, model: { ...milDefaults.model, encoder: [64] } },
  ...{ classes: 2, exclusive: true, features: 1024, largestBag: 30_000 },
};
const told: [number, number][] = [];
const none = () => Promise.reject(new Error("no files"));
const given: Given = {
  ...{ run: () => expect.fail("no images"), picture: none, storePicture: none, readBlob: none, storeBlob: none },
  ...{
    bagRun: () => run,
    bags: () => expect.fail("no weights"),
    freeBytes: () => 20e9,
    progress: (done, total) => void told.push([done, total]),
  },
};

it("plans bags of doubling size, measures those that fit below their plan, and finds the largest", async () => {
  const base = process.memoryUsage.rss();
  const memoryBytes = base + 450e6;
  const answer = await bagMemory(parse({ runId, largest: 32_768, memoryBytes }), given);
  const { sizes, largestThatFits, limitBytes } = answer;
  expect(answer).toMatchObject({ limitBytes: memoryBytes, features: 1024, largestBag: 30_000, bagsAtOnce: 1 });
  expect(sizes.map(({ tiles }) => tiles)).toEqual([64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768]);
  const planned = sizes.map(({ predictedBytes }) => predictedBytes);
  expect(planned).toEqual(planned.toSorted((a, b) => a - b));
  for (const { predictedBytes, measuredBytes } of sizes) {
    expect(measuredBytes === null).toBe(predictedBytes > limitBytes);
    if (measuredBytes !== null) expect(measuredBytes).toBeLessThan(predictedBytes);
  }
  expect(sizes.filter(({ measuredBytes }) => measuredBytes !== null).length).toBeGreaterThan(2);
  expect(sizes.at(-1)!.measuredBytes).toBeNull();
  const ofTiles = (tiles: number) => {
    const items = [{ itemId: "", bagSize: { tiles, features: 1024 } }];
    return planTask(taskOf(run.configuration, { ...run, items }), answer.baseBytes).peakBytes;
  };
  expect(ofTiles(largestThatFits!)).toBeLessThanOrEqual(limitBytes);
  expect(ofTiles(largestThatFits! + 1)).toBeGreaterThan(limitBytes);
  expect(told.at(-1)).toEqual([10, 10]);
});

it("asks runs on bags alone, within limits", () => {
  expect(parse({ runId })).toEqual({ runId, largest: 16_384, memoryBytes: null });
  expect(() => parse({ runId, largest: 10 })).toThrow("largest: expected a whole number from 64 to 131072, got 10");
  expect(() => checkRuns!(parse({ runId }), [{ task: "classification" } as never])).toThrow("expected a run on bags");
});
