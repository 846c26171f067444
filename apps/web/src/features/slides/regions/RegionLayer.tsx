import { classColor } from "@/features/masks/classColors";
import { type Drawn, outlinePath } from "./edits.ts";
import type { RegionPen } from "./useRegionPen.ts";

interface Props {
  readonly sets: readonly { readonly id: string; readonly regions: readonly Drawn[] }[];
  /** Null: one's own are not shown. */
  readonly pen: RegionPen | null;
  /** In their order, which gives colours and number keys. */
  readonly classNames: readonly string[];
  /** Of the slide to one of the screen. */
  readonly pixels: number;
}

/** Readers' regions in an SVG whose units are the slide's pixels; others' are dashed. */
export function RegionLayer({ sets, pen, classNames, pixels }: Props) {
  const colour = ({ className }: Drawn) => classColor(Math.max(0, classNames.indexOf(className)));
  const chosen = pen && pen.selected !== null && pen.tool === "edit" ? pen.shown[pen.selected] : null;
  return (
    <g data-regions>
      {sets.map(({ id, regions }) => (
        <g key={id} data-reader>
          {regions.map((region) => (
            <Outline key={outlinePath(region)} path={outlinePath(region)} colour={colour(region)} dashed />
          ))}
        </g>
      ))}
      {pen?.shown.map((region, at) => (
        <Outline
          key={outlinePath(region)}
          path={outlinePath(region)}
          colour={colour(region)}
          strong={at === pen.selected}
        />
      ))}
      {chosen?.polygons.flat(2).map((corner) => (
        <Dot key={corner.join()} corner={corner} pixels={pixels} />
      ))}
      {pen && pen.outline.length > 0 && <Begun pen={pen} />}
      {pen?.cursor && pen.tool !== "move" && <Cross corner={pen.cursor} pixels={pixels} />}
    </g>
  );
}

const line = { fill: "none", vectorEffect: "non-scaling-stroke" } as const;

/** A shape that is not closed yet: light below dark, seen on any tissue. */
function Begun({ pen: { outline, tool } }: { readonly pen: RegionPen }) {
  const path = `M${outline.map(([x, y]) => `${x} ${y}`).join("L")}${tool === "rectangle" ? "Z" : ""}`;
  return (
    <>
      <path data-outline d={path} {...line} stroke="#fff" strokeWidth={4} />
      <path d={path} {...line} stroke="#111" strokeWidth={1.5} />
    </>
  );
}

interface OutlineProps {
  readonly path: string;
  readonly colour: string;
  readonly dashed?: boolean;
  readonly strong?: boolean;
}

/** A dark line below the class's colour: seen on white glass and on dark tissue. */
function Outline({ path, colour, dashed = false, strong = false }: OutlineProps) {
  const dash = dashed ? { strokeDasharray: "6 4" } : {};
  return (
    <g data-region>
      <path d={path} fill={colour} fillOpacity={strong ? 0.3 : 0.14} fillRule="evenodd" stroke="none" />
      <path d={path} {...line} {...dash} stroke="#111" strokeWidth={strong ? 5 : 3.5} />
      <path d={path} {...line} {...dash} stroke={colour} strokeWidth={strong ? 3 : 1.75} />
    </g>
  );
}

function Dot({ corner: [x, y], pixels }: { readonly corner: readonly number[]; readonly pixels: number }) {
  const half = 3.5 * pixels;
  const box = { x: x! - half, y: y! - half, width: 2 * half, height: 2 * half };
  return <rect data-corner {...box} fill="#fff" stroke="#111" strokeWidth={1.25} vectorEffect="non-scaling-stroke" />;
}

function Cross({ corner: [x, y], pixels }: { readonly corner: readonly number[]; readonly pixels: number }) {
  const arm = 9 * pixels;
  const path = `M${x! - arm} ${y}h${2 * arm}M${x} ${y! - arm}v${2 * arm}`;
  return (
    <g data-cursor>
      <path d={path} {...line} stroke="#fff" strokeWidth={4} />
      <path d={path} {...line} stroke="#111" strokeWidth={1.5} />
    </g>
  );
}
