/** @file TransMIL's pyramid position encoding generator: what lies beside a tile in the square, at three reaches. */
import * as tf from "@tensorflow/tfjs";
import { cellsOnGrid, gatherWithin, gridOfCells, squareSide } from "./bagSquare.ts";
import { layerSeed, leCunNormal } from "./initial.ts";
import type { LayerVariable } from "./ofLayer.ts";

const reaches = [7, 5, 3] as const;

/**
 * Inputs: tokens [b, 1 + side², width]; mask [b, tiles]. Output: the same shape; the class token as it was, the cells plus three
 * depthwise convolutions of them (7 x 7, 5 x 5, 3 x 3, with bias), zeros beyond each bag's own square.
 *
 * Source: Shao et al. 2021, arXiv:2106.00908, section 3.4 and figure 4.
 */
export class PyramidPosition extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraPyramidPosition";
  }

  private readonly seed: number;
  private kernels: LayerVariable[] = [];
  private biases: LayerVariable[] = [];

  constructor({ name, seed }: { name: string; seed: number }) {
    super({ name });
    this.seed = seed;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape[])[0]!.at(-1)!;
    this.kernels = reaches.map((reach, place) => {
      const initializer = leCunNormal(reach * reach, layerSeed(this.seed, place));
      return this.addWeight(`reach${reach}/kernel`, [reach, reach, width, 1], "float32", initializer);
    });
    this.biases = reaches.map((reach) =>
      this.addWeight(`reach${reach}/bias`, [width], "float32", tf.initializers.zeros()),
    );
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return (inputShape as tf.Shape[])[0]!;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tokens, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const [bags, count, width] = tokens.shape;
    const side = squareSide(mask.shape[1]);
    return tf.tidy(() => {
      const [token, cells] = tf.split(tokens, [1, count - 1], 1) as [tf.Tensor3D, tf.Tensor3D];
      const { place, present } = cellsOnGrid(mask);
      const flat = gatherWithin(cells, place).mul(present.expandDims(2)); //                   [b, side², width]
      const grid = flat.reshape([bags, side, side, width]) as tf.Tensor4D;
      const near = this.kernels.map((kernel, at) => {
        const seen = tf.depthwiseConv2d(grid, kernel.read() as tf.Tensor4D, 1, "same");
        return seen.add(this.biases[at]!.read());
      });
      const sum = tf.addN([grid, ...near]).reshape([bags, side * side, width]) as tf.Tensor3D;
      return tf.concat([token, gatherWithin(sum, gridOfCells(mask))], 1);
    });
  }
}
