/** @file Small multiples of what dropped pixels cost: one panel per score, one line per placement, one scale of shares. */
import { isNumber } from "@/lib/format";
import { paddedRange, type Range } from "../plot/scale.ts";
import type { DroppedCurve } from "./sizes.ts";

export const placementLooks = [
  { placement: "inside", title: "missed inside", color: "var(--mantine-color-anchor)", dash: undefined },
  { placement: "near", title: "dropped near", color: "var(--stamp)", dash: "6 3" },
  { placement: "far", title: "dropped far", color: "var(--mantine-color-text)", dash: "2 3" },
] as const;

export const droppedScores = [
  { key: "dice", title: "Dice", better: "higher is better", bounds: [0, 1] },
  { key: "hd95", title: "HD95, px", better: "lower is better", bounds: [0, Number.POSITIVE_INFINITY] },
  { key: "assd", title: "ASSD, px", better: "lower is better", bounds: [0, Number.POSITIVE_INFINITY] },
  { key: "nsd", title: "NSD within 1 px", better: "higher is better", bounds: [0, 1] },
] as const satisfies readonly { key: keyof DroppedCurve; title: string; better: string; bounds: Range }[];

export interface DroppedLine {
  readonly look: (typeof placementLooks)[number];
  readonly points: readonly { readonly share: number; readonly value: number; readonly items: number }[];
}

export interface DroppedPanel {
  readonly score: (typeof droppedScores)[number];
  readonly range: Range;
  readonly lines: readonly DroppedLine[];
}

export function droppedPanels(curves: readonly DroppedCurve[], stratum: string): DroppedPanel[] {
  const chosen = curves.filter((curve) => curve.stratum === stratum);
  return droppedScores.map((score) => {
    const lines = placementLooks.flatMap((look) => {
      const curve = chosen.find((each) => each.placement === look.placement);
      const points = (curve?.share ?? []).flatMap((share, at) => {
        const value = curve?.[score.key][at];
        return share > 0 && isNumber(value) ? [{ share, value, items: curve?.items[at] ?? 0 }] : [];
      });
      return points.length > 0 ? [{ look, points }] : [];
    });
    const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
    return { score, lines, range: paddedRange(values, score.bounds) };
  });
}

/** Smallest and largest share of all panels. */
export function shareRange(panels: readonly DroppedPanel[]): Range {
  const shares = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points.map(({ share }) => share)));
  return [Math.min(...shares), Math.max(...shares)];
}
