/** @file How an image lies in its frame: so many CSS pixels per pixel, and where its corner is. Pure. */
import type { Point } from "../mask/maskImage.ts";

export interface View {
  /** CSS pixels per pixel of the image. */
  readonly scale: number;
  /** Where the image's corner is, CSS pixels from the frame's. */
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const mostScale = 64;

/** The whole image, in the middle. */
export function fitted(image: Size, frame: Size): View {
  const scale = Math.min(frame.width / image.width, frame.height / image.height);
  return { scale, x: (frame.width - image.width * scale) / 2, y: (frame.height - image.height * scale) / 2 };
}

/** Enlarged by `factor` about a point of the frame, which stays where it is. Never smaller than a quarter of the whole image in the frame. */
export function zoomed(view: View, factor: number, at: Point, image: Size, frame: Size): View {
  const least = fitted(image, frame).scale / 4;
  const scale = Math.min(mostScale, Math.max(least, view.scale * factor));
  const by = scale / view.scale;
  return kept({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, image, frame);
}

export const moved = (view: View, dx: number, dy: number, image: Size, frame: Size): View =>
  kept({ ...view, x: view.x + dx, y: view.y + dy }, image, frame);

/** Some of the image stays in the frame. */
function kept(view: View, image: Size, frame: Size): View {
  const inside = (corner: number, size: number, room: number) =>
    Math.min(room - Math.min(40, size / 2), Math.max(Math.min(40, size / 2) - size, corner));
  return {
    scale: view.scale,
    x: inside(view.x, image.width * view.scale, frame.width),
    y: inside(view.y, image.height * view.scale, frame.height),
  };
}

/** The view that shows a point of the image, moved no more than it must be. */
export function showing(view: View, point: Point, frame: Size): View {
  const margin = 24;
  const into = (corner: number, at: number, room: number) => {
    const place = corner + at * view.scale;
    if (place < margin) return corner + margin - place;
    return place > room - margin ? corner + room - margin - place : corner;
  };
  return { ...view, x: into(view.x, point.x, frame.width), y: into(view.y, point.y, frame.height) };
}

/** From the frame to the image. */
export const onImage = (view: View, at: Point): Point => ({ x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale }); // biome-ignore format: one line
