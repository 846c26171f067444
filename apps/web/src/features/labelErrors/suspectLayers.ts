/** @file Label and out-of-fold prediction over one picture. */
import { outlined, readerLayers } from "@/features/labels/readerLayers";
import type { MaskLayer } from "@/features/masks/drawMask";
import type { Schema, Suspect } from "./model.ts";

/** Of several classes each has its own colour already, so the label alone is drawn. */
export function suspectLayers(
  { label, predictionUrl }: Pick<Suspect, "label" | "predictionUrl">,
  { task, classes }: Pick<Schema, "task" | "classes">,
): MaskLayer[] {
  if (task !== "SEGMENTATION") return [];
  if (classes.length > 1) return label.maskUrl ? [outlined(label.maskUrl, "#ffffff")] : [];
  return readerLayers([label.maskUrl, predictionUrl], 1);
}
