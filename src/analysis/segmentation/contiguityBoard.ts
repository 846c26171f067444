/** @file Contiguity of every arm beside its Dice, and the predictions that are most in pieces. */
import { armScore } from "../armScore.ts";
import { diceOfCounts, meanScore, type PixelCounts } from "../dice.ts";
import { type Contiguity, speckShare } from "./contiguity.ts";
import { type ArmOf, scoredArm } from "./itemFacts.ts";

export const contiguityConvention = `per item, then the mean over items, averaged over seeds; pieces are 8-connected foreground, holes 4-connected background inside a piece; a speck has less than ${speckShare * 100} % of the predicted pixels, a false piece no pixel of truth; the largest piece's share of an empty prediction is undefined, as is Dice where both are empty; post-processing is chosen by mean Dice on the validation fold of the same runs, one choice per arm`;

/** A prediction of one class of one item, and its `contiguity`. */
export interface PiecesFacts {
  readonly counts: PixelCounts;
  readonly contiguity: Contiguity;
}

/** Means over items, averaged over seeds; of several classes per item their mean. Null without a scored item. */
export interface ContiguityArm extends Readonly<Record<keyof Contiguity | "dice", number | null>> {
  readonly arm: string;
  /** Runs with a prediction, and items that are in every one of them. */
  readonly seeds: number;
  readonly items: number;
}

export interface ContiguityItem {
  readonly itemId: string;
  readonly arm: string;
  readonly seed: number;
  /** Of all classes asked for. */
  readonly pieces: number;
  readonly truthPieces: number;
  readonly holes: number;
  /** The lowest of the classes; null for an empty prediction. */
  readonly largestShare: number | null;
  readonly dice: number | null;
}

export function contiguityArm(arm: ArmOf<PiecesFacts>): ContiguityArm {
  const mean = (score: (facts: PiecesFacts) => number | null) => armScore(scoredArm(arm, score)).mean;
  const { seeds, items } = armScore(scoredArm(arm, (facts) => facts.contiguity.pieces));
  return {
    arm: arm.name,
    seeds,
    items,
    pieces: mean((facts) => facts.contiguity.pieces),
    truthPieces: mean((facts) => facts.contiguity.truthPieces),
    holes: mean((facts) => facts.contiguity.holes),
    largestShare: mean((facts) => facts.contiguity.largestShare),
    specks: mean((facts) => facts.contiguity.specks),
    falsePieces: mean((facts) => facts.contiguity.falsePieces),
    splitPieces: mean((facts) => facts.contiguity.splitPieces),
    dice: mean(({ counts }) => diceOfCounts(counts)),
  };
}

/**
 * Worst first: by pieces more than the truth has, with holes; of equals, by the smaller share in the largest piece. Predictions
 * without such an excess are left out.
 */
export function contiguityGallery(arms: readonly ArmOf<PiecesFacts>[], most = 24): ContiguityItem[] {
  const all = arms.flatMap(({ name, runs }) =>
    runs.flatMap(({ seed, items }) => [...items].map(([itemId, classes]) => itemOf(itemId, name, seed, classes))),
  );
  const excess = ({ pieces, truthPieces, holes }: ContiguityItem) => Math.max(0, pieces - truthPieces) + holes;
  return all
    .filter((item) => excess(item) > 0)
    .sort((a, b) => excess(b) - excess(a) || (a.largestShare ?? 1) - (b.largestShare ?? 1))
    .slice(0, most);
}

function itemOf(itemId: string, arm: string, seed: number, classes: readonly PiecesFacts[]): ContiguityItem {
  const each = classes.map((facts) => facts.contiguity);
  const total = (key: "pieces" | "truthPieces" | "holes") => each.reduce((sum, one) => sum + one[key], 0);
  const shares = each.flatMap((one) => one.largestShare ?? []);
  return {
    itemId,
    arm,
    seed,
    pieces: total("pieces"),
    truthPieces: total("truthPieces"),
    holes: total("holes"),
    largestShare: shares.length === 0 ? null : Math.min(...shares),
    dice: meanScore(classes.map(({ counts }) => diceOfCounts(counts))).mean,
  };
}
