/** @file The options of the model, of both tasks. */
import type { Field } from "./field.ts";

const segmentation = "segmentation";
const classification = "classification";

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
    help: "ResNet: stages of blocks that each add to what came in; then the mean over the image, and one score per class.",
    options: [{ value: "resnet", label: "ResNet" }],
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
    path: "model.channels",
    kind: "integer",
    label: "Input channels",
    min: 1,
    max: 3,
    step: 2,
    help: "3: colour, and a grey image is repeated. 1: grey, of a colour image its luma. Starting weights are fitted to either.",
  },
  {
    path: "model.encoder.kind",
    task: segmentation,
    kind: "choice",
    label: "Encoder",
    help: "Plain: the U-Net's own. A MobileNet: so that weights of one, as those of ImageNet, can start it; takes depth 5.",
    options: [
      { value: "plain", label: "plain" },
      { value: "mobilenetV1", label: "MobileNetV1" },
      { value: "mobilenetV2", label: "MobileNetV2" },
    ],
  },
  {
    path: "model.encoder.alpha",
    task: segmentation,
    when: { path: "model.encoder.kind", starts: { mobilenetV1: 0.25, mobilenetV2: 1 } },
    kind: "number",
    label: "Encoder's width",
    min: 0.1,
    max: 1.4,
    step: 0.05,
    help: "Share of the paper's filters in every layer. 0.25, 0.5 and 1 are those that weights were published for.",
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
    help: "Filters of the first level or stage; each one below has twice as many. Cost grows with their square.",
  },
  {
    path: "model.blocks",
    task: classification,
    kind: "counts",
    label: "Blocks per stage",
    help: "Two convolutions each. 2, 2, 2, 2 is ResNet-18, 3, 4, 6, 3 is ResNet-34.",
  },
  {
    path: "model.stem",
    task: classification,
    kind: "choice",
    label: "Stem",
    help: "7 × 7 takes the image to a quarter of its side first, as in the paper. 3 × 3 keeps it: for images of 64 px or less.",
    options: [
      { value: "3x3", label: "3 × 3" },
      { value: "7x7", label: "7 × 7, and pooling" },
    ],
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
