/** @file The numbers of the board of contiguity, as its charts take them, and what they say. */
import type { ContiguityFieldsFragment } from "@/gql/graphql";
import { isNumber, score, undefinedText } from "@/lib/format";
import type { DotPanel } from "../plot/dotPanels.ts";

export type PieceBoard = ContiguityFieldsFragment["contiguity"];
export type PieceArm = PieceBoard["arms"][number];
export type Processed = PieceBoard["postProcessing"][number];

type Maybe = number | null | undefined;

export const pieceCount = (value: Maybe): string => (isNumber(value) ? value.toFixed(2) : undefinedText);

const fromZero = [0, Number.POSITIVE_INFINITY] as const;
const shares = [0, 1] as const;

/** Dice first, then what it does not see. */
export function piecePanels(arms: readonly PieceArm[]): DotPanel[] {
  const panel = (
    key: "dice" | "pieces" | "specks" | "falsePieces" | "holes" | "largestShare",
    title: string,
    rest: Pick<DotPanel, "higherIsBetter" | "text" | "bounds">,
    target: (arm: PieceArm) => Maybe = () => null,
  ): DotPanel => ({
    key,
    title,
    ...rest,
    rows: arms.map((arm) => ({ arm: arm.arm, mean: arm[key], target: target(arm) })),
  });
  const few = { higherIsBetter: false, text: pieceCount, bounds: fromZero };
  return [
    panel("dice", "Dice", { higherIsBetter: true, text: score, bounds: shares }),
    panel("pieces", "Pieces (upright bar: truth)", { ...few, higherIsBetter: null }, (arm) => arm.truthPieces),
    panel("largestShare", "Share of the largest piece", { higherIsBetter: null, text: score, bounds: shares }),
    panel("specks", "Specks", few),
    panel("falsePieces", "False pieces", few),
    panel("holes", "Holes", few),
  ];
}

/** "A and B differ by 0.004 Dice, and by 3.10 pieces an item: 1.20 against 4.30, in truth 1.05." */
export function pieceSentence(arms: readonly PieceArm[]): string {
  const known = arms.filter((arm) => isNumber(arm.pieces) && isNumber(arm.dice));
  const [one] = known;
  if (!one) return "No prediction is measured yet.";
  const ordered = known.toSorted((a, b) => (a.pieces ?? 0) - (b.pieces ?? 0));
  const [least, most] = [ordered[0]!, ordered.at(-1)!];
  if (least === most) {
    return `${one.arm} predicts ${pieceCount(one.pieces)} pieces an item; in truth there are ${pieceCount(one.truthPieces)}.`;
  }
  const dice = Math.abs((least.dice ?? 0) - (most.dice ?? 0));
  return `${least.arm} and ${most.arm} differ by ${score(dice)} Dice; one predicts ${pieceCount(least.pieces)} pieces an item, the other ${pieceCount(most.pieces)}, and in truth there are ${pieceCount(most.truthPieces)}.`;
}
