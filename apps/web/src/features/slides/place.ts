/** @file Which part of a slide a viewer shows, and how its address says so. Lengths in pixels of the slide's level 0. */

export interface Place {
  /** In the middle of the viewer. */
  readonly x: number;
  readonly y: number;
  /** Of the slide to one of the screen, so that a link shows the same scale in any window. */
  readonly pixels: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const placeText = ({ x, y, pixels }: Place): string =>
  [Math.round(x), Math.round(y), Number(pixels.toPrecision(4))].join(",");

/** Null: an address that says no place. */
export function placeOf(text: string): Place | null {
  const [x, y, pixels, ...more] = text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (more.length > 0 || ![x, y, pixels].every(Number.isFinite) || pixels! <= 0) return null;
  return { x: x!, y: y!, pixels: pixels! };
}

/** In which a box fills about a third of a viewer's width. @param width of the viewer on the screen */
export const placeAround = (box: Box, width: number): Place => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
  pixels: (3 * Math.max(box.width, box.height)) / Math.max(width, 1),
});

/** An objective of 10x shows a micron of the slide on a pixel of the screen. */
const micronsAtOnce = 10;

export const magnifications = [5, 10, 20, 40] as const;

/** @param pixels of the slide to one of the screen @param microns of a pixel of the slide */
export const magnificationOf = (pixels: number, microns: number): number => micronsAtOnce / (pixels * microns);

/** The other way round. */
export const pixelsAt = (magnification: number, microns: number): number => micronsAtOnce / (magnification * microns);
