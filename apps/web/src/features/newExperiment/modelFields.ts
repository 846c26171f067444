/** @file The options of the model, of both tasks. */
import type { Field } from "./field.ts";

const segmentation = "segmentation";
const classification = "classification";

const family = (starts: Readonly<Record<string, unknown>>) => ({ path: "model.family", starts });

export const modelFields: readonly Field[] = [
  {
    path: "model.family",
    task: segmentation,
    kind: "choice",
    label: "Family",
    help: "U-Net: an encoder that shrinks the image, a decoder that grows it back, and skip connections between them.",
    options: [{ value: "unet", label: "U-Net" }],
  },
  {
    path: "model.family",
    task: classification,
    kind: "choice",
    label: "Family",
    help: "ResNet: blocks that each add to what came in. CBR: plain stacks, far smaller (Raghu et al.). MobileNets: the ones that published ImageNet weights can be imported for.",
    options: [
      { value: "resnet", label: "ResNet" },
      { value: "cbr", label: "CBR" },
      { value: "mobilenetV1", label: "MobileNetV1" },
      { value: "mobilenetV2", label: "MobileNetV2" },
    ],
  },
  {
    path: "model.size",
    kind: "integer",
    label: "Input side",
    unit: "px",
    min: 16,
    max: 1024,
    step: 16,
    help: "Images are scaled to a square of this side. For a U-Net it must divide by 2^depth, and scores are taken at this size.",
  },
  {
    path: "model.depth",
    task: segmentation,
    kind: "integer",
    label: "Depth",
    min: 0,
    max: 7,
    help: "Number of poolings. Depth 5 takes 256 px to 8 px at the bottom; depth 0 reduces nothing and has no skips.",
  },
  {
    path: "model.baseFilters",
    kind: "integer",
    label: "First filters",
    min: 2,
    max: 128,
    when: family({ unet: 16, resnet: 16 }),
    help: "Filters of the first level or stage; each one below has twice as many. Cost grows with their square.",
  },
  {
    path: "model.blocks",
    task: classification,
    kind: "counts",
    label: "Blocks per stage",
    when: family({ resnet: [2, 2, 2, 2] }),
    help: "Two convolutions each. 2, 2, 2, 2 is ResNet-18, 3, 4, 6, 3 is ResNet-34.",
  },
  {
    path: "model.stem",
    task: classification,
    kind: "choice",
    label: "Stem",
    when: family({ resnet: "3x3" }),
    help: "7 × 7 takes the image to a quarter of its side first, as in the paper. 3 × 3 keeps it: for images of 64 px or less.",
    options: [
      { value: "3x3", label: "3 × 3" },
      { value: "7x7", label: "7 × 7, and pooling" },
    ],
  },
  {
    path: "model.net",
    task: classification,
    kind: "choice",
    label: "Net",
    when: family({ cbr: "tiny" }),
    help: "Tiny to LargeT of Raghu et al. 2019: four or five convolutions, from 1 to 8 million weights.",
    options: [
      { value: "tiny", label: "Tiny" },
      { value: "small", label: "Small" },
      { value: "largeW", label: "LargeW" },
      { value: "largeT", label: "LargeT" },
    ],
  },
  {
    path: "model.alpha",
    task: classification,
    kind: "number",
    label: "Width α",
    min: 0.1,
    max: 1.4,
    step: 0.05,
    when: family({ mobilenetV1: 0.25, mobilenetV2: 0.35 }),
    help: "Share of the paper’s filters in every layer. Imported weights fit their own α only.",
  },
  {
    path: "model.normalization",
    task: segmentation,
    kind: "choice",
    label: "Normalisation",
    help: "Batch: steadier training, depends on the batch. None: each item for itself.",
    options: [
      { value: "batch", label: "batch" },
      { value: "none", label: "none" },
    ],
  },
  {
    path: "model.skips",
    task: segmentation,
    kind: "skips",
    label: "Skip connections",
    help: "One switch per level, finest first. Cutting one shows what it buys.",
  },
];
