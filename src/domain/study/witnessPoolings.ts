/** @file The poolings that a witness-rate study offers, each as changes of a base configuration of bags, from what asks least of a bag on. */
import type { NamedChanges } from "./witnessStudy.ts";

const model = (changes: Readonly<Record<string, unknown>>) => ({ changes: { model: changes } });

/** Widths and depths that papers give (Ilse et al. 2018, Li et al. 2021, Shao et al. 2021); encoder and dropout are the base's. */
export const witnessPoolings: readonly NamedChanges[] = [
  { name: "slide label on tiles", ...model({ family: "tileLabelMil" }) },
  { name: "instance mean", ...model({ family: "instanceMil", pooling: "mean" }) },
  { name: "instance max", ...model({ family: "instanceMil", pooling: "max" }) },
  { name: "instance top 5", ...model({ family: "instanceMil", pooling: "topK", k: 5 }) },
  { name: "embedding mean", ...model({ family: "embeddingMil", pooling: "mean" }) },
  { name: "embedding max", ...model({ family: "embeddingMil", pooling: "max" }) },
  { name: "attention", ...model({ family: "attentionMil", attention: "plain", hidden: 128 }) },
  { name: "gated attention", ...model({ family: "attentionMil", attention: "gated", hidden: 128 }) },
  { name: "DSMIL", ...model({ family: "dualStreamMil", hidden: 128 }) },
  { name: "TransMIL", ...model({ family: "transformerMil", heads: 8, landmarks: 128 }) },
];
