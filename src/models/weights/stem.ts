/** @file The first convolution of a net fitted to images of another number of channels. */
import { DomainError } from "@tessera/domain/errors";
import type { NamedWeight, NamedWeights } from "./named.ts";

/** The only convolution that sees the image. */
const isStemKernel = (name: string): boolean => /^(stem\/conv|block0\/conv|encoder\/level0\/conv1)\/kernel$/.test(name);

/** Whether it differs in the channels of the image alone. */
export function isOtherStem(name: string, source: readonly number[], shape: readonly number[]): boolean {
  if (!isStemKernel(name)) return false;
  const others = (each: readonly number[]) => String([each.length, each[0], each[1], each[3]]);
  return others(source) === others(shape) && [1, 3].includes(source[2]!) && [1, 3].includes(shape[2]!);
}

/** All weights, with the stem for images of so many channels. */
export const withFittedStem = (weights: NamedWeights, channels: number): NamedWeights =>
  new Map([...weights].map(([name, weight]) => [name, isStemKernel(name) ? fitStem(weight, channels) : weight]));

/**
 * Three channels to one: the sum over the input channels, so that a grey image gives what it gave when repeated three times. One to three:
 * a third of the kernel for each, so that three equal channels give what the one gave.
 *
 * @param kernel [h, w, in, filters] @param channels of the images, 1 or 3
 * @throws DomainError BAD_INPUT for other numbers of channels
 */
export function fitStem(kernel: NamedWeight, channels: number): NamedWeight {
  const [height, width, from, filters] = kernel.shape as [number, number, number, number];
  if (![1, 3].includes(from) || ![1, 3].includes(channels)) {
    const message = `fitStem: expected kernels and images of 1 or 3 channels, got a kernel of [${kernel.shape}] and images of ${channels}`;
    throw new DomainError("BAD_INPUT", message, { kernel: kernel.shape, channels });
  }
  if (from === channels) return kernel;
  const data = new Float32Array(height * width * channels * filters);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let filter = 0; filter < filters; filter++) {
      let sum = 0;
      for (let c = 0; c < from; c++) sum += kernel.data[(pixel * from + c) * filters + filter]!;
      for (let c = 0; c < channels; c++) data[(pixel * channels + c) * filters + filter] = sum / channels;
    }
  }
  return { shape: [height, width, channels, filters], data };
}
