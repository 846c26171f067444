/** @file The architectures of models of bags: many tiles of one slide, one label for all of them. */

export const attentions = ["plain", "gated"] as const;
export const bagPoolings = ["max", "mean", "topK"] as const;
export const tileConvolutions = ["none", "lenet"] as const;

interface BagModel {
  /** Length of a tile's feature vector. */
  readonly features: number;
  /** Number of logits. */
  readonly classes: number;
  /** Of tiles whose features are pixels (src/domain/bags/tilePicture.ts), before the encoder and trained with it; absent is none. */
  readonly convolution?: (typeof tileConvolutions)[number];
  /** Widths of the layers with ReLU that every tile passes first; none: the model works on the features. */
  readonly encoder: readonly number[];
  /** Share that is dropped in training after each of them, or of the features where there is none; 0 is off. */
  readonly dropout: number;
}

/** How the tiles of a bag become one value. */
interface Pooled {
  /** topK: the mean of the k largest, of each class or each feature. */
  readonly pooling: (typeof bagPoolings)[number];
  /** Of topK; a bag of fewer tiles takes all. */
  readonly k?: number;
}

/** Tiles are classified, and their scores pooled. */
export interface InstanceMilModel extends BagModel, Pooled {
  readonly family: "instanceMil";
}

/** Tiles are pooled, and the bag's vector classified. */
export interface EmbeddingMilModel extends BagModel, Pooled {
  readonly family: "embeddingMil";
}

/** The bag's vector is a mean weighted by a learned attention. */
export interface AttentionMilModel extends BagModel {
  readonly family: "attentionMil";
  /** Width of the attention's hidden layer. */
  readonly hidden: number;
  readonly attention: (typeof attentions)[number];
}

/** Every tile learns its bag's label, and the bag's score is the mean of the tiles' scores. */
export interface TileLabelMilModel extends BagModel {
  readonly family: "tileLabelMil";
}

/** Tiles and a class token attend to each other. The encoder's last width is that of the tokens. */
export interface TransformerMilModel extends BagModel {
  readonly family: "transformerMil";
  /** The tokens' width divides by them. */
  readonly heads: number;
  /** Of the Nyström approximation; null: exact attention, whose memory grows with the square of the tiles. */
  readonly landmarks: number | null;
}

/** Tiles weigh by their likeness to the most telling one. */
export interface DualStreamMilModel extends BagModel {
  readonly family: "dualStreamMil";
  /** Width of the queries. */
  readonly hidden: number;
}

export type MilModel =
  | TileLabelMilModel
  | InstanceMilModel
  | EmbeddingMilModel
  | AttentionMilModel
  | DualStreamMilModel
  | TransformerMilModel;

export const attentionMilDefaults: AttentionMilModel = {
  family: "attentionMil",
  features: 512,
  classes: 2,
  encoder: [256],
  hidden: 128,
  attention: "gated",
  dropout: 0,
};
