"use client";
import { useRef, useState } from "react";
import {
  type Corner,
  type CornerPlace,
  cornerNear,
  rectangle,
  regionAt,
  thinned,
  withMovedCorner,
  withoutCorner,
  withoutRegion,
  withRegion,
} from "./edits.ts";
import type { Regions } from "./useRegions.ts";

export type RegionTool = "move" | "rectangle" | "polygon" | "freehand" | "edit";

interface Given {
  readonly regions: Regions;
  readonly slide: { readonly width: number; readonly height: number };
  readonly className: string;
}

/** Pixels of the screen: how near a corner is meant, and how far apart a hand's points are kept. */
const [reach, grain] = [9, 3];

/** What the tools do, whether a pointer or keys move them. Places in pixels of the slide; `scale`: of the slide to one of the screen. */
export function useRegionPen({ regions, slide, className }: Given) {
  const [tool, setTool] = useState<RegionTool>("move");
  const [points, setPoints] = useState<readonly Corner[]>([]);
  const [cursor, setCursor] = useState<Corner | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [held, setHeld] = useState<{ readonly place: CornerPlace; readonly to: Corner } | null>(null);
  const dragging = useRef(false);
  const drawn = regions.drawing.regions;

  const inside = ([x, y]: Corner): Corner => [
    Math.min(slide.width, Math.max(0, Math.round(x! * 10) / 10)),
    Math.min(slide.height, Math.max(0, Math.round(y! * 10) / 10)),
  ];
  function finish(ring: readonly Corner[]) {
    setPoints([]);
    if (ring.length < 3) return;
    regions.change({ regions: withRegion(drawn, className, [...ring]) });
    setSelected(drawn.length);
  }
  function corner(at: Corner) {
    if (tool === "polygon" || tool === "freehand") setPoints((before) => [...before, at]);
    else if (tool === "rectangle") {
      const [from] = points;
      if (!from) setPoints([at]);
      else if (from[0] !== at[0] && from[1] !== at[1]) finish(rectangle(from, at));
    }
  }
  function drop() {
    if (held) regions.change({ regions: withMovedCorner(drawn, held.place, held.to) });
    setHeld(null);
  }
  /** A corner within reach is picked up; else the region there is chosen. */
  function pick(at: Corner, scale: number) {
    const place = cornerNear(drawn, at, reach * scale);
    if (place) setHeld({ place, to: drawn[place.region]!.polygons[place.polygon]![place.ring]![place.corner]! });
    setSelected(place ? place.region : regionAt(drawn, at));
  }
  /** A corner within reach of the cursor; else the chosen region. */
  function remove(scale: number) {
    const place = tool === "edit" && cursor ? cornerNear(drawn, cursor, reach * scale) : null;
    if (place) regions.change({ regions: withoutCorner(drawn, place) });
    else if (selected !== null) {
      regions.change({ regions: withoutRegion(drawn, selected) });
      setSelected(null);
    }
  }

  return {
    tool,
    choose(next: RegionTool) {
      setTool(next);
      setPoints([]);
      setHeld(null);
    },
    /** Of a shape that is not closed yet, with the cursor where it would go on. */
    outline:
      points.length === 0 || !cursor
        ? points
        : tool === "rectangle"
          ? rectangle(points[0]!, cursor)
          : [...points, cursor],
    cursor,
    selected: selected !== null && selected < drawn.length ? selected : null,
    select: setSelected,
    isDrawing: points.length > 0 || held !== null,
    /** With the corner that is being moved where it is now. */
    shown: held ? withMovedCorner(drawn, held.place, held.to) : drawn,
    remove,
    close: () => finish(points),
    cancel() {
      setPoints([]);
      setHeld(null);
    },
    down(point: Corner, scale: number) {
      const at = inside(point);
      setCursor(at);
      dragging.current = true;
      if (tool === "edit") pick(at, scale);
      else if (tool === "rectangle" && points.length > 0) corner(at);
      else if (tool !== "move") setPoints((before) => (tool === "freehand" ? [at] : [...before, at]));
    },
    drag(point: Corner) {
      const at = inside(point);
      setCursor(at);
      if (held && dragging.current) setHeld({ ...held, to: at });
      else if (tool === "freehand" && dragging.current) setPoints((before) => [...before, at]);
    },
    up(point: Corner, scale: number) {
      if (!dragging.current) return;
      dragging.current = false;
      const at = inside(point);
      if (tool === "edit") drop();
      else if (tool === "freehand") finish(thinned(points, grain * scale));
      else if (tool === "rectangle" && points.length === 1) {
        const far = Math.hypot(at[0]! - points[0]![0]!, at[1]! - points[0]![1]!) > reach * scale;
        if (far) corner(at);
      }
    },
    /** By keys. @param begin where the cursor is where there was none */
    step(dx: number, dy: number, begin: Corner) {
      const [x, y] = cursor ?? begin;
      const to = inside([x! + dx, y! + dy]);
      setCursor(to);
      if (held) setHeld({ ...held, to });
    },
    /** By Enter: a corner is set; in editing one is picked up, or dropped. @param begin as of step */
    press(scale: number, begin: Corner) {
      const at = cursor ?? inside(begin);
      setCursor(at);
      if (tool !== "edit") corner(at);
      else if (held) drop();
      else pick(at, scale);
    },
  };
}

export type RegionPen = ReturnType<typeof useRegionPen>;
