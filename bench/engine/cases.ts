/** @file What is compared: a model, its batch, its loss. The children of both sides are given one of these. */
import { type ResNetModel, resnet18 } from "@tessera/domain/configuration/classification";
import { type AttentionMilModel, attentionMilDefaults } from "@tessera/domain/configuration/mil";
import type { UNetModel } from "@tessera/domain/configuration/segmentation";

export interface Case {
  readonly name: string;
  readonly model: UNetModel | ResNetModel | AttentionMilModel;
  /** Shapes of one batch: images [b, s, s, 3] or tiles [b, t, features]; masks [b, s, s, 1] or classes [b]. */
  readonly input: readonly number[];
  readonly truth: readonly number[];
  /** Counted steps of a round, where the call does not say: some seconds for each side. */
  readonly steps: number;
}

/** The U-Net of 7.78 million weights. Soft Dice alone without normalisation; with it Dice + cross entropy, as the product trains. */
function unet(
  name: string,
  size: number,
  batch: number,
  normalization: UNetModel["normalization"],
  steps: number,
): Case {
  const depth = 5;
  const skips = Array<boolean>(depth).fill(true);
  const model = { family: "unet", size, depth, baseFilters: 16, normalization, skips } as const;
  return { name, model, input: [batch, size, size, 3], truth: [batch, size, size, 1], steps };
}

const { size } = resnet18;
const images = 8;
const tiles = 1000;

export const cases: readonly Case[] = [
  unet("unet128", 128, 4, "none", 10),
  unet("unet128BatchNorm", 128, 4, "batch", 10),
  unet("unet256", 256, 8, "none", 2),
  unet("unet256BatchNorm", 256, 8, "batch", 2),
  { name: "classifier", model: resnet18, input: [images, size, size, 3], truth: [images], steps: 3 },
  {
    name: "mil",
    model: attentionMilDefaults,
    input: [1, tiles, attentionMilDefaults.features],
    truth: [1],
    steps: 100,
  },
];

export const elements = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
