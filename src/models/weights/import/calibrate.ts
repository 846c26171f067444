/**
 * @file Batch normalisation put back into a net whose weights were folded.
 *
 * A folded convolution is x * k + b. With the mean m and variance v of x * k over calibration images, the batch normalisation
 *   mean m, variance v, gamma sqrt(v + epsilon), beta b + m
 * gives x * k + b again, whatever the image, and gives nearly the same in training, where the batch has nearly these statistics. The
 * kernels stay as they came. The original gamma and variance cannot be recovered: folding multiplied them into the kernels.
 *
 * The published nets take (x - 128) / 128 of a byte x, ours x / 127.5 - 1: at most one grey level apart, and left at that.
 */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import { zeroFilters } from "@tessera/domain/weights/importReport";
import type { RecognisedNet } from "@tessera/domain/weights/recognise";
import type { DeadFilters } from "@tessera/domain/weights/report";
import { mobilenet } from "../../classification/mobilenet.ts";
import { mobilenetEpsilon } from "../../classification/mobilenetFeatures.ts";
import { type NamedWeight, type NamedWeights, writeWeights } from "../named.ts";

export interface Calibrated {
  /** By the names of the model that `net` is: every one of its weights. */
  readonly weights: ReadonlyMap<string, NamedWeight>;
  readonly deadFilters: readonly DeadFilters[];
}

interface ChannelStatistics {
  readonly mean: Float32Array;
  readonly variance: Float32Array;
  readonly largest: Float32Array;
}

/**
 * @param tensors of the file, by its names
 * @param images [n, height, width, 3], in the unit of the network; any side, since the net is convolutional
 * @throws DomainError BAD_INPUT without images, or when they are no RGB
 */
export function calibrate(net: RecognisedNet, tensors: NamedWeights, images: tf.Tensor4D): Calibrated {
  const [count, height, width, channels] = images.shape;
  if (count < 1 || channels !== 3 || height !== width) {
    const message = `calibrate: expected at least one square RGB image, got [${images.shape}]`;
    throw new DomainError("BAD_INPUT", message, { shape: images.shape });
  }
  const folded = foldedWeights(net, tensors);
  const model = mobilenet({ ...net, size: height }, 0);
  writeWeights(model, folded);
  const weights = new Map(folded);
  const deadFilters: DeadFilters[] = [];
  const convolutions = net.layers.slice(0, -1);
  const names = convolutions.map(({ name }) => name);
  const statistics = channelStatistics(model, names, images);
  for (const { name, kernel, bias } of convolutions) {
    const { mean, variance, largest } = statistics.get(name)!;
    const biases = tensors.get(bias)!.data;
    const of = (values: (channel: number) => number): NamedWeight => {
      const data = Float32Array.from(biases, (_, channel) => values(channel));
      return { shape: [data.length], data };
    };
    weights.set(
      `${name}/norm/movingMean`,
      of((c) => mean[c]!),
    );
    weights.set(
      `${name}/norm/movingVariance`,
      of((c) => variance[c]!),
    );
    weights.set(
      `${name}/norm/gamma`,
      of((c) => Math.sqrt(variance[c]! + mobilenetEpsilon)),
    );
    weights.set(
      `${name}/norm/beta`,
      of((c) => biases[c]! + mean[c]!),
    );
    const zero = new Set(zeroFilters(tensors.get(kernel)!));
    const linear = !model.layers.some((each) => each.name === `${name}/relu`);
    const silent = biases.reduce((sum, b, c) => sum + (!linear && !zero.has(c) && largest[c]! + b <= 0 ? 1 : 0), 0);
    if (zero.size + silent > 0) {
      deadFilters.push({ layer: name, filters: biases.length, quantised: zero.size, trained: silent });
    }
  }
  model.dispose();
  return { weights, deadFilters };
}

/** Every weight, with batch normalisations that only add the bias. */
export function foldedWeights(net: RecognisedNet, tensors: NamedWeights): Map<string, NamedWeight> {
  const weights = new Map<string, NamedWeight>();
  for (const { name, kernel, bias } of net.layers.slice(0, -1)) {
    const beta = tensors.get(bias)!;
    const filled = (value: number): NamedWeight => ({ shape: beta.shape, data: beta.data.map(() => value) });
    weights.set(`${name}/kernel`, tensors.get(kernel)!);
    weights.set(`${name}/norm/gamma`, filled(1));
    weights.set(`${name}/norm/beta`, beta);
    weights.set(`${name}/norm/movingMean`, filled(0));
    weights.set(`${name}/norm/movingVariance`, filled(1 - mobilenetEpsilon));
  }
  const head = net.layers.at(-1)!;
  const { shape, data } = tensors.get(head.kernel)!;
  weights.set("head/kernel", { shape: shape.slice(2), data });
  weights.set("head/bias", tensors.get(head.bias)!);
  return weights;
}

/** Of the convolutions' outputs, over all images and pixels; images go through one by one, sums are in float64. */
function channelStatistics(
  model: tf.LayersModel,
  names: readonly string[],
  images: tf.Tensor4D,
): ReadonlyMap<string, ChannelStatistics> {
  const layers = names.map((name) => model.getLayer(name));
  const convolved = tf.model({
    inputs: model.inputs,
    outputs: layers.map(({ output }) => output as tf.SymbolicTensor),
  });
  const running = layers.map(({ outputShape }) => runningStatistics(outputShape.at(-1) as number));
  for (let image = 0; image < images.shape[0]; image++) {
    tf.tidy(() => {
      const outputs = [convolved.predict(images.slice(image, 1))].flat();
      for (const [i, output] of outputs.entries()) running[i]!.add(output.dataSync<"float32">());
    });
  }
  return new Map(names.map((name, i) => [name, running[i]!.result()]));
}

function runningStatistics(channels: number) {
  const [sum, squares] = [new Float64Array(channels), new Float64Array(channels)];
  const largest = new Float32Array(channels).fill(Number.NEGATIVE_INFINITY);
  let pixels = 0;
  return {
    add(values: Float32Array): void {
      pixels += values.length / channels;
      for (let i = 0, channel = 0; i < values.length; i++, channel = channel + 1 === channels ? 0 : channel + 1) {
        const value = values[i]!;
        sum[channel]! += value;
        squares[channel]! += value * value;
        if (value > largest[channel]!) largest[channel] = value;
      }
    },
    result(): ChannelStatistics {
      const mean = Float32Array.from(sum, (each) => each / pixels);
      const variance = Float32Array.from(squares, (each, c) => Math.max(0, each / pixels - (sum[c]! / pixels) ** 2));
      return { mean, variance, largest };
    },
  };
}
