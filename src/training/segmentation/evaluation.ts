/** @file A fold's raw counts, by item and class, with the predicted masks stored. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { countComponents } from "@tessera/domain/components";
import type { ItemCounts } from "@tessera/domain/events";
import { countedThresholds } from "@tessera/domain/measures";
import type { Evaluation, EvaluationScores, ScoredBatch } from "../task.ts";
import type { TrainOptions } from "../trainOptions.ts";
import { type Scale, type ScoredItem, scoredItems } from "./score.ts";

export class MaskEvaluation implements Evaluation {
  private readonly scale: Scale;
  private readonly pictures: Pick<TrainOptions, "encodeMask" | "storeBlob">;
  private readonly counts: ItemCounts[] = [];
  private storing = Promise.resolve();

  constructor(scale: Scale, pictures: MaskEvaluation["pictures"]) {
    this.scale = scale;
    this.pictures = pictures;
  }

  async add(batch: ScoredBatch): Promise<void> {
    const scored = await scoredItems(batch, this.scale, countedThresholds);
    await this.storing; // one batch is encoded and stored while the next is scored
    this.storing = this.store(scored);
    this.storing.catch(() => undefined); // thrown by the next to await it
  }

  async result(): Promise<EvaluationScores> {
    await this.storing;
    return { threshold: this.scale.threshold, items: this.counts };
  }

  private async store(scored: readonly ScoredItem[]): Promise<void> {
    const stored: Promise<ItemCounts[]>[] = [];
    for (const item of scored) {
      stored.push(this.countsOf(item));
      await nextTurn(); // counting components takes a while
    }
    this.counts.push(...(await Promise.all(stored)).flat());
  }

  /** One row per class. */
  private async countsOf({ itemId, classes, prediction: indices }: ScoredItem): Promise<ItemCounts[]> {
    const { size } = this.scale;
    const { encodeMask, storeBlob } = this.pictures;
    const counted = classes.map(({ counts, truth, prediction, thresholdCounts }, classIndex) => ({
      itemId,
      classIndex,
      ...counts,
      truthComponents: countComponents(truth, size, size),
      predictedComponents: countComponents(prediction, size, size),
      thresholdCounts,
    }));
    const predictionSha256 = await storeBlob(await encodeMask(indices, size), "image/png");
    return counted.map(({ thresholdCounts, ...counts }) => ({
      ...counts,
      predictionSha256,
      ...(thresholdCounts && { thresholdCounts }),
    }));
  }
}
