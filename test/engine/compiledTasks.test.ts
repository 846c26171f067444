import * as tf from "@tensorflow/tfjs";
import { attentionMilDefaults } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { compile } from "@tessera/engine/graph/compile";
import { Adam } from "@tessera/engine/optimizers/adam";
import { GraphRandom } from "@tessera/engine/random";
import { resnet } from "@tessera/models/classification/resnet";
import { softDiceCrossEntropyLoss } from "@tessera/models/losses/softDiceCrossEntropy";
import { softmaxCrossEntropyLoss } from "@tessera/models/losses/softmaxCrossEntropy";
import { attentionMil } from "@tessera/models/mil/attention";
import { unet } from "@tessera/models/segmentation/unet";
import { trainableVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";
import { largestDifference } from "./support/regression.ts";

beforeAll(() => initEngine({ threads: 1 }));

/** A small model of each task, and a batch that it takes: inputs, then the truth. */
interface Task {
  readonly name: string;
  readonly model: (random: GraphRandom) => tf.LayersModel;
  readonly batch: () => tf.Tensor[];
  /** The outputs; the first is what the loss takes. */
  readonly outputs: (model: tf.LayersModel, inputs: tf.Tensor[], training: boolean) => tf.Tensor[];
  /** Augmentation noise on the inputs, where the model itself draws none. */
  readonly varied: (inputs: tf.Tensor[], random: GraphRandom) => tf.Tensor[];
  readonly loss: (logits: tf.Tensor, truth: tf.Tensor) => tf.Scalar;
}

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, "float32", seed);
const ofImages = (model: tf.LayersModel, [image]: tf.Tensor[], training: boolean) => [
  model.apply(image!, { training }) as tf.Tensor,
];
/** Brightness of every item by ± 20 % or so, and noise on every pixel. */
const noisyImages = ([image]: tf.Tensor[], random: GraphRandom) => [
  image!.mul(random.uniform([image!.shape[0]!, 1, 1, 1]).mul(0.4).add(0.8)).add(random.normal(image!.shape).mul(0.1)),
];
const bagMask = () =>
  tf.tensor2d([
    [1, 1, 1, 1, 1, 1, 1, 0],
    [1, 1, 1, 0, 0, 0, 0, 0],
  ]);

const tasks: Task[] = [
  {
    name: "classification",
    model: () => resnet({ family: "resnet", size: 32, classes: 3, baseFilters: 4, blocks: [1, 1], stem: "7x7" }, 3),
    batch: () => [normal([4, 32, 32, 3], 7), tf.tensor1d([0, 2, 1, 1], "int32")],
    outputs: ofImages,
    varied: noisyImages,
    loss: (logits, truth) => softmaxCrossEntropyLoss(logits, truth, { labelSmoothing: 0.1 }),
  },
  {
    name: "segmentation",
    model: () =>
      unet({ family: "unet", size: 16, depth: 2, baseFilters: 4, normalization: "batch", skips: [true, true] }, 3),
    batch: () => {
      const image = normal([2, 16, 16, 3], 7);
      return [image, image.mean(3, true).greater(0.3).toFloat()];
    },
    outputs: ofImages,
    varied: noisyImages,
    loss: softDiceCrossEntropyLoss,
  },
  {
    name: "bags",
    model: (random) =>
      attentionMil(
        { ...attentionMilDefaults, features: 8, classes: 2, encoder: [12], hidden: 6, dropout: 0.25 },
        3,
        random,
      ),
    batch: () => [normal([2, 8, 8], 7), bagMask(), tf.tensor1d([0, 1], "int32")],
    outputs: (model, [tiles, mask], training) => model.apply([tiles!, mask!], { training }) as tf.Tensor[],
    varied: (inputs) => inputs, // dropout, inside the model
    loss: softmaxCrossEntropyLoss,
  },
];

