/**
 * @file What a U-Net of a configuration costs and how far it sees, in closed form: the figures that stand beside every arm
 * of a depth study, since another depth is also another number of weights and another receptive field.
 */
import type { UNetModel } from "./segmentation.ts";

export interface UNetFacts {
  /** Trained weights: kernels, biases, scales and offsets; without the moving averages of batch normalisation. */
  readonly parameters: number;
  /**
   * Side in pixels of the square of the input that can change one logit, at the logits that see most, as if the image had
   * no border. A network deeper than its image is wide sees more than there is: compare with `model.size`.
   */
  readonly receptiveField: number;
  /** Multiply-adds of all convolutions for one image, forward. Zeros of the padding count. */
  readonly multiplyAdds: number;
}

/** Of the network, with one logit per class, that src/models/segmentation/unet.ts builds, for RGB images; its test holds both to each other. */
export function unetFacts(model: UNetModel, classes = 1): UNetFacts {
  const convolutions = convolutionsOf(model, classes);
  const perFilter = model.normalization === "batch" ? 2 : 1; // scale and offset, or a bias
  const parameters = convolutions.reduce(
    (sum, { taps, from, to, bias }) => sum + taps * from * to + to * (bias ? 1 : perFilter),
    0,
  );
  const multiplyAdds = convolutions.reduce(
    (sum, { taps, from, to, side, transposed }) => sum + (transposed ? 1 : taps) * from * to * side ** 2,
    0,
  );
  return { parameters, receptiveField: receptiveField(model.depth), multiplyAdds };
}

interface Convolution {
  /** Kernel's pixels. */
  readonly taps: number;
  readonly from: number;
  readonly to: number;
  /** Of its output, pixels. */
  readonly side: number;
  /** Has a bias whatever the normalisation is. */
  readonly bias?: boolean;
  /** Of stride 2: every output pixel sees one tap. */
  readonly transposed?: boolean;
}

function convolutionsOf({ size, depth, baseFilters, skips }: UNetModel, classes: number): Convolution[] {
  const filters = (level: number) => baseFilters * 2 ** level;
  const side = (level: number) => size / 2 ** level;
  const block = (from: number, level: number): Convolution[] => {
    const to = filters(level);
    return [from, to].map((each) => ({ taps: 9, from: each, to, side: side(level) }));
  };
  const levels = Array.from({ length: depth + 1 }, (_, level) => level);
  return [
    ...levels.flatMap((level) => block(level === 0 ? 3 : filters(level - 1), level)),
    ...levels.slice(0, depth).flatMap((level): Convolution[] => {
      const to = filters(level);
      const upsample = { taps: 4, from: filters(level + 1), to, side: side(level), bias: true, transposed: true };
      return [upsample, ...block(skips[level] ? 2 * to : to, level)];
    }),
    { taps: 1, from: baseFilters, to: classes, side: size, bias: true },
  ];
}

/**
 * The way through the bottom sees furthest, so skips change nothing. From one logit back: a block widens by 2 pixels of its
 * level on each side, upsampling halves, pooling doubles. Pixels differ in where they lie in their 2^depth square.
 */
function receptiveField(depth: number): number {
  let widest = 0;
  for (let pixel = 0; pixel < 2 ** depth; pixel++) {
    let [first, last] = [pixel, pixel];
    for (let level = 0; level < depth; level++) {
      first = Math.floor((first - 2) / 2);
      last = Math.floor((last + 2) / 2);
    }
    first -= 2;
    last += 2;
    for (let level = 0; level < depth; level++) {
      first = 2 * first - 2;
      last = 2 * last + 1 + 2;
    }
    widest = Math.max(widest, last - first + 1);
  }
  return widest;
}
