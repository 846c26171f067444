/** @file The Gram matrices of a network's blocks over some items, which is all that CKA needs of their features. */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import type { PositionRule } from "@tessera/domain/inspections/featureReuse";
import { type BlockOutput, blockOutputs } from "./blockOutputs.ts";
import { type Gram, gramOf } from "./cka.ts";

export interface Images {
  /** [size*size*3], normalised; the first `count` of them. */
  image(index: number): Promise<Float32Array>;
  readonly count: number;
  readonly size: number;
}

/** Images that are in the model at once. */
const atOnce = 16;
/** Features that are held at once, bytes; above, the images pass the model again for the blocks that are left. */
const mostBytes = 400e6;

/**
 * By block, in the order of blockOutputs. `average`: features are the means over all positions [items, c], so that blocks of other
 * sides can be compared; `flattened`: [items, h*w*c], as Kornblith et al. 2019. Positions are never rows: a pair of blocks would
 * need as many on both sides.
 *
 * @param passed told after each batch of images
 * @throws DomainError TOO_LARGE where one block's flattened features of all items are more than memory is given for
 */
export async function blockGrams(
  model: tf.LayersModel,
  images: Images,
  positions: PositionRule,
  passed: () => void = () => undefined,
): Promise<Map<string, Gram>> {
  const grams = new Map<string, Gram>();
  for (const group of groupsOf(blockOutputs(model), images.count, positions)) {
    const features = await featuresOf(model, group, images, positions, passed);
    for (const [index, { block }] of group.entries()) {
      const own = features[index]!;
      grams.set(block, positions === "average" ? gramOf(own, images.count) : await gramOfMany(own, images.count));
    }
  }
  return grams;
}

function groupsOf(blocks: readonly BlockOutput[], items: number, positions: PositionRule): BlockOutput[][] {
  if (positions === "average") return [[...blocks]];
  const groups: BlockOutput[][] = [];
  let held = Number.POSITIVE_INFINITY;
  for (const each of blocks) {
    const bytes = 4 * items * widthOf(each, positions);
    if (bytes > mostBytes) {
      const most = Math.floor((mostBytes / bytes) * items);
      const message = `The flattened features of ${each.block} over ${items} items need ${(bytes / 1e9).toFixed(1)} GB; ask for at most ${most} items, or for averages`;
      throw new DomainError("TOO_LARGE", message, { block: each.block, items, most });
    }
    if (held + bytes > mostBytes) {
      groups.push([]);
      held = 0;
    }
    groups.at(-1)!.push(each);
    held += bytes;
  }
  return groups;
}

const widthOf = ({ output }: BlockOutput, positions: PositionRule): number => {
  const [, height, width, channels] = output.shape as number[];
  return positions === "average" ? channels! : height! * width! * channels!;
};

/** One array per block, [items, width]. */
async function featuresOf(
  model: tf.LayersModel,
  blocks: readonly BlockOutput[],
  images: Images,
  positions: PositionRule,
  passed: () => void,
): Promise<Float32Array[]> {
  const part = tf.model({ inputs: model.inputs, outputs: blocks.map(({ output }) => output) }); // its layers are the model's
  const features = blocks.map((each) => new Float32Array(images.count * widthOf(each, positions)));
  for (let from = 0; from < images.count; from += atOnce) {
    const batch = await batchOf(images, from, Math.min(atOnce, images.count - from));
    const outputs = tf.tidy(() => {
      const applied = part.apply(batch, { training: false }) as tf.Tensor | tf.Tensor[];
      return [applied].flat().map((each) => (positions === "average" ? each.mean([1, 2]) : each.clone()));
    });
    batch.dispose();
    for (const [index, output] of outputs.entries()) {
      const values = await output.data<"float32">();
      features[index]!.set(values, from * widthOf(blocks[index]!, positions));
      output.dispose();
    }
    passed();
  }
  return features;
}

async function batchOf({ image, size }: Images, from: number, count: number): Promise<tf.Tensor4D> {
  const pixels = new Float32Array(count * size * size * 3);
  for (let i = 0; i < count; i++) pixels.set(await image(from + i), i * size * size * 3);
  return tf.tensor4d(pixels, [count, size, size, 3]);
}

/** As gramOf, in TensorFlow: of a hundred thousand features a product in float32 is exact enough, and much faster. */
async function gramOfMany(features: Float32Array, items: number): Promise<Gram> {
  const [product, left] = tf.tidy(() => {
    const all = tf.tensor2d(features, [items, features.length / items]);
    const centred = all.sub(all.mean(0, true));
    const share = centred.square().sum().div(all.square().sum());
    return [centred.matMul(centred, false, true), share];
  });
  const [values, share] = [await product.data<"float32">(), (await left.data<"float32">())[0]!];
  tf.dispose([product, left]);
  return { items, values: share > 1e-10 ? Float64Array.from(values) : new Float64Array(items * items) };
}