interface Steps {
  readonly train: (...batch: tf.Tensor[]) => tf.Scalar;
  readonly evaluate: (...batch: tf.Tensor[]) => { loss: tf.Scalar; logits: tf.Tensor };
  readonly predict: (...inputs: tf.Tensor[]) => tf.Tensor[];
  readonly model: tf.LayersModel;
}

function stepsOf({ model: build, outputs, varied, loss }: Task, { learningRate = 1e-3, seed = 5 } = {}): Steps {
  const random = new GraphRandom(seed);
  const model = build(random);
  const optimizer = new Adam({ learningRate });
  const variables = trainableVariables(model);
  const split = (batch: tf.Tensor[]) => [batch.slice(0, -1), batch.at(-1)!] as const;
  return {
    model,
    train: (...batch) =>
      tf.tidy(() => {
        const [inputs, truth] = split(batch);
        const cost = () => loss(outputs(model, varied(inputs, random), true)[0]!, truth);
        return optimizer.minimize(cost, true, variables)!;
      }),
    evaluate: (...batch) =>
      tf.tidy(() => {
        const [inputs, truth] = split(batch);
        const logits = outputs(model, inputs, false)[0]!;
        return { loss: loss(logits, truth), logits };
      }),
    predict: (...inputs) => tf.tidy(() => outputs(model, inputs, false)),
  };
}

const numbers = (...tensors: tf.Tensor[]): number[] => tensors.flatMap((tensor) => [...tensor.dataSync()]);
const times = (count: number, step: Steps["train"], batch: tf.Tensor[]): number[] =>
  Array.from({ length: count }, () => numbers(step(...batch))[0]!);

describe.each(tasks)("$name", (task) => {
  it("trains compiled as eager over 12 steps, recorded once", () => {
    const batch = task.batch();
    const [eager, other] = [stepsOf(task), stepsOf(task)];
    const compiled = compile(other.train);
    const [expected, got] = [times(12, eager.train, batch), times(12, compiled, batch)];
    expect(largestDifference(expected, got)).toBeLessThan(1e-5);
    expect(largestDifference(numbers(...eager.model.getWeights()), numbers(...other.model.getWeights()))).toBeLessThan(
      1e-4,
    );
    expect(compiled.stats.traces).toBe(1);
    expect(new Set(got).size).toBe(12);
  });

  it("learns its batch", () => {
    const losses = times(40, compile(stepsOf(task, { learningRate: 0.02 }).train), task.batch());
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(losses.slice(-5))).toBeLessThan(0.7 * mean(losses.slice(0, 5)));
  });

  it("draws noise anew at every step, and the same for the same seed", () => {
    const batch = task.batch();
    const still = (seed: number) => times(5, compile(stepsOf(task, { learningRate: 0, seed }).train), batch);
    const losses = still(5);
    expect(new Set(losses).size).toBe(5); // nothing else changes: the learning rate is 0
    expect(still(5)).toEqual(losses);
    expect(new Set([...losses, ...still(6)]).size).toBe(10);
  });

  it("evaluates and predicts compiled as eager, with the weights of the moment, and changes nothing", () => {
    const batch = task.batch();
    const inputs = batch.slice(0, -1);
    const { train, evaluate, predict, model } = stepsOf(task);
    const [training, scoring, predicting] = [compile(train), compile(evaluate), compile(predict)];
    for (let round = 0; round < 3; round++) {
      times(2, training, batch);
      const before = numbers(...model.getWeights());
      const [scored, expected] = [scoring(...batch), evaluate(...batch)];
      const [predicted, outputs] = [predicting(...inputs), predict(...inputs)];
      expect(
        largestDifference(numbers(expected.loss, expected.logits), numbers(scored.loss, scored.logits)),
      ).toBeLessThan(1e-5);
      expect(largestDifference(numbers(...outputs), numbers(...predicted))).toBeLessThan(1e-5);
      expect(numbers(predicted[0]!)).toEqual(numbers(scored.logits));
      expect(numbers(...model.getWeights())).toEqual(before);
    }
    expect([training, scoring, predicting].map(({ stats }) => stats.traces)).toEqual([1, 1, 1]);
  });
});
