/** @file A classifier that learns the demo's small pictures in seconds: one model and one budget for all arms. */
import { type ClassificationConfiguration, classificationDefaults } from "@tessera/domain/configuration/classification";

export const smallClassifier = ({
  size,
  epochs,
}: {
  readonly size: number;
  readonly epochs: number;
}): ClassificationConfiguration => ({
  ...classificationDefaults,
  model: { family: "resnet", size, baseFilters: 12, blocks: [1, 1, 1], stem: "3x3" },
  optimizer: { ...classificationDefaults.optimizer, learningRate: 3e-3 },
  augmentation: { flip: true, rotate90: true, brightness: 0.2 },
  batchSize: 16,
  epochs,
  stepsPerEpoch: 30,
  threads: 1,
});
