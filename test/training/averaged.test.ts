/** @file A run with averaged weights and batches in parts: what is scored, what is kept, and what it equals. */

import type { OptimizerConfiguration } from "@tessera/domain/configuration/optimizer";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { initEngine } from "@tessera/engine/backend";
import { thresholded } from "@tessera/models/metrics/thresholds";
import { scoringBatch, trainingBatch } from "@tessera/training/batches";
import { readCheckpoint } from "@tessera/training/checkpoint";
import { type Network, openNetwork } from "@tessera/training/network";
import { learningRateAt } from "@tessera/training/schedule";
import { taskOf } from "@tessera/training/taskOf";
import { beforeAll, describe, expect, it } from "vitest";
import { Session, tiny, tinyItems } from "./support/session.ts";

const sgd = { name: "sgd", momentum: 0.9, nesterov: true, weightDecay: 0, decayed: "kernels" } as const;
const rate = { learningRate: 0.05, schedule: "cosine", warmupEpochs: 0 } as const;
const optimizer = { ...sgd, ...rate, clipNorm: 1, accumulationSteps: 2, emaDecay: 0.9 } as const;
const configuration: SegmentationConfiguration = { ...tiny, optimizer };
const whole = new Session();
const best = () => {
  const { sha256 } = whole.of("checkpoint").findLast(({ kind }) => kind === "best")!;
  return readCheckpoint(whole.blobs.get(sha256)!);
};

beforeAll(async () => {
  expect(await whole.run({ configuration })).toBe("succeeded");
});

/** A network for `use`, freed afterwards. */
async function using<T>(given: SegmentationConfiguration, use: (network: Network) => T | Promise<T>) {
  await initEngine({ threads: 1 });
  const network = openNetwork(taskOf(given), 1);
  try {
    return await use(network);
  } finally {
    network.dispose();
  }
}

const changed = (fields: Partial<OptimizerConfiguration>) =>
  ({ ...tiny, optimizer: { ...optimizer, ...fields } }) as SegmentationConfiguration;

describe("averaged weights", () => {
  it("are what the evaluation scores; the best checkpoint holds them and the weights", async () => {
    const { weights, average } = best();
    const plain = changed({ emaDecay: 0, accumulationSteps: 1 });
    const first = tinyItems.validation.slice(0, 4);
    const { batch } = await scoringBatch(first, taskOf(plain));
    const [byAverage, byWeights] = await using(plain, async (network) => {
      network.loadWeights(average!);
      const scored = await network.score(batch);
      network.loadWeights(weights);
      return [scored, await network.score(batch)];
    });
    const [evaluation] = whole.of("evaluation");
    const predicted = evaluation!.items.slice(0, 4).map(({ predictionSha256 }) => whole.blobs.get(predictionSha256)!);
    expect(predicted.flatMap((mask) => [...mask])).toEqual([...thresholded(byAverage!.probabilities, tiny.threshold)]);
    expect(byWeights!.loss).not.toBe(byAverage!.loss);
    expect(whole.of("log").at(-1)!.message).toContain("averaged weights");
  });

  it("are where a run starts that takes its weights from there", async () => {
    const { average } = best();
    const startingWeights = { kind: "run", runId: "00000000-0000-4000-8000-000000000000", part: "all" } as const;
    const session = new Session();
    const { sha256 } = whole.of("checkpoint").findLast(({ kind }) => kind === "best")!;
    const next = { ...configuration, startingWeights };
    await session.run({ configuration: next, startingWeights: whole.blobs.get(sha256)! }, 1);
    const expected = await using(next, async (network) => {
      network.transfer(average!, "all");
      expect(network.state().average).toEqual(network.state().weights); // the new average begins there too
      return network.step(await trainingBatch(tinyItems.train, taskOf(next), 1, 0), rate.learningRate, 0);
    });
    expect(session.points("train/loss")).toEqual([[1, expected]]);
  });

  it("halting and continuing leaves no seam", async () => {
    const first = new Session();
    expect(await first.run({ configuration }, 4)).toBe("stopped");
    const second = new Session(first.blobs);
    expect(await second.run({ configuration, resume: first.latest().bytes })).toBe("succeeded");
    expect(second.latest().sha256).toBe(whole.latest().sha256);
    expect(second.of("evaluation")).toEqual(whole.of("evaluation"));
  });
});

describe("a batch in parts", () => {
  const trained = (given: SegmentationConfiguration) =>
    using(given, async (network) => {
      const losses: number[] = [];
      for (let step = 0; step < 4; step++) {
        const batch = await trainingBatch(tinyItems.train, taskOf(given), 1, step);
        losses.push(await network.step(batch, learningRateAt(given.optimizer, step, 9, 3), step));
      }
      const scored = [];
      for (const items of [tinyItems.validation.slice(0, 4), tinyItems.test]) {
        scored.push(await network.score((await scoringBatch(items, taskOf(given))).batch));
      }
      return { losses, scored };
    });

  it("gives the same update as the whole batch where nothing looks at the batch as a whole", async () => {
    const model = { ...tiny.model, normalization: "none" } as const;
    const [whole, parts] = [
      await trained({ ...changed({ accumulationSteps: 1 }), model }),
      await trained({ ...changed({ accumulationSteps: 4 }), model }),
    ];
    parts.losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(whole.losses[step]!, 5);
    });
    const maskOf = (each: Float32Array) => thresholded(each, tiny.threshold);
    parts.scored.forEach(({ loss, probabilities }, fold) => {
      expect(loss).toBeCloseTo(whole.scored[fold]!.loss, 5);
      expect(maskOf(probabilities)).toEqual(maskOf(whole.scored[fold]!.probabilities));
    });
  });

  it("and another one with batch normalisation, which sees each part alone", async () => {
    const [whole, parts] = [await trained(changed({ accumulationSteps: 1 })), await trained(changed({}))];
    expect(parts.losses[0]).not.toBeCloseTo(whole.losses[0]!, 3);
  });
});
