import { markerPaths } from "@/features/curves/ArmKey";
import type { ArmLook } from "@/lib/arms";

interface Props {
  readonly look: Pick<ArmLook, "color" | "marker">;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  readonly open?: boolean;
  /** Told on hover. */
  readonly title?: string;
}

/** An arm's marker about a point of a drawing. */
export function PlotMark({ look, x, y, size = 11, open = false, title }: Props) {
  const scale = size / 12;
  return (
    <path
      d={markerPaths[look.marker]}
      transform={`translate(${x - 6 * scale} ${y - 6 * scale}) scale(${scale})`}
      fill={open ? "var(--surface)" : look.color}
      stroke={open ? look.color : "var(--surface)"}
      strokeWidth={open ? 1.8 : 1}
    >
      {title && <title>{title}</title>}
    </path>
  );
}

/** A dash as SVG's stroke-dasharray. */
export const dashArray = (dash: ArmLook["dash"]): string | undefined => {
  if (dash === "solid") return undefined;
  if (dash === "dashed") return "6 4";
  return dash === "dotted" ? "2 3" : dash.join(" ");
};
