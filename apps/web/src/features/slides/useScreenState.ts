import { useQueryParam } from "@/lib/useQueryParam";
import { type Showing, showings } from "./map/values.ts";
import type { SlideItem } from "./model.ts";

export const drawings = ["map", "tiles", "tissue", "none"] as const;
export type Drawing = (typeof drawings)[number];

const oneOf = <T extends string>(words: readonly T[], word: string, fallback: T): T =>
  words.find((each) => each === word) ?? fallback;

/** What a slide's screen shows, all of it in its address but the place (useSlideViewer tells that). */
export function useScreenState(item: SlideItem) {
  const cuts = item.slideResults.filter(({ fileUrl, job }) => job.kind === "TILES" && fileUrl);
  const [draw, setDraw] = useQueryParam("draw", "");
  const [tiles, setTiles] = useQueryParam("tiles", "");
  const [maps, setMaps] = useQueryParam("maps", "");
  const [kind, setKind] = useQueryParam("kind", "");
  const [classIndex, setClassIndex] = useQueryParam("class", "");
  const [as, setAs] = useQueryParam("as", "rank");
  const [opacity, setOpacity] = useQueryParam("opacity", "50");
  const [tile, setTile] = useQueryParam("tile", "");
  /** A map that does not depend on the model is shown, under its stamp. */
  const [stamped, setStamped] = useQueryParam("stamped", "");
  const usual = maps ? "map" : cuts.length > 0 ? "tiles" : "none";
  const percent = Number(opacity);
  return {
    cuts,
    cut: cuts.find(({ job }) => job.id === tiles) ?? cuts[0] ?? null,
    setTiles,
    draw: oneOf(drawings, draw, usual),
    setDraw: (value: Drawing) => setDraw(value),
    inspectionId: maps || (item.tileMaps[0]?.id ?? null),
    setMaps,
    kind,
    setKind,
    classIndex: /^\d+$/.test(classIndex) ? Number(classIndex) : null,
    setClassIndex: (value: number) => setClassIndex(String(value)),
    as: oneOf(showings, as, "rank"),
    setAs: (value: Showing) => setAs(value),
    opacity: percent >= 0 && percent <= 100 ? percent : 50,
    setOpacity: (value: number) => setOpacity(String(value)),
    /** Row of the marked tile. */
    marked: /^\d+$/.test(tile) ? Number(tile) : null,
    mark: (row: number) => setTile(String(row)),
    shownStamped: stamped === "1",
    setShownStamped: (shown: boolean) => setStamped(shown ? "1" : ""),
  };
}

export type ScreenState = ReturnType<typeof useScreenState>;
