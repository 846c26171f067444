/** @file Contiguity of every arm beside its Dice, and the predictions that are most in pieces. */
import { armScore } from "../armScore.ts";
import { diceOfCounts, meanScore } from "../dice.ts";
import { type Contiguity, contiguity } from "./contiguity.ts";
import { type ArmOf, type ItemFacts, scoredArm } from "./itemFacts.ts";

/** Means over items, averaged over seeds; of several classes per item their mean. Null without a scored item. */
export interface ContiguityArm extends Readonly<Record<keyof Contiguity | "dice", number | null>> {
  readonly arm: string;
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

const found = ({ truth, prediction }: ItemFacts) => contiguity(truth.topology, prediction);

export function contiguityArm(arm: ArmOf<ItemFacts>): ContiguityArm {
  const mean = (score: (facts: ItemFacts) => number | null) => armScore(scoredArm(arm, score)).mean;
  return {
    arm: arm.name,
    pieces: mean((facts) => found(facts).pieces),
    truthPieces: mean((facts) => found(facts).truthPieces),
    holes: mean((facts) => found(facts).holes),
    largestShare: mean((facts) => found(facts).largestShare),
    specks: mean((facts) => found(facts).specks),
    falsePieces: mean((facts) => found(facts).falsePieces),
    splitPieces: mean((facts) => found(facts).splitPieces),
    dice: mean(({ counts }) => diceOfCounts(counts)),
  };
}

/**
 * Worst first: by pieces more than the truth has, with holes; of equals, by the smaller share in the largest piece. Predictions
 * without such an excess are left out.
 */
export function contiguityGallery(arms: readonly ArmOf<ItemFacts>[], most = 24): ContiguityItem[] {
  const all = arms.flatMap(({ name, runs }) =>
    runs.flatMap(({ seed, items }) => [...items].map(([itemId, classes]) => itemOf(itemId, name, seed, classes))),
  );
  const excess = ({ pieces, truthPieces, holes }: ContiguityItem) => Math.max(0, pieces - truthPieces) + holes;
  return all
    .filter((item) => excess(item) > 0)
    .sort((a, b) => excess(b) - excess(a) || (a.largestShare ?? 1) - (b.largestShare ?? 1))
    .slice(0, most);
}

function itemOf(itemId: string, arm: string, seed: number, classes: readonly ItemFacts[]): ContiguityItem {
  const each = classes.map(found);
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
