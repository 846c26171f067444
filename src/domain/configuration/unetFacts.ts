/**
 * @file What a U-Net of a configuration costs and how far it sees, in closed form: the figures that stand beside every arm
 * of a depth study, since another depth is also another number of weights and another receptive field.
 */
import { channelsOf } from "./channels.ts";
import { type MobileNetLayer, mobilenetLayers, mobilenetLevels } from "./mobilenetLayers.ts";
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

/** Of the network, with one logit per class, that src/models/segmentation/unet.ts builds; its test holds both to each other. */
export function unetFacts(model: UNetModel, classes = 1): UNetFacts {
  const convolutions = convolutionsOf(model, classes);
  const perFilter = model.normalization === "batch" ? 2 : 1; // scale and offset, or a bias
  const parameters = convolutions.reduce(
    (sum, { taps, from, to, offsets = perFilter }) => sum + taps * from * to + to * offsets,
    0,
  );
  const multiplyAdds = convolutions.reduce(
    (sum, { taps, from, to, side, transposed }) => sum + (transposed ? 1 : taps) * from * to * side ** 2,
    0,
  );
  return { parameters, receptiveField: receptiveField(model), multiplyAdds };
}

interface Convolution {
  /** Kernel's pixels. */
  readonly taps: number;
  /** Channels that a filter sees. */
  readonly from: number;
  readonly to: number;
  /** Of its output, pixels. */
  readonly side: number;
  /** Weights of a filter besides its kernel; absent: as the normalisation has it. */
  readonly offsets?: number;
  /** Of stride 2: every output pixel sees one tap. */
  readonly transposed?: boolean;
}

interface EncoderFacts {
  readonly convolutions: readonly Convolution[];
  /** Channels of what each skip carries, finest first. */
  readonly skips: readonly number[];
  /** Channels of what comes up from the bottom. */
  readonly deepest: number;
}

function convolutionsOf(model: UNetModel, classes: number): Convolution[] {
  const { size, depth, baseFilters, skips } = model;
  const encoder = encoderFacts(model);
  const filters = (level: number) => baseFilters * 2 ** level;
  const levels = Array.from({ length: depth }, (_, level) => level);
  return [
    ...encoder.convolutions,
    ...levels.flatMap((level): Convolution[] => {
      const to = filters(level);
      const side = size / 2 ** level;
      const from = level === depth - 1 ? encoder.deepest : filters(level + 1);
      const upsample = { taps: 4, from, to, side, offsets: 1, transposed: true };
      const joined = skips[level] ? to + encoder.skips[level]! : to;
      return [upsample, { taps: 9, from: joined, to, side }, { taps: 9, from: to, to, side }];
    }),
    { taps: 1, from: baseFilters, to: classes, side: size, offsets: 1 },
  ];
}

function encoderFacts(model: UNetModel): EncoderFacts {
  const { size, depth, baseFilters } = model;
  const layers = mobilenetOf(model);
  if (layers !== null) return mobilenetFacts(layers, model);
  const filters = Array.from({ length: depth + 1 }, (_, level) => baseFilters * 2 ** level);
  const convolutions = filters.flatMap((to, level) =>
    [filters[level - 1] ?? channelsOf(model), to].map((from) => ({ taps: 9, from, to, side: size / 2 ** level })),
  );
  return { convolutions, skips: filters.slice(0, depth), deepest: filters[depth]! };
}

function mobilenetOf({ encoder }: UNetModel): MobileNetLayer[] | null {
  if (encoder === undefined || encoder.kind === "plain") return null;
  return mobilenetLayers({ family: encoder.kind, alpha: encoder.alpha });
}

function mobilenetFacts(layers: readonly MobileNetLayer[], model: UNetModel): EncoderFacts {
  const convolutions: Convolution[] = [];
  let [from, side] = [channelsOf(model) as number, model.size];
  for (const { kind, kernelSize, strides, filters } of layers) {
    side = Math.ceil(side / strides);
    const sees = kind === "depthwise" ? 1 : from;
    convolutions.push({ taps: kernelSize ** 2, from: sees, to: filters, side, offsets: 2 }); // scale and offset
    from = filters;
  }
  const levels = mobilenetLevels(layers).map(({ filters }) => filters);
  return { convolutions, skips: [channelsOf(model), ...levels.slice(0, -1)], deepest: levels.at(-1)! };
}

type Range = readonly [first: number, last: number];

/**
 * The way through the bottom sees furthest, so skips change nothing. From one logit back: a block widens by 2 pixels of its
 * level on each side, upsampling halves, pooling doubles. Pixels differ in where they lie in their 2^depth square.
 */
function receptiveField(model: UNetModel): number {
  const layers = mobilenetOf(model);
  const encoder = layers === null ? plainBack(model.depth) : mobilenetBack(layers);
  let widest = 0;
  for (let pixel = 0; pixel < 2 ** model.depth; pixel++) {
    let [first, last] = [pixel, pixel];
    for (let level = 0; level < model.depth; level++) {
      first = Math.floor((first - 2) / 2);
      last = Math.floor((last + 2) / 2);
    }
    [first, last] = encoder([first, last]);
    widest = Math.max(widest, last - first + 1);
  }
  return widest;
}

const plainBack =
  (depth: number) =>
  ([first, last]: Range): Range => {
    let range = [first - 2, last + 2] as const;
    for (let level = 0; level < depth; level++) range = [2 * range[0] - 2, 2 * range[1] + 1 + 2];
    return range;
  };

/** Padding moves a range and leaves its width, which alone is asked for. */
const mobilenetBack =
  (layers: readonly MobileNetLayer[]) =>
  (range: Range): Range =>
    layers.reduceRight<Range>(
      ([first, last], { kernelSize, strides }) => [strides * first, strides * last + kernelSize - 1],
      range,
    );
