/** @file What an answer about memory says, in words, points and rows. */
import type { BagMemoryAnswerQuery } from "@/gql/graphql";
import { csvText } from "@/lib/csv";
import { bytes, plural } from "@/lib/format";

export type Answer = NonNullable<NonNullable<BagMemoryAnswerQuery["inspection"]>["bagMemory"]>;

/** Whether the run's largest bag fits, and the largest that does. */
export function sentenceOf({ largestThatFits, largestBag, limitBytes, bagsAtOnce }: Answer): string {
  const at = bagsAtOnce === 1 ? "one bag" : `${bagsAtOnce} bags`;
  if (largestThatFits === null) return `Not even ${at} of one tile fits into ${bytes(limitBytes)}.`;
  const own =
    largestBag <= largestThatFits
      ? `The run’s largest has ${plural(largestBag, "tile")}, so all of every bag can be trained on`
      : `The run’s largest has ${plural(largestBag, "tile")}: draw at most ${plural(largestThatFits, "tile")} of it (bag.tiles)`;
  return `With ${at} in a step, bags of up to ${plural(largestThatFits, "tile")} fit into ${bytes(limitBytes)}. ${own}.`;
}

/** By how much the plan is above what was measured, at most; null: nothing was measured. */
export function roomOf({ sizes }: Answer): number | null {
  const rooms = sizes.flatMap(({ predictedBytes, measuredBytes }) =>
    measuredBytes === null ? [] : [predictedBytes / measuredBytes - 1],
  );
  return rooms.length === 0 ? null : Math.max(...rooms);
}

const steps = 60;

/** Bag sizes to ask the chance of, rising, at about equal ratios from 1 to all; `also` among them. */
export function drawnSizes(tiles: number, also: readonly number[] = []): number[] {
  const ratio = tiles ** (1 / steps);
  const even = Array.from({ length: steps + 1 }, (_, i) => Math.min(tiles, Math.round(ratio ** i)));
  return [...new Set([...even, ...also.map((size) => Math.min(tiles, size))])].sort((a, b) => a - b);
}

/** 1, 2, 5, 10, … within [low, high], or powers of ten alone where they would be more than `most`. */
export function sizeTicks(low: number, high: number, most: number): number[] {
  const of = (steps: readonly number[]) =>
    Array.from({ length: 8 }, (_, power) => steps.map((step) => step * 10 ** power))
      .flat()
      .filter((tick) => tick >= low && tick <= high);
  const all = of([1, 2, 5]);
  return all.length <= most ? all : of([1]);
}

export const memoryCsv = ({ sizes }: Answer): string =>
  csvText(
    ["tiles", "predicted_bytes", "measured_bytes"],
    sizes.map(({ tiles, predictedBytes, measuredBytes }) => [tiles, predictedBytes, measuredBytes]),
  );
