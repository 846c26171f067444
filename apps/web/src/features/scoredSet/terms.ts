/** @file What a term of these boards means, in a line. */
export const terms = {
  Dice: "Twice the shared pixels over the pixels of both masks: 1 where they agree, 0 where they share none.",
  "per item":
    "Dice of each item first, then the mean over items: every item weighs the same, however small its region.",
  pooled: "The pixels of all items are counted together, then one Dice: large regions weigh most.",
  background:
    "Whether the background counts as a class of its own. It is nearly all of the image, so its Dice is near 1.",
  "both empty": "An item without region for which nothing is predicted: left undefined, or counted as 0, or as 1.",
  threshold: "The probability from which a pixel counts as foreground.",
  "one pixel off":
    "The Dice of the item's own truth moved by one pixel: what the smallest visible error costs at this size.",
  "outline error":
    "Equivalent boundary error: how many pixels the truth's outline must be off to score what the prediction scores.",
  "reader ceiling": "Dice between two readers of the same item: more than that cannot be told from their disagreement.",
  pieces: "Connected regions; pixels that touch at a corner are one piece.",
  specks: "Predicted pieces that hold less than 5 % of the predicted pixels.",
  "false pieces": "Predicted pieces without a single pixel of truth.",
  holes: "Background inside a piece, closed off from the image's border.",
  "largest piece": "Share of the predicted pixels that lie in the largest piece; 1 is one whole region.",
} as const satisfies Record<string, string>;

export type Term = keyof typeof terms;
