import { useEffect, useState } from "react";
import type { SlideView } from "../view.ts";
import { type TilePainting, tileAt } from "./drawTiles.ts";

export interface TileUnder {
  readonly row: number;
  readonly where: "pointer" | "middle";
}

/** The tile under the pointer, and where there is no pointer, as with a keyboard, the one in the middle. */
export function useTileUnder(
  view: SlideView | null,
  frame: HTMLElement | null,
  painting: TilePainting | null,
): TileUnder | null {
  const [under, setUnder] = useState<TileUnder | null>(null);
  useEffect(() => {
    if (!view || !frame || !painting) {
      setUnder(null);
      return;
    }
    let pointer: { readonly x: number; readonly y: number } | null = null;
    const look = () => {
      const box = view.shown();
      if (!box) return;
      const { width, height } = frame.getBoundingClientRect();
      const at = pointer ?? { x: width / 2, y: height / 2 };
      const row = tileAt(painting, box.x + (at.x / width) * box.width, box.y + (at.y / height) * box.height);
      const where = pointer ? "pointer" : "middle";
      setUnder((before) =>
        row === null ? null : before?.row === row && before.where === where ? before : { row, where },
      );
    };
    const move = (event: PointerEvent) => {
      const { left, top } = frame.getBoundingClientRect();
      pointer = event.pointerType === "touch" ? null : { x: event.clientX - left, y: event.clientY - top };
      look();
    };
    const leave = () => {
      pointer = null;
      look();
    };
    frame.addEventListener("pointermove", move);
    frame.addEventListener("pointerleave", leave);
    // A keyboard moves the slide, not the pointer that was left somewhere over it.
    frame.addEventListener("keydown", leave);
    const stop = view.follow(look);
    return () => {
      stop();
      frame.removeEventListener("pointermove", move);
      frame.removeEventListener("pointerleave", leave);
      frame.removeEventListener("keydown", leave);
    };
  }, [view, frame, painting]);
  return under;
}
