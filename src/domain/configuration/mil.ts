/** @file The architectures of models of bags: many tiles of one slide, one label for all of them. */

export const attentions = ["plain", "gated"] as const;
export const bagPoolings = ["max", "mean", "topK"] as const;

interface BagModel {
  /** Length of a tile's feature vector. */
  readonly features: number;
  /** Number of logits. */
  readonly classes: number;
  /** Width of the layer with ReLU that every tile passes first; null: the model works on the features. */
  readonly encoder: number | null;
  /** Share of the encoded features (or of the features, without encoder) that is dropped in training; 0 is off. */
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

/** Tiles weigh by their likeness to the most telling one. */
export interface DualStreamMilModel extends BagModel {
  readonly family: "dualStreamMil";
  /** Width of the queries. */
  readonly hidden: number;
}

export type MilModel = InstanceMilModel | EmbeddingMilModel | AttentionMilModel | DualStreamMilModel;

export const attentionMilDefaults: AttentionMilModel = {
  family: "attentionMil",
  features: 512,
  classes: 2,
  encoder: 256,
  hidden: 128,
  attention: "gated",
  dropout: 0,
};
