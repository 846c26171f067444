/**
 * @file The layers of the MobileNets in order: what src/models builds, and what a file of weights is recognised by.
 *
 * V1: Howard et al. 2017, arXiv:1704.04861, table 1, with at least 8 filters a layer. V2: Sandler et al. 2018, arXiv:1801.04381,
 * table 2, with multiples of 8. Both as in the published weights; the activation is ReLU6.
 */
import type { MobileNetModel } from "./classificationModels.ts";

export interface MobileNetLayer {
  /** By its place: "stem/conv", "block1/depthwise", "block1/pointwise"; V2: "block1/expand", "block1/project", "last/conv". */
  readonly name: string;
  readonly kind: "conv" | "depthwise";
  /** Side of the kernel, pixels. */
  readonly kernelSize: number;
  readonly strides: number;
  /** Of the output. */
  readonly filters: number;
  /** No ReLU6 behind it. */
  readonly linear: boolean;
  /** The layer whose result is added to this one's. */
  readonly adds: string | null;
}

/** All but the head, which is one logit per class of the average over all pixels. */
export function mobilenetLayers({ family, alpha }: Pick<MobileNetModel, "family" | "alpha">): MobileNetLayer[] {
  return family === "mobilenetV1" ? v1(alpha) : v2(alpha);
}

/**
 * What a U-Net takes over from a MobileNet: the last layer of each side, at the end of a block; strides 2, 4, 8, 16, and the
 * deepest at 32.
 */
export function mobilenetLevels(layers: readonly MobileNetLayer[]): MobileNetLayer[] {
  const blockOf = ({ name }: MobileNetLayer) => name.split("/")[0];
  const halving = layers.filter(({ strides }) => strides === 2);
  const before = halving.flatMap((layer) => {
    const start = layers.findIndex((each) => blockOf(each) === blockOf(layer));
    return start === 0 ? [] : [layers[start - 1]!]; // the stem halves the image, of which no layer is before it
  });
  return [...before, layers.at(-1)!];
}

const usual = { kernelSize: 1, strides: 1, linear: false, adds: null } as const;
const stem = (filters: number): MobileNetLayer => ({
  ...usual,
  name: "stem/conv",
  kind: "conv",
  kernelSize: 3,
  strides: 2,
  filters,
});

/** Filters of the pointwise convolution, and strides of the depthwise one before it. */
const blocksV1 = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  ...Array<[number, number]>(5).fill([512, 1]),
  [1024, 2],
  [1024, 1],
] as const;

function v1(alpha: number): MobileNetLayer[] {
  const width = (filters: number) => Math.max(8, Math.floor(filters * alpha));
  const layers = [stem(width(32))];
  for (const [index, [filters, strides]] of blocksV1.entries()) {
    const block = `block${index + 1}`;
    const before = layers.at(-1)!.filters;
    const kernelSize = 3;
    layers.push({ ...usual, name: `${block}/depthwise`, kind: "depthwise", kernelSize, strides, filters: before });
    layers.push({ ...usual, name: `${block}/pointwise`, kind: "conv", filters: width(filters) });
  }
  return layers;
}

/** Expansion, filters, blocks, strides of the first of them. */
const stagesV2 = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** The nearest multiple of 8 that is not below nine tenths of `width`. */
function multipleOf8(width: number): number {
  const nearest = Math.max(8, Math.floor((width + 4) / 8) * 8);
  return nearest < 0.9 * width ? nearest + 8 : nearest;
}

function v2(alpha: number): MobileNetLayer[] {
  const layers = [stem(multipleOf8(32 * alpha))];
  let index = 0;
  for (const [expansion, width, count, firstStrides] of stagesV2) {
    const filters = multipleOf8(width * alpha);
    for (let i = 0; i < count; i++) {
      const block = `block${index++}`;
      const from = layers.at(-1)!;
      const wide = expansion * from.filters;
      const strides = i === 0 ? firstStrides : 1;
      const adds = strides === 1 && from.filters === filters ? from.name : null;
      if (expansion > 1) layers.push({ ...usual, name: `${block}/expand`, kind: "conv", filters: wide });
      const kernelSize = 3;
      layers.push({ ...usual, name: `${block}/depthwise`, kind: "depthwise", kernelSize, strides, filters: wide });
      layers.push({ ...usual, name: `${block}/project`, kind: "conv", filters, linear: true, adds });
    }
  }
  return [...layers, { ...usual, name: "last/conv", kind: "conv", filters: multipleOf8(1280 * Math.max(1, alpha)) }];
}
