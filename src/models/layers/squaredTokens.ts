/** @file The tokens of a transformer on a bag: a learned class token, then the bag's tiles as a square. */
import * as tf from "@tensorflow/tfjs";
import { gatherWithin, orderOfTiles, squareSide, tilesOfCells } from "./bagSquare.ts";
import { type LayerVariable, onlyInput } from "./ofLayer.ts";

/** Tokens of bags of so many tiles: one, and the cells of their square. */
export const tokensOf = (tiles: number): number => 1 + squareSide(tiles) ** 2;

/** Inputs: tiles [b, tiles, width]; mask [b, tiles]. Output: [b, 1 + side², width]; weight "token" [width]. */
export class SquaredTokens extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraSquaredTokens";
  }

  private token!: LayerVariable;
  private readonly tokenInitializer: ReturnType<typeof tf.initializers.randomNormal>;

  constructor({ name, tokenInitializer }: { name: string; tokenInitializer: SquaredTokens["tokenInitializer"] }) {
    super({ name });
    this.tokenInitializer = tokenInitializer;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const width = (inputShape as tf.Shape[])[0]!.at(-1)!;
    this.token = this.addWeight("token", [width], "float32", this.tokenInitializer);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, tiles, width] = (inputShape as tf.Shape[])[0]!;
    return [batch!, tiles == null ? null : tokensOf(tiles), width!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tiles, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    const [bags, , width] = tiles.shape;
    return tf.tidy(() => {
      const token = this.token.read().reshape([1, 1, width]).tile([bags, 1, 1]); //            [b, 1, width]
      return tf.concat([token, gatherWithin(tiles, tilesOfCells(mask))], 1);
    });
  }
}

/** Inputs: tokens [b, 1 + side², width]; mask [b, tiles]. Output: [b, tiles, width], each tile's own token. */
export class TokensOfTiles extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraTokensOfTiles";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [tokens, mask] = inputShape as tf.Shape[];
    return [mask![0]!, mask![1]!, tokens![2]!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [tokens, mask] = inputs as [tf.Tensor3D, tf.Tensor2D];
    return tf.tidy(() => gatherWithin(tokens, orderOfTiles(mask).add(1) as tf.Tensor2D));
  }
}

/** [b, tokens, width] -> [b, 1, width], the class token's. */
export class ClassToken extends tf.layers.Layer {
  /** @nocollapse */
  static get className(): string {
    return "TesseraClassToken";
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    const [batch, , width] = inputShape as tf.Shape;
    return [batch!, 1, width!];
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const tokens = onlyInput<tf.Tensor3D>(inputs);
    const [bags, , width] = tokens.shape;
    return tokens.slice([0, 0, 0], [bags, 1, width]);
  }
}
