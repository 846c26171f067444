/** @file A run in mixed precision: other steps than in float32, the same scores of the same weights. */

import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { initEngine } from "@tessera/engine/backend";
import { hasBfloat16 } from "@tessera/engine/precision";
import { scoringBatch, trainingBatch } from "@tessera/training/batches";
import { openNetwork } from "@tessera/training/network";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { tiny, tinyItems } from "./support/session.ts";

beforeAll(() => initEngine({ threads: 1 }));

if (!hasBfloat16()) console.warn("SKIPPED, a run in mixed precision: this CPU has no bfloat16");

async function threeSteps(precision: SegmentationConfiguration["precision"]) {
  const configuration = { ...tiny, precision };
  const network = openNetwork(taskOf(configuration), 1);
  try {
    const { batch: scored } = await scoringBatch(tinyItems.validation.slice(0, 4), taskOf(configuration));
    const before = await network.score(scored);
    const losses: number[] = [];
    for (let step = 0; step < 3; step++) {
      const batch = await trainingBatch(tinyItems.train, taskOf(configuration), 1, step);
      losses.push(await network.step(batch, 1e-3, 0));
    }
    return { before, losses };
  } finally {
    network.dispose();
  }
}

describe.skipIf(!hasBfloat16())("bfloat16", () => {
  it("trains near float32, and scores as float32", async () => {
    const [exact, mixed] = [await threeSteps("float32"), await threeSteps("bfloat16")];
    expect(mixed.before).toEqual(exact.before);
    expect(mixed.losses).not.toEqual(exact.losses);
    for (const [i, loss] of mixed.losses.entries()) expect(Math.abs(loss - exact.losses[i]!)).toBeLessThan(0.02);
  });
});
