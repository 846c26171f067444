/** @file The board of Dice against region size. */
import { diceOfCounts } from "@tessera/analysis/dice";
import { regionSizeConvention, regionSizes } from "@tessera/analysis/segmentation/regionSizeBoard";
import { chosenOf, isCounted, type SetFacts } from "./facts.ts";
import type { RegionSizeBoard } from "./regionSizeBoard.type.ts";

export function assembleRegionSizes({ truths, arms }: SetFacts, classIndex: number): RegionSizeBoard {
  const sized = truths
    .filter((truth) => truth.classIndex === classIndex)
    .map(({ itemId, itemName, regionShare, pixels, profile }) => ({
      itemId,
      itemName,
      regionShare,
      pixels,
      curves: profile?.errorCurves ?? null,
      readers: profile?.readers.map(({ dice }) => dice) ?? [],
    }));
  const scored = chosenOf(arms, classIndex, isCounted).map(({ name, runs }) => ({
    name,
    runs: runs.map(({ seed, items }) => {
      const rows = [...items].map(([id, [only]]) => [id, only!] as const);
      return {
        seed,
        dice: new Map(rows.map(([id, { counts }]) => [id, diceOfCounts(counts)])),
        errors: new Map(rows.flatMap(([id, { measured }]) => (measured ? [[id, measured.error] as const] : []))),
      };
    }),
  }));
  return { convention: regionSizeConvention, ...regionSizes(sized, scored) };
}
