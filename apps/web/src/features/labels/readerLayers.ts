/** @file Several masks of one item over its picture: each an outline in its own colour. */

import type { MaskLayer } from "@/features/masks/drawMask";
import { armLook, truthOnImage } from "@/lib/arms";

/** The first is white, as the truth is elsewhere. */
export const labelColors = [truthOnImage, ...[1, 0, 2, 3, 4].map((at) => armLook(at, "dark").onImage)];

export const outlined = (url: string, color: string): MaskLayer => ({ url, color, tint: 0.12, outline: 1.5 });

/** @param urls in the order of their colours; what is missing leaves its colour out */
export const readerLayers = (urls: readonly (string | null | undefined)[], classes: number): MaskLayer[] =>
  urls.flatMap((url, at) =>
    url ? [{ ...outlined(url, labelColors[at % labelColors.length]!), ...(classes > 1 && { tint: 0.3 }) }] : [],
  );
