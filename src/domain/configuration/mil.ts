/** @file The architecture of a model of bags: many tiles of one slide, one label for all of them. */

export const attentions = ["plain", "gated"] as const;

export interface AttentionMilModel {
  readonly family: "attentionMil";
  /** Length of a tile's feature vector. */
  readonly features: number;
  /** Number of logits. */
  readonly classes: number;
  /** Width of the layer with ReLU between features and attention; null: attention works on the features. */
  readonly encoder: number | null;
  /** Width of the attention's hidden layer. */
  readonly hidden: number;
  readonly attention: (typeof attentions)[number];
  /** Share of the encoded features (or of the features, without encoder) that is dropped in training; 0 is off. */
  readonly dropout: number;
}

export const attentionMilDefaults: AttentionMilModel = {
  family: "attentionMil",
  features: 512,
  classes: 2,
  encoder: 256,
  hidden: 128,
  attention: "gated",
  dropout: 0,
};
