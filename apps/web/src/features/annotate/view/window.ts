/** @file Window and level of an 8-bit image: which of its values are black and which white. Pure. */

export interface Window {
  /** The value in the middle. */
  readonly level: number;
  /** From black to white. */
  readonly width: number;
}

export const wholeWindow: Window = { level: 127.5, width: 255 };

export const isWhole = ({ level, width }: Window): boolean =>
  level === wholeWindow.level && width === wholeWindow.width;

export const clampedWindow = ({ level, width }: Window): Window => ({
  level: Math.min(255, Math.max(0, level)),
  width: Math.min(510, Math.max(1, width)),
});

/** [256] what is shown for each value: 0 at level - width / 2, 255 at level + width / 2, in a straight line between. */
export function shownValues({ level, width }: Window): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: 256 }, (_, value) => Math.round(((value - level) / width + 0.5) * 255));
}

/** Changes RGBA pixels in place, each colour by itself. */
export function applyWindow(pixels: Uint8ClampedArray, window: Window): void {
  const shown = shownValues(window);
  for (let at = 0; at < pixels.length; at += 4) {
    pixels[at] = shown[pixels[at]!]!;
    pixels[at + 1] = shown[pixels[at + 1]!]!;
    pixels[at + 2] = shown[pixels[at + 2]!]!;
  }
}

/** Luminance (ITU-R BT.601) of RGBA pixels. @returns [height*width] */
export function greyOf(pixels: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(pixels.length / 4);
  for (let i = 0, at = 0; i < grey.length; i++, at += 4) {
    grey[i] = (19595 * pixels[at]! + 38470 * pixels[at + 1]! + 7471 * pixels[at + 2]! + 0x8000) >> 16;
  }
  return grey;
}
