/** @file The options of a model of bags. */
import type { Field } from "./field.ts";

const family = (starts: Readonly<Record<string, unknown>>) => ({ path: "model.family", starts });
const task = "mil";

export const milFields: readonly Field[] = [
  {
    path: "model.family",
    task,
    kind: "choice",
    label: "Family",
    help: "How a bag of tiles becomes one score: by a learned attention, by pooling the tiles’ vectors, by pooling their scores, or by two streams.",
    options: [
      { value: "attentionMil", label: "attention (Ilse et al.)" },
      { value: "embeddingMil", label: "embedding pooling" },
      { value: "instanceMil", label: "instance pooling" },
      { value: "dualStreamMil", label: "dual stream (DSMIL)" },
    ],
  },
  {
    path: "model.attention",
    task,
    when: family({ attentionMil: "gated" }),
    kind: "choice",
    label: "Attention",
    help: "Gated: a second layer decides how much of the first one counts.",
    options: [
      { value: "plain", label: "plain" },
      { value: "gated", label: "gated" },
    ],
  },
  {
    path: "model.hidden",
    task,
    when: family({ attentionMil: 128, dualStreamMil: 128 }),
    kind: "integer",
    label: "Hidden width",
    min: 2,
    max: 4096,
    help: "Of the attention’s hidden layer, or of the queries.",
  },
  {
    path: "model.pooling",
    task,
    when: family({ embeddingMil: "max", instanceMil: "max" }),
    kind: "choice",
    label: "Pooling",
    help: "Max: the strongest tile alone. Mean: all alike; few positive tiles drown in it. Top k: the mean of the k strongest.",
    options: [
      { value: "max", label: "max" },
      { value: "mean", label: "mean" },
      { value: "topK", label: "top k" },
    ],
  },
  {
    path: "model.k",
    task,
    when: { path: "model.pooling", starts: { topK: 8 } },
    kind: "integer",
    label: "Tiles that count",
    min: 1,
    max: 10_000,
    help: "Of top k. A bag of fewer tiles takes all.",
  },
  {
    path: "model.encoder",
    task,
    kind: "integer",
    label: "Encoder width",
    min: 2,
    max: 4096,
    help: "Of the layer with ReLU that every tile passes first. Empty: the model works on the features.",
  },
  {
    path: "scaling",
    task,
    kind: "choice",
    label: "Scale of the features",
    help: "By the training bags: each feature less its mean there, over its standard deviation.",
    options: [
      { value: "training", label: "by the training bags" },
      { value: "none", label: "as they came" },
    ],
  },
];
