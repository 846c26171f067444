/** @file What a set's boards are made of: of every prediction its counts, and the numbers derived from its measures. */
import type { Contiguity } from "@tessera/analysis/segmentation/contiguity";
import type { ArmOf } from "@tessera/analysis/segmentation/itemFacts";
import type { ThresholdedCounts } from "@tessera/analysis/segmentation/thresholds";
import type { TruthProfile } from "@tessera/domain/measures";
import type { ContentCache } from "../comparison/cache.ts";

/** One prediction of one class of one item. */
export interface Scored {
  readonly classIndex: number;
  readonly counts: ThresholdedCounts;
  readonly predictionSha256: string;
  /** In the order of `segmentationMetrics`; NaN where undefined, and before it is measured where counts are not enough. */
  readonly scores: Float64Array;
  /** Null before it is measured. */
  readonly measured: Measured | null;
}

export interface Measured {
  readonly truth: TruthProfile;
  readonly contiguity: Contiguity;
}

/** One class of one item, the same for every run. */
export interface Truth {
  readonly itemId: string;
  readonly itemName: string;
  readonly classIndex: number;
  /** Of the origin's pixels. */
  readonly regionShare: number;
  /** Of the square. */
  readonly pixels: number;
  /** Null before it is measured. */
  readonly profile: TruthProfile | null;
}

export interface SetFacts {
  /** By item name, class. */
  readonly truths: readonly Truth[];
  /** Items that some run has scored. */
  readonly items: number;
  /** In the set's order; of every item its classes, by classIndex. */
  readonly arms: readonly ArmOf<Scored>[];
  /** Boards made of these facts, kept as long as they are. */
  readonly boards: ContentCache<object>;
}

/** @param content the board's name, and everything else but the facts that it is made of, as JSON */
export const boardOf = <Board extends object>(
  { boards }: SetFacts,
  content: readonly [name: string, ...unknown[]],
  make: () => Board | Promise<Board>,
): Promise<Board> => boards.get(content, async () => make()) as Promise<Board>;

/**
 * Of every item the predictions of one class, or of all. Items where one of them is not `usable` are left out, and runs that
 * have no other: they have no score yet.
 * @param classIndex null: all
 */
export function chosenOf<Usable extends Scored>(
  arms: readonly ArmOf<Scored>[],
  classIndex: number | null,
  usable: (scored: Scored) => scored is Usable,
): ArmOf<Usable>[] {
  const chosen = (items: ReadonlyMap<string, readonly Scored[]>) =>
    new Map(
      [...items].flatMap(([id, classes]) => {
        const asked = classIndex === null ? classes : classes.filter((each) => each.classIndex === classIndex);
        return asked.length > 0 && asked.every(usable) ? [[id, asked] as const] : [];
      }),
    );
  return arms.map(({ name, runs }) => ({
    name,
    runs: runs.map(({ seed, items }) => ({ seed, items: chosen(items) })).filter(({ items }) => items.size > 0),
  }));
}

export type MeasuredPrediction = Scored & { readonly measured: Measured };

export const isMeasured = (scored: Scored): scored is MeasuredPrediction => scored.measured !== null;
export const isCounted = (_scored: Scored): _scored is Scored => true;
