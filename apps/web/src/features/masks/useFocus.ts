"use client";
import { useEffect, useState } from "react";
import { loadMask } from "./drawMask.ts";

/** What part of a picture to show: `zoom` times enlarged, from (left, top) as shares of the picture. */
export interface View {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

const whole: View = { zoom: 1, left: 0, top: 0 };
const grid = 64;
/** The region fills about this share of the box; more context than region. */
const filled = 0.45;
const mostZoom = 5;

/** The view onto a mask's regions, or the whole picture where there are none. */
export function regionView(mask: CanvasImageSource, classes: number): View {
  const context = new OffscreenCanvas(grid, grid).getContext("2d", { willReadFrequently: true })!;
  const least = classes <= 1 ? 64 : 1; // a quarter of white, or any class
  context.imageSmoothingEnabled = classes <= 1;
  context.drawImage(mask, 0, 0, grid, grid);
  const { data } = context.getImageData(0, 0, grid, grid);
  let [x0, y0, x1, y1] = [grid, grid, -1, -1];
  for (let at = 0; at < grid * grid; at++) {
    if (data[at * 4]! < least) continue;
    const [x, y] = [at % grid, Math.floor(at / grid)];
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  }
  if (x1 < 0) return whole;
  const size = Math.max(x1 - x0 + 1, y1 - y0 + 1) / grid;
  const zoom = Math.min(mostZoom, Math.max(1, filled / size));
  const start = (low: number, high: number) =>
    Math.min(1 - 1 / zoom, Math.max(0, (low + high + 1) / 2 / grid - 1 / zoom / 2));
  return { zoom, left: start(x0, x1), top: start(y0, y1) };
}

export function useFocus(maskUrl: string | undefined, classes: number): View {
  const [view, setView] = useState(whole);
  useEffect(() => {
    let ended = false;
    setView(whole);
    if (maskUrl) {
      loadMask(maskUrl).then(
        (mask) => !ended && setView(regionView(mask, classes)),
        () => undefined, // the picture itself says that it cannot be read
      );
    }
    return () => {
      ended = true;
    };
  }, [maskUrl, classes]);
  return view;
}
