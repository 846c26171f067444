/** @file The folder layouts that an import understands, and a guess which one a folder has. */
import { isClutter } from "./paths.ts";

export const importLayouts = ["kvasir-seg", "index-masks", "coco-instances", "coco-panoptic", "nifti"] as const;
export type ImportLayout = (typeof importLayouts)[number];

/** Intensities of a volume that are shown as black and white, in the volume's own units (Hounsfield units of a CT). */
export interface IntensityWindow {
  readonly low: number;
  readonly high: number;
}

/**
 * By the paths alone; null where none fits. Where images lie beside masks, the layout is Kvasir-SEG unless there is a list of
 * classes: paths do not say what the masks' pixels mean.
 */
export function guessLayout(paths: readonly string[]): ImportLayout | null {
  const seen = paths.filter((path) => !isClutter(path));
  const some = (pattern: RegExp) => seen.some((path) => pattern.test(path));
  if (some(/\.nii(\.gz)?$/i)) return "nifti";
  if (some(/(^|\/)images\//i) && some(/(^|\/)masks\//i)) {
    return some(classListFile) ? "index-masks" : "kvasir-seg";
  }
  if (!some(/\.(jpe?g|png)$/i)) return null;
  if (some(/panoptic[^/]*\.json$/i)) return "coco-panoptic";
  return some(/\.json$/i) ? "coco-instances" : null;
}

export const classListFile = /(^|\/)(classes\.json|classes\.txt|labels\.txt)$/i;
