/**
 * @file Whole images, DICOM films, slides or files of features, beside a table of their classes.
 *
 *   [any folders/]NAME.csv                     of several, labels.csv first, then by name; films and slides may come without
 *   [any folders/]FILE.(jpg|jpeg|png), of films FILE.(dcm|dicom)    as the table names it, with or without its ending
 *   [any folders/]FILE.(svs|ndpi|scn|bif|tif|tiff|…)                of slides; a slide may be a PNG or JPEG picture, too
 *   [any folders/]FILE.(h5|hdf5|safetensors)   of features, see featureFilesLayout.ts
 *   [any folders/]classes.json, classes.txt or labels.txt           the order of the classes of a column "class"
 */
import { FileIndex } from "./coco/layout.ts";
import type { LayoutProblem } from "./layoutProblem.ts";
import {
  classListFile,
  featureEnding,
  fileOf,
  isClutter,
  isImageName,
  slideEnding,
  unused,
  withoutEnding,
} from "./paths.ts";

export interface ClassTableLayout {
  readonly tablePath?: string;
  readonly classesPath?: string;
  readonly files: FileIndex;
  readonly problems: readonly LayoutProblem[];
}

const isFilm = (path: string) => /\.(dcm|dicom)$/i.test(path);
const both = (endings: readonly string[]) => [...endings, ...endings.map((ending) => ending.toUpperCase())];
const pictures = ["png", "jpg", "jpeg"];
const endings = {
  images: both(pictures),
  films: both(["dcm", "dicom"]),
  slides: both(["svs", "ndpi", "scn", "bif", "tif", "tiff", "czi", "svslide", "mrxs", "vms", "vmu", ...pictures]),
  features: both(["h5", "hdf5", "safetensors", "pt", "pth"]),
};
const isOf = {
  images: isImageName,
  films: isFilm,
  slides: (path: string) => slideEnding.test(path) || isImageName(path),
  features: (path: string) => featureEnding.test(path),
};
export type TableKind = keyof typeof endings;

export function findClassTable(paths: readonly string[], kind: TableKind): ClassTableLayout {
  const isItem = isOf[kind];
  const rest = [...paths].sort().filter((path) => !isClutter(path));
  const tables = rest.filter((path) => /\.csv$/i.test(path));
  const tablePath = tables.find((path) => /^labels\.csv$/i.test(fileOf(path))) ?? tables[0];
  const classesPath = rest.find((path) => classListFile.test(path));
  const problems = rest
    .filter((path) => path !== tablePath && path !== classesPath && !isItem(path))
    .map((path) =>
      tables.includes(path) ? unused(path, `one table is read, and that is ${tablePath}`) : unused(path),
    );
  return {
    ...(tablePath !== undefined && { tablePath }),
    ...(classesPath !== undefined && { classesPath }),
    files: new FileIndex(rest.filter(isItem)),
    problems,
  };
}

/** The file of a table's item, which may be named without its ending; a file of features by the name of its slide's file, too. */
export function fileOfItem(files: FileIndex, item: string, kind: TableKind): string | null {
  const stems = kind === "features" ? [item, withoutEnding(item)] : [item];
  const names = [item, ...stems.flatMap((stem) => endings[kind].map((ending) => `${stem}.${ending}`))];
  for (const name of names) {
    const path = files.find(name);
    if (path !== null) return path;
  }
  return null;
}
