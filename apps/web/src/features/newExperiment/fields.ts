/** @file Every option of a segmentation run, in the words of the person who must choose. The api decides what is allowed. */
import type { Field, FieldGroup } from "./field.ts";
import { lossFields } from "./lossFields.ts";
import { methodFields, scheduleFields, updateFields } from "./optimizerFields.ts";

export const fieldGroups: readonly FieldGroup[] = [
  {
    title: "Model",
    fields: [
      {
        path: "model.family",
        kind: "choice",
        label: "Family",
        help: "U-Net: an encoder that shrinks the image, a decoder that grows it back, and skip connections between them.",
        options: [{ value: "unet", label: "U-Net" }],
      },
      {
        path: "model.size",
        kind: "integer",
        label: "Input side",
        unit: "px",
        min: 16,
        max: 1024,
        step: 16,
        help: "Images are scaled to a square of this side. Must divide by 2^depth. Scores are taken at this size.",
      },
      {
        path: "model.depth",
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
        help: "Filters of the first level; each level below has twice as many. Cost grows with their square.",
      },
      {
        path: "model.normalization",
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
        kind: "skips",
        label: "Skip connections",
        help: "One switch per level, finest first. Cutting one shows what it buys.",
      },
    ],
  },
  {
    title: "Loss and optimiser",
    fields: [...lossFields, ...methodFields],
  },
  { title: "Learning rate over the run", fields: scheduleFields },
  { title: "Gradients and averaged weights", fields: updateFields },
  {
    title: "Training",
    fields: [
      {
        path: "epochs",
        kind: "integer",
        label: "Epochs",
        min: 1,
        max: 10000,
        help: "Passes over the training items. The same for every arm, so that no arm gets more practice.",
      },
      {
        path: "batchSize",
        kind: "integer",
        label: "Batch size",
        min: 1,
        max: 256,
        unit: "items",
        help: "Items per update of the weights. Limited by memory, unless a batch is cut into parts.",
      },
      {
        path: "threshold",
        kind: "number",
        label: "Threshold",
        min: 0.01,
        max: 0.99,
        step: 0.05,
        help: "Probability from which a pixel counts as foreground when scored. 0.5 unless chosen on validation.",
      },
      {
        path: "precision",
        kind: "choice",
        label: "Precision",
        help: "Of training. bfloat16: convolutions with 8 bits of mantissa, everything else in float32; up to twice as quick on CPUs with AVX512-BF16 or AMX, refused on others. Scores are always computed in float32.",
        options: [
          { value: "float32", label: "float32" },
          { value: "bfloat16", label: "bfloat16, mixed" },
        ],
      },
      {
        path: "threads",
        kind: "integer",
        label: "Threads",
        min: 1,
        max: 256,
        help: "TensorFlow's threads inside one operation. The same number gives the same curve, bit for bit.",
      },
    ],
  },
  {
    title: "Augmentation (image and mask together)",
    fields: [
      { path: "augmentation.flip", kind: "switch", label: "Flip", help: "Mirror left–right and top–bottom at random." },
      {
        path: "augmentation.rotate90",
        kind: "switch",
        label: "Quarter turns",
        help: "Turn by 0°, 90°, 180° or 270° at random.",
      },
      {
        path: "augmentation.brightness",
        kind: "number",
        label: "Brightness",
        min: 0,
        max: 0.9,
        step: 0.05,
        help: "Largest relative change of brightness and contrast. 0 is off.",
      },
    ],
  },
];

export const allFields: readonly Field[] = fieldGroups.flatMap((group) => group.fields);

const others: Record<string, string> = {
  loss: "What training makes small.",
  task: "What the model learns: a mask for every image.",
  "startingWeights.kind": "Random, or the best checkpoint of an earlier run.",
  "startingWeights.runId": "The earlier run.",
  "startingWeights.part": "Which layers are taken from it.",
};

export const fieldHelp = (path: string): string =>
  allFields.find((field) => field.path === path)?.help ?? others[path] ?? "";
