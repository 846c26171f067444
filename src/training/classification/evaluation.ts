/** @file A fold's predictions: every score is derived from them. */
import type { ItemPrediction } from "@tessera/domain/events";
import { presentAbove } from "@tessera/models/metrics/classification";
import type { Evaluation, EvaluationScores, ScoredBatch } from "../task.ts";
import { predictionsOf } from "./classTable.ts";

export class ClassEvaluation implements Evaluation {
  private readonly classes: number;
  private readonly predictions: ItemPrediction[] = [];

  constructor(classes: number) {
    this.classes = classes;
  }

  async add(batch: ScoredBatch): Promise<void> {
    this.predictions.push(...predictionsOf(batch, this.classes));
  }

  async result(): Promise<EvaluationScores> {
    return { threshold: presentAbove, items: [], predictions: this.predictions };
  }
}
