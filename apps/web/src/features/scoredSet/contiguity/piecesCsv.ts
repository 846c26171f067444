import { csvText } from "@/lib/csv";
import { basisCells, basisHead, type SetModel } from "../model.ts";
import type { PieceBoard } from "./pieces.ts";

export const piecesCsv = ({ arms, convention }: PieceBoard, model: SetModel): string =>
  csvText(
    [
      ...["arm", "seeds", "items", "dice", "pieces", "truth_pieces", "specks", "false_pieces", "holes"],
      ...["largest_share", ...basisHead, "convention"],
    ],
    arms.map(({ arm, seeds, items, dice, pieces, truthPieces, specks, falsePieces, holes, largestShare }) => [
      ...[arm, seeds, items, dice, pieces, truthPieces, specks, falsePieces, holes, largestShare],
      ...basisCells(model),
      convention,
    ]),
  );

/** One row per arm and state; the candidates' validation Dice below. */
export const processedCsv = ({ postProcessing }: PieceBoard, model: SetModel): string =>
  csvText(
    [
      ...["arm", "state", "post_processing", "dice", "pieces", "holes", "largest_share"],
      ...["difference", "low", "high", "verdict", ...basisHead],
    ],
    postProcessing.flatMap(({ arm, choice, before, after, difference, candidates }) => [
      [
        ...[arm, "before", "none", before.dice, before.pieces, before.holes, before.largestShare],
        ...[null, null, null, null, ...basisCells(model)],
      ],
      ...(after
        ? [
            [
              ...[arm, "after", choice?.text, after.dice, after.pieces, after.holes, after.largestShare],
              ...[difference?.estimate, difference?.low, difference?.high, difference?.verdict?.toLowerCase()],
              ...basisCells(model),
            ],
          ]
        : []),
      ...candidates.map(({ text, validationDice }) => [
        ...[arm, "candidate", text, validationDice, null, null, null, null, null, null, null],
        ...["validation", model.labelVersion],
      ]),
    ]),
  );
