/** @file What is compared: a model, its batch, its loss. The children of both sides are given one of these. */
import { type Classifier, type ResNetModel, resnet18 } from "@tessera/domain/configuration/classifier";
import { type AttentionMilModel, attentionMilDefaults } from "@tessera/domain/configuration/mil";
import type { UNetModel } from "@tessera/domain/configuration/segmentation";
import { hasBfloat16 } from "@tessera/engine/precision";

export interface Case {
  readonly name: string;
  readonly model: UNetModel | Classifier<ResNetModel> | AttentionMilModel;
  /** Shapes of one batch: images [b, s, s, 3] or tiles [b, t, features]; masks [b, s, s, 1] or classes [b]. */
  readonly input: readonly number[];
  readonly truth: readonly number[];
  /** bfloat16: mixed precision on both sides, PyTorch's by autocast. */
  readonly precision: "float32" | "bfloat16";
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
  return { name, model, input: [batch, size, size, 3], truth: [batch, size, size, 1], precision: "float32", steps };
}

const { size } = resnet18;
const images = 8;
const tiles = 1000;

const float32: readonly Case[] = [
  unet("unet128", 128, 4, "none", 10),
  unet("unet128BatchNorm", 128, 4, "batch", 10),
  unet("unet256", 256, 8, "none", 2),
  unet("unet256BatchNorm", 256, 8, "batch", 2),
  {
    name: "classifier",
    model: { ...resnet18, classes: 2 },
    input: [images, size, size, 3],
    truth: [images],
    precision: "float32",
    steps: 3,
  },
  {
    name: "mil",
    model: attentionMilDefaults,
    input: [1, tiles, attentionMilDefaults.features],
    truth: [1],
    precision: "float32",
    steps: 100,
  },
];

/** The rows that a study would run in mixed precision, by name with "Mixed" behind. */
const mixed = float32
  .filter(({ name }) => ["unet128BatchNorm", "unet256BatchNorm", "classifier"].includes(name))
  .map((each): Case => ({ ...each, name: `${each.name}Mixed`, precision: "bfloat16" }));

export const cases: readonly Case[] = [...float32, ...(hasBfloat16() ? mixed : [])];

export const elements = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
