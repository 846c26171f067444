/** @file Items by thirds of their region's size: what a mean over all sizes hides. */
import type { ResultRow } from "@tessera/client/client";

export interface Tercile {
  readonly label: "small" | "middle" | "large";
  /** Shares of the image, of its smallest and largest region. */
  readonly from: number;
  readonly to: number;
  readonly items: ReadonlySet<string>;
}

/** Items without a region have no size and are in none. */
export function terciles(rows: readonly ResultRow[]): Tercile[] {
  const shares = new Map(
    rows.flatMap(({ item, regionShare }) => (regionShare > 0 ? [[item, regionShare] as const] : [])),
  );
  const sorted = [...shares].sort(([, a], [, b]) => a - b);
  return (["small", "middle", "large"] as const).map((label, third) => {
    const part = sorted.slice(Math.floor((third * sorted.length) / 3), Math.floor(((third + 1) * sorted.length) / 3));
    return { label, from: part[0]?.[1] ?? 0, to: part.at(-1)?.[1] ?? 0, items: new Set(part.map(([item]) => item)) };
  });
}
