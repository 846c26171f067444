/** @file Small multiples of one shape: a row per arm, a mark and its interval on the panel's own scale. */
import { niceTicks } from "@/features/comparison/ticks";
import { isNumber } from "@/lib/format";
import { linear, paddedRange, type Range } from "./scale.ts";

type Maybe = number | null | undefined;

export interface DotRow {
  readonly arm: string;
  readonly mean: Maybe;
  readonly low?: Maybe;
  readonly high?: Maybe;
  /** What the mark would be if nothing were wrong, as the truth's number of pieces. */
  readonly target?: Maybe;
}

export interface DotPanel {
  readonly key: string;
  readonly title: string;
  /** Null: neither direction is better. */
  readonly higherIsBetter: boolean | null;
  readonly rows: readonly DotRow[];
  readonly text: (value: number) => string;
  /** Where values end by definition. */
  readonly bounds?: Range;
}

export interface PanelGroup {
  readonly title: string;
  readonly panels: readonly DotPanel[];
}

export const panelSize = { names: 104, values: 52, head: 24, row: 20, foot: 30, gap: 20, group: 26 } as const;
const leastWidth = 280;

export interface PlacedPanel {
  readonly panel: DotPanel;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface PanelLayout {
  readonly height: number;
  readonly headings: readonly { readonly title: string; readonly y: number }[];
  readonly placed: readonly PlacedPanel[];
}

/** Panels of a group side by side, as many as fit; each group begins a line. Groups without a title have no heading. */
export function panelLayout(groups: readonly PanelGroup[], width: number, arms: number): PanelLayout {
  const columns = Math.max(1, Math.floor((width + panelSize.gap) / (leastWidth + panelSize.gap)));
  const panelWidth = (width - (columns - 1) * panelSize.gap) / columns;
  const panelHeight = panelSize.head + arms * panelSize.row + panelSize.foot;
  const headings: { title: string; y: number }[] = [];
  const placed: PlacedPanel[] = [];
  let y = 0;
  for (const { title, panels } of groups) {
    if (title) {
      headings.push({ title, y: y + 14 });
      y += panelSize.group;
    }
    panels.forEach((panel, at) => {
      const [column, line] = [at % columns, Math.floor(at / columns)];
      placed.push({
        panel,
        x: column * (panelWidth + panelSize.gap),
        y: y + line * panelHeight,
        width: panelWidth,
      });
    });
    y += Math.ceil(panels.length / columns) * panelHeight + 6;
  }
  return { height: y, headings, placed };
}

/** The panel's scale between its names and its values, and its ticks. */
export function panelScale({ rows, bounds }: DotPanel, width: number) {
  const values = rows.flatMap(({ mean, low, high, target }) => [mean, low, high, target].filter(isNumber));
  const range = paddedRange(values, bounds);
  const place = linear(range, [panelSize.names, width - panelSize.values]);
  return { place, ticks: niceTicks(range[0], range[1], (width - panelSize.names - panelSize.values) / 50) };
}
