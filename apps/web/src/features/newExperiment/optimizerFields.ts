/** @file The options of the optimiser. Some belong to one method or one schedule only. */
import type { Field } from "./field.ts";

const teaching = (starts: Readonly<Record<string, unknown>>) => ({ path: "method.kind", starts });
const method = (starts: Readonly<Record<string, unknown>>) => ({ path: "optimizer.name", starts });
const schedule = (starts: Readonly<Record<string, unknown>>) => ({ path: "optimizer.schedule", starts });

export const methodFields: readonly Field[] = [
  {
    path: "method.kind",
    task: "classification",
    kind: "choice",
    label: "Method",
    help: "Co-teaching, for labels with errors: two networks, each learning from the items of a batch that cost the other least. Twice the time; the first network is scored.",
    options: [
      { value: "plain", label: "one network" },
      { value: "coTeaching", label: "co-teaching" },
    ],
  },
  {
    path: "method.forgetRate",
    task: "classification",
    kind: "number",
    label: "Forget rate",
    min: 0,
    max: 0.9,
    step: 0.05,
    when: teaching({ coTeaching: 0.2 }),
    help: "Share of a batch that is left out in the end: the noise rate, where it is known.",
  },
  {
    path: "method.warmUpEpochs",
    task: "classification",
    kind: "integer",
    label: "Warm-up of the forget rate",
    min: 1,
    max: 10000,
    unit: "epochs",
    when: teaching({ coTeaching: 10 }),
    help: "Epochs over which that share rises from 0. 10 in the paper.",
  },
  {
    path: "optimizer.name",
    kind: "choice",
    label: "Optimiser",
    help: "Adam: a step size per weight, from the gradient's recent mean and variance. AdamW: with weight decay apart from it. SGD: one step size, with momentum.",
    options: [
      { value: "adam", label: "Adam" },
      { value: "adamw", label: "AdamW" },
      { value: "sgd", label: "SGD with momentum" },
    ],
  },
  {
    path: "optimizer.learningRate",
    kind: "number",
    label: "Learning rate",
    min: 1e-7,
    max: 1,
    step: 0.0001,
    help: "The highest of the run. 0.001 suits a U-Net from random weights with Adam, 0.01 with SGD; a tenth of it when fine-tuning all layers.",
  },
  {
    path: "optimizer.momentum",
    kind: "number",
    label: "Momentum",
    min: 0,
    max: 0.9999,
    step: 0.01,
    when: method({ sgd: 0.9 }),
    help: "Share of the last update that goes on. 0.9 is usual, nnU-Net has 0.99; 0 is plain gradient descent.",
  },
  {
    path: "optimizer.nesterov",
    kind: "switch",
    label: "Nesterov",
    when: method({ sgd: true }),
    help: "Looks one step ahead along the momentum.",
  },
  {
    path: "optimizer.weightDecay",
    kind: "number",
    label: "Weight decay",
    min: 0,
    max: 1,
    step: 0.001,
    when: method({ adamw: 0.01, sgd: 0 }),
    help: "Pulls weights to 0. AdamW: a share of them per learning rate, 0.01 is usual. SGD: added to the gradient, 0.0001 is usual. 0 is off.",
  },
  {
    path: "optimizer.decayed",
    kind: "choice",
    label: "What is decayed",
    when: method({ adamw: "kernels", sgd: "kernels" }),
    help: "Kernels: weights of convolutions alone, as most recipes. All: biases and scales of normalisation too, as PyTorch by default.",
    options: [
      { value: "kernels", label: "kernels" },
      { value: "all", label: "all" },
    ],
  },
];

export const scheduleFields: readonly Field[] = [
  {
    path: "optimizer.schedule",
    kind: "choice",
    label: "Schedule",
    help: "Constant: the rate stays. Cosine: falls to zero along half a cosine. Polynomial: (1 − t)^power, nnU-Net's. Step: falls at some epochs.",
    options: [
      { value: "constant", label: "constant" },
      { value: "cosine", label: "cosine" },
      { value: "polynomial", label: "polynomial" },
      { value: "step", label: "step" },
    ],
  },
  {
    path: "optimizer.power",
    kind: "number",
    label: "Power",
    min: 0.1,
    max: 10,
    step: 0.1,
    when: schedule({ polynomial: 0.9 }),
    help: "0.9 in nnU-Net; 1 falls along a line.",
  },
  {
    path: "optimizer.stepEpochs",
    kind: "integer",
    label: "Falls every",
    unit: "epochs",
    min: 1,
    max: 10000,
    when: schedule({ step: 30 }),
    help: "Counted from the start of the run, warm-up included.",
  },
  {
    path: "optimizer.stepFactor",
    kind: "number",
    label: "Falls to",
    min: 1e-4,
    max: 1,
    step: 0.1,
    when: schedule({ step: 0.1 }),
    help: "What the rate is multiplied by. 0.1 makes it a tenth.",
  },
  {
    path: "optimizer.warmupEpochs",
    kind: "number",
    label: "Warm-up",
    unit: "epochs",
    min: 0,
    max: 10000,
    step: 0.5,
    help: "The rate rises along a line over these epochs, then the schedule begins. 0 is off.",
  },
];

export const updateFields: readonly Field[] = [
  {
    path: "optimizer.clipNorm",
    kind: "number",
    label: "Clip gradients at",
    min: 0,
    max: 1e6,
    step: 1,
    help: "Largest norm of all gradients together; longer ones are scaled down. nnU-Net has 12. 0 is off.",
  },
  {
    path: "optimizer.accumulationSteps",
    kind: "integer",
    label: "Gradient accumulation",
    min: 1,
    max: 256,
    help: "Parts of a batch: it goes through the model in so many equal ones and updates the weights once: less memory. Must divide the batch size. Batch normalisation sees each part alone. 1 is off.",
  },
  {
    path: "optimizer.emaDecay",
    kind: "number",
    label: "Averaged weights (EMA)",
    min: 0,
    max: 0.99999,
    step: 0.001,
    help: "Share that stays of the average at each update, 0.999 say. The averaged weights are what is scored and kept as the best. 0 is off.",
  },
];
