/** A training with everything around it in memory. */
import { createHash } from "node:crypto";
import type { SegmentationConfiguration } from "@tessera/domain/configuration/segmentation";
import { segmentationDefaults } from "@tessera/domain/configuration/segmentation";
import type { TrainerEvent } from "@tessera/domain/events";
import { type TrainOutcome, train } from "@tessera/training/train";
import type { TrainOptions } from "@tessera/training/trainOptions";
import { discItems } from "./items.ts";

export const tiny: SegmentationConfiguration = {
  ...segmentationDefaults,
  model: { family: "unet", size: 16, depth: 2, baseFilters: 2, normalization: "batch", skips: [true, true] },
  optimizer: { ...segmentationDefaults.optimizer, learningRate: 1e-2 },
  batchSize: 4,
  epochs: 3,
  threads: 1,
};

/** 10 training items in batches of 4: the last batch of an epoch is filled up; 5 validation items: two score sizes. */
export const tinyItems = discItems({ train: 10, validation: 5, test: 3 }, 16);

export class Session {
  readonly events: TrainerEvent[] = [];
  /** As emitted: what travels together. */
  readonly batches: (readonly TrainerEvent[])[] = [];
  readonly blobs: Map<string, Uint8Array>;
  private steps = 0;

  constructor(blobs = new Map<string, Uint8Array>()) {
    this.blobs = blobs;
  }

  /** @param haltAfter halts when shouldStop is asked for the time after so many */
  run(
    overrides: Partial<TrainOptions> = {},
    haltAfter = Number.POSITIVE_INFINITY,
    how: "cancel" | "stop" = "stop",
  ): Promise<TrainOutcome> {
    return train({
      configuration: tiny,
      seed: 1,
      items: tinyItems,
      startingWeights: null,
      resume: null,
      scored: [],
      maxThreads: null,
      checkpointEverySteps: null,
      emit: async (events) => {
        this.events.push(...events);
        this.batches.push(events);
      },
      storeBlob: async (bytes) => {
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        this.blobs.set(sha256, bytes.slice());
        return sha256;
      },
      readBlob: async (sha256) => this.blobs.get(sha256)!,
      encodeMask: async (mask) => mask,
      shouldStop: () => (this.steps++ >= haltAfter ? how : null),
      ...overrides,
    });
  }

  points(series: string): [step: number, value: number][] {
    return this.of("points")
      .filter((event) => event.series === series)
      .flatMap(({ steps, values }) => steps.map((step, i): [number, number] => [step, values[i]!]));
  }

  of<T extends TrainerEvent["type"]>(type: T): Extract<TrainerEvent, { type: T }>[] {
    return this.events.filter((event) => event.type === type) as Extract<TrainerEvent, { type: T }>[];
  }

  /** The newest "latest" checkpoint. */
  latest(): { sha256: string; step: number; epoch: number; bytes: Uint8Array } {
    const { sha256, step, epoch } = this.of("checkpoint").findLast(({ kind }) => kind === "latest")!;
    return { sha256, step, epoch, bytes: this.blobs.get(sha256)! };
  }
}
