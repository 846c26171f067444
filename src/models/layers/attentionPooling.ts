/**
 * @file Attention pooling: one vector for a bag of tiles, their mean weighted by a learned attention.
 *
 *   plain   a_k = softmax over tiles of  w · tanh(V h_k)
 *   gated   a_k = softmax over tiles of  w · (tanh(V h_k) * sigmoid(U h_k))
 *   pooled  z   = sum_k a_k h_k
 *
 * Source: Ilse, Tomczak & Welling 2018, arXiv:1802.04712, equations 7, 8 and 9. Differs in one way: V and U have a bias, as in
 * the authors' own program. A bias of w would cancel in the softmax.
 *
 * Two layers with one output each: tf.js runs a layer once per output.
 */
import * as tf from "@tensorflow/tfjs";
import { DomainError } from "@tessera/domain/errors";
import { affine } from "./affine.ts";
import { layerSeed, leCunNormal } from "./initial.ts";
import type { LayerVariable } from "./ofLayer.ts";

export interface TileAttentionOptions {
  readonly name: string;
  /** Width of the hidden layer. */
  readonly hidden: number;
  readonly gated: boolean;
  readonly seed: number;
}

/**
 * Inputs: tiles [b, tiles, features]; mask [b, tiles], 1 for a tile and 0 for padding, whose features must be finite.
 * Output: attention [b, tiles], sum 1, exactly 0 at padding. A bag whose mask is all 0 gives NaN.
 */
export class TileAttention extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraTileAttention";
  }

  private readonly options: TileAttentionOptions;
  private kernelV!: LayerVariable;
  private biasV!: LayerVariable;
  private kernelU: LayerVariable | undefined;
  private biasU: LayerVariable | undefined;
  private kernelW!: LayerVariable;

  constructor(options: TileAttentionOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { hidden, gated, seed } = this.options;
    const features = (inputShape as tf.Shape[])[0]!.at(-1)!;
    const kernel = (name: string, shape: [number, number], place: number) =>
      this.addWeight(name, shape, "float32", leCunNormal(shape[0], layerSeed(seed, place)));
    const bias = (name: string) => this.addWeight(name, [hidden], "float32", tf.initializers.zeros());
    this.kernelV = kernel("v/kernel", [features, hidden], 0);
    this.biasV = bias("v/bias");
    if (gated) {
      this.kernelU = kernel("u/kernel", [features, hidden], 1);
      this.biasU = bias("u/bias");
    }
    this.kernelW = kernel("w/kernel", [hidden, 1], 2);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!.slice(0, 2);
  }

  /** @throws DomainError BAD_INPUT for bags of length 0, or a mask of another shape. */
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tiles, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const [batch, count] = tiles.shape;
    if (count === 0 || String(mask.shape) !== String([batch, count])) {
      const message = `attention: expected at least one tile and a mask of [batch, tiles], got tiles [${tiles.shape}] and mask [${mask.shape}]`;
      throw new DomainError("BAD_INPUT", message, { tiles: tiles.shape, mask: mask.shape });
    }
    return tf.tidy(() => this.scores(tiles).add(mask.log()).softmax()); //              [b, t]; log 0 = -inf
  }

  /** What the softmax is of. @param tiles [b, tiles, features]. @returns [b, tiles] */
  scores(tiles: tf.Tensor3D): tf.Tensor2D {
    const [batch, count, features] = tiles.shape;
    return tf.tidy(() => {
      const flat = tiles.reshape([batch * count, features]) as tf.Tensor2D; //          [b*t, features]
      const tanh = affine(flat, this.kernelV, this.biasV).tanh() as tf.Tensor2D; //     [b*t, hidden]
      const gate = this.kernelU && affine(flat, this.kernelU, this.biasU).sigmoid(); //  [b*t, hidden]
      const hidden = gate === undefined ? tanh : tanh.mul<tf.Tensor2D>(gate);
      return affine(hidden, this.kernelW).reshape([batch, count]) as tf.Tensor2D; //    [b, t]
    });
  }
}

/** Inputs: tiles [b, tiles, features]; weights [b, tiles]. Output: [b, features], the sum of the weighted tiles. */
export class WeightedSum extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraWeightedSum";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, , features] = (inputShape as tf.Shape[])[0]!;
    return [batch!, features!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tiles, weights] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const [batch, count, features] = tiles.shape;
    return tf.tidy(() => {
      const sum = weights.reshape([batch, 1, count]).matMul(tiles); //                  [b, 1, features]
      return sum.reshape([batch, features]);
    });
  }
}
