/** @file The first convolution of a net fitted to images of another number of channels. */
import { DomainError } from "@tessera/domain/errors";
import type { NamedWeight } from "./named.ts";

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
