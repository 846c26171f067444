import type { MaskLayer } from "@/features/masks/drawMask";
import { truthLayer } from "@/features/masks/truthLayer";
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
  if (which === "truth") return truthLayer(item.item.label);
  const side = which === "a" ? model.a : model.b;
  const found = predictionOf(which === "a" ? item.predictionsA : item.predictionsB, seed);
  return found ? [{ url: found.predictionUrl, color: side.look.onImage, tint, outline: 1.5 }] : [];
}
