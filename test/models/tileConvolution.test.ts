import * as tf from "@tensorflow/tfjs";
import { tilePicture } from "@tessera/domain/bags/tilePicture";
import type { MilModel } from "@tessera/domain/configuration/mil";
import { initEngine } from "@tessera/engine/backend";
import { convolvedMap, TileConvolution } from "@tessera/models/layers/tileConvolution";
import { milModel } from "@tessera/models/mil/milModel";
import { weightVariables } from "@tessera/models/weights/named";
import { beforeAll, describe, expect, it } from "vitest";
import { expectAsTorch, readFixture, type Subject, type TorchCase } from "./support/torchCase.ts";

beforeAll(() => initEngine({ threads: 1 }));

const torch = readFixture<Readonly<Record<string, TorchCase>>>("tileConvolution.json");
const nets = {
  "grey, 17 x 17": { side: 17, channels: 1, filters: [3, 2] },
  "three channels, 16 x 16": { side: 16, channels: 3, filters: [2, 3] },
} as const;

function subject({ side, channels, filters }: (typeof nets)[keyof typeof nets]): Subject {
  let input: { readonly side: number; readonly channels: number } = { side, channels };
  const x = tf.input({ shape: [null, side * side * channels] });
  const output = filters.reduce((y, width, place) => {
    const kernelInitializer = tf.initializers.zeros();
    const options = { name: `convolution/${place + 1}`, input, filters: width, kernelSize: 5, kernelInitializer };
    input = convolvedMap(options);
    return new TileConvolution(options).apply(y) as tf.SymbolicTensor;
  }, x);
  const model = tf.model({ inputs: x, outputs: output });
  return { variables: weightVariables(model), forward: ({ tiles }) => [model.apply(tiles!) as tf.Tensor] };
}

describe("convolutions of tiles give the outputs and gradients of PyTorch in float64", () => {
  it("for every case of the fixture", () => {
    expect(Object.keys(nets)).toEqual(Object.keys(torch));
  });

  for (const [name, net] of Object.entries(nets)) {
    it.each([
      { how: "eager", compiled: false },
      { how: "compiled", compiled: true },
    ])(`${name}, $how`, ({ compiled }) => expectAsTorch(torch[name]!, subject(net), compiled));
  }
});

it("takes so many numbers for the one square picture that they can be", () => {
  expect(tilePicture(28 * 28)).toEqual({ side: 28, channels: 1 });
  expect(tilePicture(96 * 96 * 3)).toEqual({ side: 96, channels: 3 });
  expect(tilePicture(512)).toBeNull();
  expect(tilePicture(0)).toBeNull();
});

describe("a model of bags of pixels", () => {
  const model: MilModel & { readonly exclusive: boolean } = {
    family: "attentionMil",
    features: 28 * 28,
    classes: 2,
    convolution: "lenet",
    encoder: [500],
    dropout: 0,
    hidden: 128,
    attention: "plain",
    exclusive: true,
  };

  it("has the layers of Ilse et al. 2018", () => {
    const shapes = Object.fromEntries(
      [...weightVariables(milModel(model, 1))].map(([name, { shape }]) => [name, shape]),
    );
    expect(shapes).toMatchObject({
      "convolution/1/kernel": [5, 5, 1, 20],
      "convolution/1/bias": [20],
      "convolution/2/kernel": [5, 5, 20, 50],
      "convolution/2/bias": [50],
      "encoder/kernel": [50 * 4 * 4, 500],
      "attention/v/kernel": [500, 128],
      "head/kernel": [500, 2],
    });
  });

  it("does not see padding, whatever stands there", () => {
    const mask = tf.tensor2d([[1, 1, 0, 1, 0]]);
    const tiles = tf.randomUniform([1, 5, 28 * 28], 0, 1, "float32", 3);
    const built = milModel(model, 1);
    const logits = (x: tf.Tensor) => [...(built.apply([x, mask]) as tf.Tensor[])[0]!.dataSync()];
    const noise = tf.sub(1, mask).expandDims(2).mul(1e4);
    const expected = logits(tiles);
    for (const [i, value] of logits(tiles.add(noise)).entries()) expect(value).toBeCloseTo(expected[i]!, 5);
    expect(logits(tiles.mul(0.5))).not.toEqual(expected);
  });

  it.each([
    [512, "got 512 numbers per tile"],
    [15 * 15, "got 15 x 15 pixels per tile"],
  ])("refuses tiles of %i numbers, which are no picture that is large enough", (features, got) => {
    expect(() => milModel({ ...model, features }, 1)).toThrow(got);
  });
});
