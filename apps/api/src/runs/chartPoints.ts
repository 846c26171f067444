/** @file A series as a chart draws it. */
import { downsample } from "@tessera/analysis/downsample";
import { DomainError } from "@tessera/domain/errors";
import type { SeriesPoints } from "./seriesPoints.type.ts";

export interface LoadedPoints {
  readonly series: string;
  readonly steps: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

const fewest = 4; // M4 keeps up to four points of each pixel column: first, lowest, highest, last
const most = 20_000;

/** @throws DomainError BAD_INPUT outside 4 to 20,000. */
export function checkedMaxPoints(maxPoints: number | null): number | null {
  if (maxPoints === null || maxPoints === undefined || (maxPoints >= fewest && maxPoints <= most))
    return maxPoints ?? null;
  throw new DomainError("BAD_INPUT", `maxPoints: expected ${fewest} to ${most}, got ${maxPoints}`, {
    field: "maxPoints",
  });
}

const mostNames = 200;

/** Each name once; null for all series. @throws DomainError BAD_INPUT above 200 names */
export function checkedNames(series: readonly string[] | null): string[] | null {
  const names = series === null || series === undefined ? null : [...new Set(series)];
  if (names === null || names.length <= mostNames) return names;
  throw new DomainError("BAD_INPUT", `series: expected at most ${mostNames} names, got ${names.length}; ask in parts`, {
    field: "series",
  });
}

export function chartPoints({ series, steps, values }: LoadedPoints, maxPoints: number | null): SeriesPoints {
  const kept =
    maxPoints === null || steps.length <= maxPoints
      ? { steps, values }
      : downsample({ steps, values }, Math.floor(maxPoints / fewest));
  return {
    series,
    steps: Array.from(kept.steps),
    values: Array.from(kept.values, (value) => (Number.isFinite(value) ? value : null)),
  };
}
