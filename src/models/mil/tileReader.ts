/**
 * @file What the tiles of one bag weigh (attention) and say (scores), by family: a step over tiles, and plain numbers made of its rows.
 *
 *   attentionMil      attention a_k = softmax over tiles; contribution a_k w_c·h_k, whose sum over tiles and bias b_c is the bag's logit
 *   dualStreamMil     attention of each class, to its critical tile; score: the instance stream's
 *   transformerMil    attention of the class token in the second layer, mean over heads, a tile's cells added; no score
 *   instanceMil, embeddingMil, tileLabelMil   score: what the head says of the tile alone; no attention
 *
 * A score of a class is a difference, as one logit of a softmax says nothing by itself: of a tile alone the log-odds of the class; of a
 * contribution, which is linear, the logit less the mean of the others'. Where classes do not exclude each other both are the logit.
 *
 * Sources: Ilse, Tomczak & Welling 2018, arXiv:1802.04712; Li, Li & Eliceiri 2021, arXiv:2011.08939; Shao et al. 2021, arXiv:2106.00908;
 * contributions as Javed et al. 2022, arXiv:2206.01794, differing in that here the head is linear and nothing else is trained for them.
 */
import * as tf from "@tensorflow/tfjs";
import type { MilModel } from "@tessera/domain/configuration/mil";
import type { TileMapKind, TileScore } from "@tessera/domain/inspections/tileMaps";
import type { TileAttention } from "../layers/attentionPooling.ts";
import { squareSide } from "../layers/bagSquare.ts";
import type { TokenAttention } from "../layers/tokenAttention.ts";
import { encoderOf } from "./partOfBag.ts";
import { highest, likenessTo, logOdds, margin, type Rows, scoresOf, softmax, type TileValues } from "./tileValues.ts";

export interface TileReader {
  /** Whether rows of tiles do not depend on other tiles, so that a bag can go through in parts. */
  readonly inParts: boolean;
  readonly score: TileScore | null;
  /** Why there is no map of a kind; null: there is. */
  readonly missing: Readonly<Record<TileMapKind, string | null>>;
  /**
   * The weights are read when it is called.
   * @param tiles [1, t, features], scaled as in training. @param mask [1, t]. @returns [t, n] each, or of a transformer [1 + side², 1]
   */
  read(tiles: tf.Tensor3D, mask: tf.Tensor2D): tf.Tensor2D[];
  /** @param rows what `read` gave, of all tiles in their order; rows beyond them are padding */
  maps(rows: readonly Rows[], tiles: number): TileValues[];
}

type Architecture = MilModel & { readonly exclusive: boolean };

/** @param model built by `milModel` from `architecture` */
export function tileReader(model: tf.LayersModel, architecture: Architecture): TileReader {
  switch (architecture.family) {
    case "attentionMil":
      return attentionReader(model, architecture);
    case "dualStreamMil":
      return dualStreamReader(model, architecture);
    case "transformerMil":
      return transformerReader(model);
    default:
      return headReader(model, architecture);
  }
}

const noAttention =
  "No learnt attention weighs this model's tiles: its pooling takes all alike, or those with the highest values. See the scores.";
const noScore =
  "This model's head has learnt from the class token alone, so what it would say of a tile's token means nothing. See the attention.";

function headReader(model: tf.LayersModel, architecture: Architecture): TileReader {
  const encode = encoderOf(model, architecture);
  return {
    inParts: true,
    score: "tileAlone",
    missing: { attention: noAttention, score: null },
    read: (tiles) => tf.tidy(() => [flat(model.getLayer("head").apply(encode(tiles)) as tf.Tensor3D)]),
    maps: ([logits], tiles) => scoresOf(logits!, tiles, logOdds(architecture.exclusive)),
  };
}

function attentionReader(model: tf.LayersModel, architecture: Architecture): TileReader {
  const encode = encoderOf(model, architecture);
  const attention = model.getLayer("attention") as unknown as TileAttention;
  const head = (x: tf.Tensor) => model.getLayer("head").apply(x) as tf.Tensor2D;
  return {
    inParts: true,
    score: "contribution",
    missing: { attention: null, score: null },
    read: (tiles) =>
      tf.tidy(() => {
        const encoded = encode(tiles);
        const rows = flat(encoded); //                                              [t, width]
        const bias = head(tf.zeros([1, rows.shape[1]])); //                         [1, classes]
        return [attention.scores(encoded).reshape([-1, 1]), head(rows).sub(bias)] as tf.Tensor2D[];
      }),
    maps: ([scores, logits], tiles) => {
      const weights = softmax(scores!.values.subarray(0, tiles));
      const contribution = margin(architecture.exclusive);
      return [
        { kind: "attention", classIndex: null, values: weights },
        ...scoresOf(logits!, tiles, (row, index, tile) => weights[tile]! * contribution(row, index)),
      ];
    },
  };
}

function dualStreamReader(model: tf.LayersModel, architecture: Architecture): TileReader {
  const encode = encoderOf(model, architecture);
  const layer = (name: string, x: tf.Tensor) => model.getLayer(name).apply(x) as tf.Tensor3D;
  return {
    inParts: true,
    score: "tileAlone",
    missing: { attention: null, score: null },
    read: (tiles) =>
      tf.tidy(() => {
        const encoded = encode(tiles);
        return [flat(layer("instances", encoded)), flat(layer("query/second", layer("query/first", encoded)))];
      }),
    maps: ([logits, queries], tiles) => [
      ...Array.from({ length: logits!.width }, (_, classIndex) => ({
        kind: "attention" as const,
        classIndex,
        values: softmax(likenessTo(queries!, highest(logits!, classIndex, tiles), tiles)),
      })),
      ...scoresOf(logits!, tiles, logOdds(architecture.exclusive)),
    ],
  };
}

function transformerReader(model: tf.LayersModel): TileReader {
  const before = tf.model({ inputs: model.inputs, outputs: model.getLayer("position").output as tf.SymbolicTensor });
  const second = model.getLayer("attention/2") as unknown as TokenAttention;
  return {
    inParts: false,
    score: null,
    missing: { attention: null, score: noScore },
    read: (tiles, mask) =>
      tf.tidy(() => {
        const tokens = before.apply([tiles, mask]) as tf.Tensor3D;
        return [second.classWeights(tokens, mask).mean(1).reshape([-1, 1])] as tf.Tensor2D[];
      }),
    maps: ([weights], tiles) => {
      const values = new Float32Array(tiles);
      // The class token comes first; the square's last cells are the first tiles again.
      for (let cell = 0; cell < squareSide(tiles) ** 2; cell++) values[cell % tiles]! += weights!.values[1 + cell]!;
      return [{ kind: "attention", classIndex: null, values }];
    },
  };
}

const flat = (x: tf.Tensor3D): tf.Tensor2D => x.reshape([-1, x.shape[2]]);
