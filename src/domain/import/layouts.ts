/** @file The folder layouts that an import understands, and a guess which one a folder has. */
import { findClassFolders } from "./classFoldersLayout.ts";
import { classListFile, featureEnding, fileOf, isClutter, slideEnding } from "./paths.ts";

export const importLayouts = [
  "kvasir-seg",
  "index-masks",
  "coco-instances",
  "coco-panoptic",
  "nifti",
  "class-folders",
  "class-csv",
  "npz",
  "dicom",
  "bag-csv",
  "slides",
  "feature-files",
] as const;
export type ImportLayout = (typeof importLayouts)[number];

/** Intensities of a volume that are shown as black and white, in the volume's own units (Hounsfield units of a CT). */
export interface IntensityWindow {
  readonly low: number;
  readonly high: number;
}

/**
 * By the paths alone; null where none fits: images in two or more folders are classes where nothing else says what they are. Where images lie beside masks, the layout is Kvasir-SEG unless there is a list of
 * classes: paths do not say what the masks' pixels mean.
 */
export function guessLayout(paths: readonly string[]): ImportLayout | null {
  const seen = paths.filter((path) => !isClutter(path));
  const some = (pattern: RegExp) => seen.some((path) => pattern.test(path));
  if (some(/\.nii(\.gz)?$/i)) return "nifti";
  if (some(/\.npz$/i)) return "npz";
  if (some(/\.(dcm|dicom)$/i)) return "dicom";
  if (some(slideEnding)) return "slides";
  if (some(featureEnding)) return "feature-files";
  if (some(/(^|\/)images\//i) && some(/(^|\/)masks\//i)) {
    return some(classListFile) ? "index-masks" : "kvasir-seg";
  }
  if (!some(/\.(jpe?g|png)$/i)) return some(/\.csv$/i) ? "bag-csv" : null;
  if (some(/panoptic[^/]*\.json$/i)) return "coco-panoptic";
  if (some(/\.json$/i) && !some(classListFile)) return "coco-instances";
  if (seen.some((path) => /\.csv$/i.test(path) && fileOf(path).toLowerCase() !== "subjects.csv")) return "class-csv";
  const classes = new Set(findClassFolders(seen).images.map(({ className }) => className));
  return classes.size >= 2 ? "class-folders" : null;
}
