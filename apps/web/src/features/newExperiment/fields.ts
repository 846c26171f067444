/** @file Every option of a run, in the words of the person who must choose. The api decides what is allowed. */
import type { Field, FieldGroup } from "./field.ts";
import { lossFields } from "./lossFields.ts";
import { modelFields } from "./modelFields.ts";
import { methodFields, scheduleFields, updateFields } from "./optimizerFields.ts";

export const fieldGroups: readonly FieldGroup[] = [
  {
    title: "Model",
    fields: modelFields,
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
        help: "Passes over the training items, or as many times the steps below. The same for every arm, so that no arm gets more practice.",
      },
      {
        path: "stepsPerEpoch",
        kind: "integer",
        label: "Steps per epoch",
        min: 1,
        max: 100_000,
        help: "Updates of the weights in each epoch: the same budget however many items there are. Empty: one pass over the items.",
      },
      {
        path: "trainingFraction",
        kind: "number",
        label: "Share of training items",
        min: 0.001,
        max: 1,
        step: 0.05,
        help: "A run learns from all items of this share of the training subjects: nested parts, the same for every arm of a seed. 1 is all.",
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
        task: "segmentation",
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
    title: "Augmentation (of the image, a mask with it)",
    fields: [
      {
        path: "augmentation.flip",
        task: "images",
        kind: "switch",
        label: "Flip",
        help: "Mirror left–right and top–bottom at random.",
      },
      {
        path: "augmentation.rotate90",
        task: "images",
        kind: "switch",
        label: "Quarter turns",
        help: "Turn by 0°, 90°, 180° or 270° at random.",
      },
      {
        path: "augmentation.brightness",
        task: "images",
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
  task: "What the model learns: a mask for every image, or which classes it shows.",
  "startingWeights.kind": "Random; an earlier run’s best checkpoint; imported weights; or the statistics of either.",
  "startingWeights.runId": "The earlier run.",
  "startingWeights.weightsId": "As the team’s page lists them.",
  "startingWeights.part": "Which layers are taken; the others start random.",
  "startingWeights.blocks": "How many, the stem as the first.",
  "startingWeights.of.kind": "Each tensor is drawn anew with the mean and variance of these.",
  "startingWeights.of.runId": "The earlier run.",
  "startingWeights.of.weightsId": "As the team’s page lists them.",
};

/** Of a path that both tasks have, what it is for the one given. */
export const fieldHelp = (path: string, task?: unknown): string =>
  allFields.find((field) => field.path === path && (field.task === undefined || field.task === (task ?? field.task)))
    ?.help ??
  others[path] ??
  "";
