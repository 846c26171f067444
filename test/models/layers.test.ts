import * as tf from "@tensorflow/tfjs";
import { attentionMilDefaults } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { resnet } from "@tessera/models/classification/resnet";
import { Pointwise } from "@tessera/models/layers/affine";
import { TileAttention, WeightedSum } from "@tessera/models/layers/attentionPooling";
import { BatchNormalization } from "@tessera/models/layers/batchNormalization";
import { Convolution, MaxPooling } from "@tessera/models/layers/convolution";
import { DepthwiseConvolution } from "@tessera/models/layers/depthwise";
import { GlobalAverage } from "@tessera/models/layers/globalAverage";
import { Relu6 } from "@tessera/models/layers/relu6";
import { crossEntropyLoss } from "@tessera/models/losses/crossEntropy";
import { softDiceLoss } from "@tessera/models/losses/softDice";
import { softDiceCrossEntropyLoss } from "@tessera/models/losses/softDiceCrossEntropy";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { attentionMil } from "@tessera/models/mil/attention";
import { unet } from "@tessera/models/segmentation/unet";
import { weightVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";
import { expectAsTorch, type Subject, type Tensors, torchCases } from "./support/torchCase.ts";

beforeAll(() => initEngine({ threads: 1 }));

const kernelInitializer = tf.initializers.randomNormal({ seed: 1 });

const of = (compute: (inputs: Tensors) => tf.Tensor | tf.Tensor[]): Subject => ({
  forward: (inputs) => [compute(inputs)].flat(),
});

/** A layer on the named inputs; its weights are inputs too, by their names in it. */
function ofLayer(name: string, layer: tf.layers.Layer, inputs: readonly string[] = ["x"], training = true): Subject {
  const given = inputs.map((input) => tf.zeros(torchCases[name]!.inputs[input]!.shape));
  layer.apply(given.length === 1 ? given[0]! : given); // builds it
  const variables = new Map(
    layer.weights.map((w) => [w.originalName.replace(`${layer.name}/`, ""), w.read() as tf.Variable]),
  );
  return {
    variables,
    forward: (tensors) => {
      const [first, ...rest] = inputs.map((input) => tensors[input]!);
      return [
        layer.apply(rest.length === 0 ? first! : [first!, ...rest], { training }) as tf.Tensor | tf.Tensor[],
      ].flat();
    },
  };
}

function ofModel(model: tf.LayersModel, forward: (inputs: Tensors) => tf.Tensor | tf.Tensor[]): Subject {
  return { ...of(forward), variables: weightVariables(model) };
}

const convolution = (name: string, kernelSize: number, strides: number): Subject => {
  const padding = (kernelSize - 1) / 2;
  return ofLayer(name, new Convolution({ name: "conv", filters: 4, kernelSize, strides, padding, kernelInitializer }));
};
const samePadded = (name: string): Subject =>
  ofLayer(
    name,
    new Convolution({ name: "conv", filters: 4, kernelSize: 3, strides: 2, padding: "same", kernelInitializer }),
  );
const depthwise = (name: string, strides: number): Subject =>
  ofLayer(name, new DepthwiseConvolution({ name: "conv", kernelSize: 3, strides, kernelInitializer }));
const biased = (name: string, kernelSize: number): Subject =>
  ofLayer(name, tf.layers.conv2d({ name: "conv", filters: 2, kernelSize, padding: "same", kernelInitializer }));
const maxPooling = (name: string) =>
  ofLayer(name, new MaxPooling({ name: "pool", kernelSize: 3, strides: 2, padding: 1 }));
const halving = (name: string) => ofLayer(name, tf.layers.maxPooling2d({ name: "pool", poolSize: 2 }));
const normalization = (name: string, training: boolean) =>
  ofLayer(name, new BatchNormalization({ name: "norm", momentum: 0.9, epsilon: 1e-5 }), ["x"], training);
function pooling(name: string, gated: boolean): Subject {
  const attention = ofLayer(name, new TileAttention({ name: "attention", hidden: 3, gated, seed: 1 }), ["h", "mask"]);
  const sum = new WeightedSum({ name: "pooled" });
  const forward = (inputs: Tensors) => {
    const [weights] = attention.forward(inputs);
    return [sum.apply([inputs.h!, weights!]) as tf.Tensor, weights!];
  };
  return { ...attention, forward };
}

function mil(attention: "plain" | "gated"): Subject {
  const model = attentionMil(
    { ...attentionMilDefaults, features: 6, classes: 3, encoder: [5], hidden: 3, attention },
    1,
  );
  return ofModel(model, ({ tiles, mask }) => model.apply([tiles!, mask!], { training: true }) as tf.Tensor[]);
}

function tinyUnet(normalization: "batch" | "none"): Subject {
  const model = unet({ family: "unet", size: 8, depth: 2, baseFilters: 2, normalization, skips: [true, true] }, 1);
  return ofModel(model, ({ image, truth }) =>
    softDiceCrossEntropyLoss(model.apply(image!, { training: true }) as tf.Tensor, truth!),
  );
}

function tinyResnet(): Subject {
  const model = resnet({ family: "resnet", size: 24, classes: 3, baseFilters: 3, blocks: [2, 1, 1], stem: "7x7" }, 1);
  return ofModel(model, ({ image, truth }) =>
    softmaxCrossEntropyLoss(model.apply(image!, { training: true }) as tf.Tensor, truth!),
  );
}

const dense = () => tf.layers.dense({ name: "dense", units: 3, kernelInitializer });
const pointwise = () => new Pointwise({ name: "tiles", units: 3, activation: "relu", kernelInitializer });
const concatenate = (name: string) => ofLayer(name, tf.layers.concatenate(), ["a", "b"]);

const subjects: Readonly<Record<string, (name: string) => Subject>> = {
  "conv 3x3": (name) => convolution(name, 3, 1),
  "conv 7x7 stride 2, even side": (name) => convolution(name, 7, 2),
  "conv 7x7 stride 2, odd side": (name) => convolution(name, 7, 2),
  "conv 3x3 stride 2, even side": (name) => convolution(name, 3, 2),
  "conv 3x3 stride 2, odd side": (name) => convolution(name, 3, 2),
  "conv 1x1 stride 2, even side": (name) => convolution(name, 1, 2),
  "conv 1x1 stride 2, odd side": (name) => convolution(name, 1, 2),
  "conv 3x3 padded as TensorFlow's, stride 2, even side": samePadded,
  "conv 3x3 padded as TensorFlow's, stride 2, odd side": samePadded,
  "depthwise conv 3x3, stride 1": (name) => depthwise(name, 1),
  "depthwise conv 3x3, stride 2, even side": (name) => depthwise(name, 2),
  "depthwise conv 3x3, stride 2, odd side": (name) => depthwise(name, 2),
  relu6: (name) => ofLayer(name, new Relu6({ name: "relu6" })),
  "conv 3x3 with bias": (name) => biased(name, 3),
  "conv 1x1 with bias": (name) => biased(name, 1),
  "conv transpose 2x2": (name) =>
    ofLayer(name, tf.layers.conv2dTranspose({ name: "up", filters: 3, kernelSize: 2, strides: 2, padding: "same" })),
  "max pool 2x2": halving,
  "max pool 3x3 stride 2, even side": maxPooling,
  "max pool 3x3 stride 2, odd side": maxPooling,
  "max pool of negative numbers": maxPooling,
  "max pool 2x2 of ties": halving,
  "max pool 3x3 of ties": maxPooling,
  "average pool 2x2": (name) => ofLayer(name, tf.layers.averagePooling2d({ poolSize: 2 })),
  "global average": (name) => ofLayer(name, new GlobalAverage()),
  "batch normalisation, training": (name) => normalization(name, true),
  "batch normalisation, inference": (name) => normalization(name, false),
  relu: (name) => ofLayer(name, tf.layers.reLU(), ["input"]),
  sigmoid: () => of(({ input }) => input!.sigmoid()),
  tanh: () => of(({ input }) => input!.tanh()),
  softmax: () => of(({ x }) => x!.softmax()),
  concat: concatenate,
  add: (name) => ofLayer(name, tf.layers.add(), ["a", "b"]),
  dense: (name) => ofLayer(name, dense()),
  pointwise: (name) => ofLayer(name, pointwise()),
  "soft Dice": () => of(({ p, g }) => softDiceLoss(p!, g!)),
  "soft Dice, absent counted": () => of(({ p, g }) => softDiceLoss(p!, g!, { countAbsent: true })),
  "soft Dice of logits": () => of(({ z, g }) => softDiceLoss(z!.sigmoid(), g!)),
  "binary cross entropy": () => of(({ z, g }) => crossEntropyLoss(z!, g!)),
  "soft Dice and cross entropy": () => of(({ z, g }) => softDiceCrossEntropyLoss(z!, g!)),
  "softmax cross entropy, numbers": () => of(({ z, g }) => softmaxCrossEntropyLoss(z!, g!)),
  "softmax cross entropy, one-hot": () => of(({ z, g }) => softmaxCrossEntropyLoss(z!, g!)),
  "softmax cross entropy, soft truth": () => of(({ z, g }) => softmaxCrossEntropyLoss(z!, g!)),
  "softmax cross entropy, label smoothing": () =>
    of(({ z, g }) => softmaxCrossEntropyLoss(z!, g!, { labelSmoothing: 0.1 })),
  "attention pooling, plain": (name) => pooling(name, false),
  "attention pooling, gated": (name) => pooling(name, true),
  "attention MIL, plain": () => mil("plain"),
  "attention MIL, gated": () => mil("gated"),
  "U-Net, batch normalisation": () => tinyUnet("batch"),
  "U-Net, no normalisation": () => tinyUnet("none"),
  ResNet: () => tinyResnet(),
};

describe("outputs, gradients and state are those of PyTorch in float64", () => {
  it("for every case of the fixture", () => {
    expect(Object.keys(subjects).sort()).toEqual(Object.keys(torchCases).sort());
  });

  for (const name of Object.keys(torchCases)) {
    it.each([
      { how: "eager", compiled: false },
      { how: "compiled", compiled: true },
    ])(`${name}, $how`, ({ compiled }) => expectAsTorch(torchCases[name]!, subjects[name]!(name), compiled));
  }
});

it("costs nothing where a class number is no class, smoothed or not", async () => {
  const logits = tf.tensor2d([[1, 2, 4]]);
  const nowhere = tf.tensor1d([7], "int32");
  for (const labelSmoothing of [0, 0.2]) {
    expect((await softmaxCrossEntropyLoss(logits, nowhere, { labelSmoothing }).data())[0]).toBeCloseTo(0, 6);
  }
});
