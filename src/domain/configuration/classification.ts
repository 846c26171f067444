/** @file The architecture of a classifier. */

export interface ResNetModel {
  readonly family: "resnet";
  /** Side of the square input, pixels. */
  readonly size: number;
  /** Number of logits. */
  readonly classes: number;
  /** Filters of the stem and the first stage; each stage below doubles them. 64 in the paper. */
  readonly baseFilters: number;
  /** Basic blocks of each stage. ResNet-18 is [2, 2, 2, 2], ResNet-34 [3, 4, 6, 3]. */
  readonly blocks: readonly number[];
}

export const resnet18: ResNetModel = { family: "resnet", size: 224, classes: 2, baseFilters: 64, blocks: [2, 2, 2, 2] };
