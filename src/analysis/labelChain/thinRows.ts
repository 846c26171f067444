/** @file Rows (or columns) that too few items speak of: where the promise of an interval falls short, and is not to fall short silently. */
import type { StageSample } from "@tessera/domain/labelChain/chain";
import { transposed } from "./matrices.ts";

/** Below it, intervals cover 92 to 98 % rather than 93 to 97 % (docs/statistics.md). */
export const fewItems = 30;

export interface ThinRow {
  readonly stage: number;
  /** Of the class before, or after where the sample was chosen by it. */
  readonly classIndex: number;
  /** As many independent items as tell as much. */
  readonly items: number;
}

/** @param samples one per stage */
export function thinRows(samples: readonly StageSample[]): ThinRow[] {
  return samples.flatMap(({ counts, chosenBy, designEffects }, stage) =>
    (chosenBy === "before" ? counts : transposed(counts)).flatMap((row, classIndex) => {
      const items = row.reduce((sum, each) => sum + each, 0) / (designEffects?.[classIndex] ?? 1);
      return items < fewItems ? [{ stage, classIndex, items }] : [];
    }),
  );
}
