/** @file A picture as it is shown under a window. */
import { type Picture, pixelsOf } from "./pictures.ts";
import { applyWindow, isWhole, type Window } from "./window.ts";

/** The picture itself where the window is whole. */
export function windowedPicture(picture: Picture, window: Window): CanvasImageSource {
  if (isWhole(window)) return picture;
  const pixels = pixelsOf(picture);
  applyWindow(pixels.data, window);
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext("2d")!.putImageData(pixels, 0, 0);
  return canvas;
}
