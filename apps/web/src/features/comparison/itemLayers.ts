import type { MaskLayer } from "@/features/masks/drawMask";
import { truthOnImage } from "@/lib/arms";
import type { ComparedItem, ComparisonModel } from "./model.ts";

type Which = "truth" | "a" | "b";

/** The prediction of one seed, or of the first seed there is. */
export const predictionOf = (list: ComparedItem["predictionsA"], seed: number | null) =>
  list.find((each) => each.seed === seed) ?? list[0];

export function layerOf(
  model: ComparisonModel,
  item: ComparedItem,
  which: Which,
  seed: number | null,
  tint: number,
): MaskLayer[] {
  if (which === "truth") {
    return item.item.label ? [{ url: item.item.label.maskUrl, color: truthOnImage, tint: 0, outline: 1.5 }] : [];
  }
  const side = which === "a" ? model.a : model.b;
  const found = predictionOf(which === "a" ? item.predictionsA : item.predictionsB, seed);
  return found ? [{ url: found.predictionUrl, color: side.look.onImage, tint, outline: 1.5 }] : [];
}
