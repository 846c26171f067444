/** @file A transformer's layer over the tokens of bags: normalisation, attention between all tokens, and the tokens themselves. */
import * as tf from "@tensorflow/tfjs";
import { affine } from "./affine.ts";
import { cellMask } from "./bagSquare.ts";
import type { DropoutSource } from "./dropout.ts";
import { layerSeed, leCunNormal } from "./initial.ts";
import { layerNorm } from "./layerNorm.ts";
import { nystromAttention, nystromFactors } from "./nystrom.ts";
import type { LayerVariable } from "./ofLayer.ts";

/** Tokens that the residual of the values reaches over, as in the Nyströmformer. */
const residualReach = 33;

export interface TokenAttentionOptions {
  readonly name: string;
  readonly heads: number;
  /** null: exact. */
  readonly landmarks: number | null;
  readonly seed: number;
  /** Of the attention's result. */
  readonly dropout: number;
  readonly source: DropoutSource | undefined;
}

/** 1 for the class token and the cells of the bag's square. @param mask [b, tiles]. @returns [b, 1 + side²] */
const presentTokens = (mask: tf.Tensor2D): tf.Tensor2D => tf.concat([tf.ones([mask.shape[0], 1]), cellMask(mask)], 1);

/**
 * Inputs: tokens [b, 1 + side², width]; mask [b, tiles]. Output: the same shape; tokens beyond a bag's own are finite, and seen by none.
 *
 *   x + W_o (attention(norm(x)) + a convolution of the values along the row of tokens, one filter per head)
 *
 * Source: Shao et al. 2021, arXiv:2106.00908, section 3.3, with the attention of nystrom.ts.
 */
export class TokenAttention extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraTokenAttention";
  }

  private readonly options: TokenAttentionOptions;
  private gain!: LayerVariable;
  private shift!: LayerVariable;
  private mixing!: LayerVariable;
  private residual!: LayerVariable;
  private kernel!: LayerVariable;
  private bias!: LayerVariable;

  constructor(options: TokenAttentionOptions) {
    super({ name: options.name });
    this.options = options;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { heads, seed } = this.options;
    const width = (inputShape as tf.Shape[])[0]!.at(-1)!;
    const normal = (fanIn: number, place: number) => leCunNormal(fanIn, layerSeed(seed, place));
    this.gain = this.addWeight("norm/gamma", [width], "float32", tf.initializers.ones());
    this.shift = this.addWeight("norm/beta", [width], "float32", tf.initializers.zeros());
    this.mixing = this.addWeight("mixing/kernel", [width, 3 * width], "float32", normal(width, 0));
    const taps = [residualReach, 1, heads, 1];
    this.residual = this.addWeight("residual/kernel", taps, "float32", normal(residualReach, 1));
    this.kernel = this.addWeight("output/kernel", [width, width], "float32", normal(width, 2));
    this.bias = this.addWeight("output/bias", [width], "float32", tf.initializers.zeros());
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    const [tokens, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const [bags, count, width] = tokens.shape;
    const { heads, landmarks, dropout, source } = this.options;
    return tf.tidy(() => {
      const present = presentTokens(mask);
      const { queries, keys, values: all, split } = this.mixed(tokens);
      const values = all.mul<tf.Tensor3D>(present.expandDims(2)); //                           0 beyond the bag
      const attended =
        landmarks === null
          ? exact(split(queries), split(keys), present).matMul(split(values))
          : nystromAttention({ queries, keys, split }, split(values), present, landmarks);
      const row = values.reshape([bags, count, heads, width / heads]).transpose([0, 1, 3, 2]) as tf.Tensor4D; // [b, n, each, heads]
      const along = tf.depthwiseConv2d(row, this.residual.read() as tf.Tensor4D, 1, "same").transpose([0, 1, 3, 2]);
      const joined = attended
        .transpose([0, 2, 1, 3])
        .add(along)
        .reshape([bags * count, width]) as tf.Tensor2D;
      const result = affine(joined, this.kernel, this.bias).reshape([bags, count, width]);
      return tokens.add(training && dropout > 0 ? source!.dropout(result, dropout) : result);
    });
  }

  /**
   * By what the class token's sum takes the values of all tokens, without the convolution along the row: exact, of sum 1; with landmarks
   * what the approximation makes of it, which may be below 0.
   * @returns [b, heads, 1 + side²]
   */
  classWeights(tokens: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor3D {
    const { landmarks } = this.options;
    return tf.tidy(() => {
      const present = presentTokens(mask);
      const { queries, keys, split } = this.mixed(tokens);
      const [bags, , width] = queries.shape;
      const asked = split(queries.slice([0, 0, 0], [bags, 1, width])); //                      [b, heads, 1, each]
      if (landmarks === null) return exact(asked, split(keys), present).squeeze<tf.Tensor3D>([2]);
      const { toMarks, inverse, fromMarks } = nystromFactors({ queries, keys, split }, present, landmarks, asked);
      return toMarks.matMul(inverse).matMul(fromMarks).squeeze<tf.Tensor3D>([2]);
    });
  }

  /** Queries (scaled), keys and values of the normalised tokens, [b, n, width] each. */
  private mixed(tokens: tf.Tensor3D) {
    const [bags, count, width] = tokens.shape;
    const { heads } = this.options;
    const each = width / heads;
    const flat = layerNorm(tokens, this.gain, this.shift).reshape([bags * count, width]) as tf.Tensor2D;
    const mixed = affine(flat, this.mixing).reshape([bags, count, 3 * width]);
    const [asked, keys, values] = tf.split(mixed, 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    const split = (x: tf.Tensor3D) => x.reshape([bags, x.shape[1], heads, each]).transpose([0, 2, 1, 3]) as tf.Tensor4D; //    [b, heads, n, each]
    return { queries: asked.mul<tf.Tensor3D>(1 / Math.sqrt(each)), keys, values, split };
  }
}

/** @param queries [b, heads, asked, each]. @param keys [b, heads, n, each]. @returns [b, heads, asked, n] */
const exact = (queries: tf.Tensor4D, keys: tf.Tensor4D, present: tf.Tensor2D): tf.Tensor =>
  queries.matMul(keys, false, true).add(present.log().expandDims(1).expandDims(1)).softmax();
