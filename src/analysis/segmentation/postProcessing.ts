/**
 * @file What dropping pieces and filling holes would do to a prediction, from its stored pieces and holes, without its pixels.
 *
 * In this order: pieces below the smallest size are dropped, then all but the largest, then the holes of what is left are
 * filled with all that lies in them. A dropped piece opens its own holes to what is around it, so nothing else changes.
 */
import type { PredictionMeasures } from "@tessera/domain/measures";
import { diceOfCounts, meanScore } from "../dice.ts";
import { largestShare } from "./contiguity.ts";
import type { ClassCounts, PredictionFacts } from "./itemFacts.ts";

export interface PostProcessing {
  /** Of pieces of one size the first in reading order is the largest. */
  readonly keep: "all" | "largest";
  /** Smaller pieces are dropped; pixels of the square that was scored. */
  readonly minPixels: number;
  readonly fillHoles: boolean;
}

export interface PostProcessed {
  readonly counts: ClassCounts;
  readonly pieces: number;
  readonly holes: number;
  /** Null for an empty prediction. */
  readonly largestShare: number | null;
}

export const asPredicted: PostProcessing = { keep: "all", minPixels: 0, fillHoles: false };

/** What a choice is made from: the simplest first, which wins a tie. */
export const candidates: readonly PostProcessing[] = [false, true].flatMap((fillHoles) => [
  { keep: "all" as const, minPixels: 0, fillHoles },
  { keep: "largest" as const, minPixels: 0, fillHoles },
  ...[10, 30, 100].map((minPixels) => ({ keep: "all" as const, minPixels, fillHoles })),
]);

/** "largest piece, holes filled" */
export function postProcessingText({ keep, minPixels, fillHoles }: PostProcessing): string {
  const steps = [
    ...(keep === "largest" ? ["largest piece"] : []),
    ...(minPixels > 0 ? [`pieces from ${minPixels} pixels`] : []),
    ...(fillHoles ? ["holes filled"] : []),
  ];
  return steps.length === 0 ? "as predicted" : steps.join(", ");
}

/** Counts and contiguity after it, exactly as if it had been done to the pixels. */
export function postProcessed(
  { topology, overlaps, holeTruth }: Pick<PredictionMeasures, "topology" | "overlaps" | "holeTruth">,
  counts: ClassCounts,
  choice: PostProcessing,
): PostProcessed {
  const { pieces, inHole, holes, ofPiece } = topology;
  const kept = keptPieces(pieces, choice);
  // The piece that a piece becomes part of, -1 for none: with filled holes the outermost kept one around it, which comes first.
  const owner: number[] = [];
  for (let piece = 0; piece < pieces.length; piece++) {
    const hole = inHole[piece]!;
    const around = hole === -1 || !choice.fillHoles ? -1 : owner[ofPiece[hole]!]!;
    owner.push(around !== -1 ? around : kept[piece] ? piece : -1);
  }
  const pixels = new Map<number, number>();
  let truePositives = 0;
  const add = (part: number, size: number) => {
    if (part !== -1) pixels.set(part, (pixels.get(part) ?? 0) + size);
  };
  pieces.forEach((size, piece) => {
    add(owner[piece]!, size);
  });
  for (const [, piece, shared] of overlaps) if (owner[piece] !== -1) truePositives += shared;
  if (choice.fillHoles) {
    holes.forEach((size, hole) => {
      const part = owner[ofPiece[hole]!]!;
      add(part, size);
      if (part !== -1) truePositives += holeTruth[hole]!;
    });
  }
  const sizes = [...pixels.values()];
  const predicted = sizes.reduce((sum, size) => sum + size, 0);
  const negatives = counts.falsePositives + counts.trueNegatives;
  return {
    counts: {
      truePositives,
      falsePositives: predicted - truePositives,
      falseNegatives: counts.truePositives + counts.falseNegatives - truePositives,
      trueNegatives: negatives - (predicted - truePositives),
    },
    pieces: sizes.length,
    holes: choice.fillHoles ? 0 : ofPiece.filter((piece) => kept[piece]).length,
    largestShare: largestShare(sizes),
  };
}

function keptPieces(pieces: readonly number[], { keep, minPixels }: PostProcessing): boolean[] {
  const enough = pieces.map((size) => size >= minPixels);
  if (keep === "all") return enough;
  const most = pieces.reduce((most, size) => Math.max(most, size), 0);
  const largest = pieces.indexOf(most);
  return enough.map((each, piece) => each && piece === largest);
}

export interface PostProcessingChoice {
  readonly choice: PostProcessing;
  /** Every candidate's mean Dice on the validation items, in the order given; null where none is defined. */
  readonly candidates: readonly {
    readonly choice: PostProcessing;
    readonly text: string;
    readonly dice: number | null;
  }[];
}

/**
 * The candidate with the highest mean Dice on validation items (foreground class, both empty = undefined); the first of equals.
 * @param items per item its classes, of all runs that share the choice
 */
export function chooseOnValidation(
  items: readonly (readonly PredictionFacts[])[],
  among: readonly PostProcessing[] = candidates,
): PostProcessingChoice {
  const tried = among.map((choice) => {
    const scores = items.map(
      (classes) =>
        meanScore(
          classes.map(({ prediction, counts }) => diceOfCounts(postProcessed(prediction, counts, choice).counts)),
        ).mean,
    );
    return { choice, text: postProcessingText(choice), dice: meanScore(scores).mean };
  });
  const best = tried.reduce((best, each) => ((each.dice ?? -1) > (best.dice ?? -1) ? each : best));
  return { choice: best.choice, candidates: tried };
}
