/** @file The validation fold of an epoch: AUC and accuracy. */
import type { ItemPrediction } from "@tessera/domain/events";
import { accuracyOf, meanAuc } from "@tessera/models/metrics/classification";
import type { ScoredBatch, Validation, ValidationScores } from "../task.ts";
import { predictionsOf } from "./classTable.ts";

export class AucValidation implements Validation {
  private readonly classes: number;
  private readonly exclusive: boolean;
  private readonly predictions: ItemPrediction[] = [];

  constructor(classes: number, exclusive: boolean) {
    this.classes = classes;
    this.exclusive = exclusive;
  }

  async add(batch: ScoredBatch): Promise<void> {
    this.predictions.push(...predictionsOf(batch, this.classes));
  }

  result(): ValidationScores {
    const auc = meanAuc(this.predictions, this.exclusive);
    return {
      score: auc,
      byLoss: true,
      series: {
        ...(auc !== null && { "validation/auc": auc }),
        "validation/accuracy": accuracyOf(this.predictions, this.exclusive),
      },
      samples: async () => [],
    };
  }
}
