/** @file The numbers of the board of region sizes, as its charts take them. */
import type { SizesFieldsFragment } from "@/gql/graphql";
import { isNumber } from "@/lib/format";

export type SizeBoard = SizesFieldsFragment["regionSizes"];
export type SizePoint = SizeBoard["points"][number];
export type SizeStratum = SizeBoard["strata"][number];
export type DroppedCurve = SizesFieldsFragment["droppedPixels"][number];

/** Below as many items a stratum's intervals would be no more than noise; the api gives none. */
export const leastForInterval = 10;

export const errorLines = [
  { pixels: 1, title: "1 px off", of: ({ oneShift }: SizePoint) => oneShift },
  { pixels: 2, title: "2 px off", of: ({ twoShift }: SizePoint) => twoShift },
  { pixels: 3, title: "3 px off", of: ({ threeShift }: SizePoint) => threeShift },
] as const;

export const scoreOf = (point: SizePoint, arm: string) => point.scores.find((score) => score.arm === arm);

export const filledStrata = ({ strata }: SizeBoard): SizeStratum[] => strata.filter((stratum) => stratum.items > 0);

export const errorText = (pixels: number | null | undefined): string =>
  isNumber(pixels) ? `${pixels.toFixed(2)} px` : "undefined";
