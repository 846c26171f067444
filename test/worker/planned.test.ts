/** @file A run that memory does not hold ends before anything is read, decoded or allocated for it. */
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { TrainerEvent } from "@tessera/domain/events";
import type { Objects } from "@tessera/objects/objects";
import type { TrainerJob } from "@tessera/worker/trainer/protocol";
import { runJob } from "@tessera/worker/trainer/runJob";
import { expect, it, vi } from "vitest";

vi.mock("@tessera/worker/trainer/freeMemory", () => ({ freeMemory: () => 1e9 }));

it("says what it needs, what there is, and the batch that fits", async () => {
  const job = {
    configuration: { ...segmentationDefaults, batchSize: 64 },
    items: [],
    seed: 1,
    maxThreads: 1,
  } as unknown as TrainerJob; // the rest is not come to
  const events: TrainerEvent[] = [];
  const untouched = new Proxy({}, { get: () => expect.unreachable() }) as Objects;
  const context = {
    objects: untouched,
    emit: async (given: readonly TrainerEvent[]) => void events.push(...given),
    storeBlob: () => expect.unreachable(),
    halting: new AbortController().signal,
  };
  await expect(runJob(job, context)).rejects.toMatchObject({
    code: "TOO_LARGE",
    message: expect.stringMatching(/needs up to [\d.]+ GB .*The largest batch that fits is \d+:/),
  });
  expect(events.map(({ type }) => type)).toEqual(["progress"]);
});
