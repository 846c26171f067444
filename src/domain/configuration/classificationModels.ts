/** @file The architectures of classifiers that are published nets of fixed depth, and their limits. */
import type { ImageChannels } from "./channels.ts";
import type { Check } from "./check.ts";

/**
 * Stacks of convolution, batch normalisation, ReLU and pooling: Raghu et al. 2019, arXiv:1902.07208, appendix. The text there gives
 * CBR-Tiny 64 to 512 filters of 5x5, which are 4.31 M weights; its table says 1.08 M, which are 32 to 256 of 5x5. The table's
 * counts are taken: they are what the paper compares by.
 */
export const cbrNets = {
  tiny: { kernelSize: 5, filters: [32, 64, 128, 256] },
  small: { kernelSize: 7, filters: [32, 64, 128, 256] },
  largeW: { kernelSize: 7, filters: [64, 128, 256, 512] },
  largeT: { kernelSize: 7, filters: [32, 64, 128, 256, 512] },
} as const;

export type CbrNet = keyof typeof cbrNets;

export interface CbrModel {
  readonly family: "cbr";
  /** Side of the square input, pixels. */
  readonly size: number;
  /** Of the image; absent: 3. */
  readonly channels?: ImageChannels;
  readonly net: CbrNet;
}

export interface MobileNetModel {
  readonly family: "mobilenetV1" | "mobilenetV2";
  /** Side of the square input, pixels. */
  readonly size: number;
  /** Of the image; absent: 3. */
  readonly channels?: ImageChannels;
  /** Width multiplier: share of the paper's filters in every layer. */
  readonly alpha: number;
}

export function checkCbr(check: Check): void {
  check.oneOf("model.net", Object.keys(cbrNets));
}

/** @param field where the width is */
export function checkMobileNet(check: Check, field = "model.alpha"): void {
  check.number(field, 0.1, 1.4, "0.25, 0.5 and 1 are the widths that weights were published for");
}
