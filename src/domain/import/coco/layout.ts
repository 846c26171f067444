/**
 * @file A COCO folder: one JSON file, images anywhere beside it, and for panoptic sets the PNG files of the segments.
 *
 *   [any folders/]NAME.json                     of several, those in a folder "annotations" first, then by name
 *   [any folders/]FILE.(jpg|jpeg|png)           as the JSON's file_name names it
 *   [a folder named panoptic…, annotations or masks]/FILE.png    the segments of a panoptic set
 *   [any folders/]subjects.csv (name,subject)
 */
import type { LayoutProblem } from "../layoutProblem.ts";
import { fileOf, foldersOf, isClutter, isImageName, slashed, unused } from "../paths.ts";

export interface CocoLayout {
  readonly jsonPath?: string;
  readonly subjectsPath?: string;
  readonly images: FileIndex;
  /** Panoptic sets only. */
  readonly segments: FileIndex;
  readonly problems: readonly LayoutProblem[];
}

/** Finds files by what a JSON calls them: a name, or a part of a path. */
export class FileIndex {
  readonly paths: readonly string[];
  private readonly byName: ReadonlyMap<string, readonly string[]>;

  constructor(paths: readonly string[]) {
    this.paths = paths;
    this.byName = Map.groupBy(paths, fileOf);
  }

  /** The file that ends with `name`, the only one of its file name else; null where none or several fit. */
  find(name: string): string | null {
    const wanted = slashed(name).replace(/^(\.?\/)+/, "");
    const sameName = this.byName.get(fileOf(wanted)) ?? [];
    const exact = sameName.filter((path) => slashed(path) === wanted || slashed(path).endsWith(`/${wanted}`));
    const fitting = exact.length > 0 ? exact : sameName;
    return fitting.length === 1 ? fitting[0]! : null;
  }
}

const segmentFolder = /panoptic|^annotations$|^masks$/i;

export function findCoco(paths: readonly string[], kind: "instances" | "panoptic"): CocoLayout {
  const problems: LayoutProblem[] = [];
  const rest = [...paths].sort().filter((path) => !isClutter(path));
  const jsons = rest.filter((path) => /\.json$/i.test(path));
  const inAnnotations = (path: string) => foldersOf(path).some((folder) => /^annotations$/i.test(folder));
  const named = (path: string) => fileOf(path).toLowerCase().includes(kind);
  const rank = (path: string) => (named(path) ? 0 : 2) + (inAnnotations(path) ? 0 : 1);
  const jsonPath = jsons.toSorted((a, b) => rank(a) - rank(b))[0];
  const subjectsPath = rest.find((path) => /^subjects\.csv$/i.test(fileOf(path)));
  const images: string[] = [];
  const segments: string[] = [];
  for (const path of rest) {
    if (path === jsonPath || path === subjectsPath) continue;
    if (jsons.includes(path))
      problems.push(unused(path, `one JSON file is imported at a time, and that is ${jsonPath}`));
    else if (!isImageName(path)) problems.push(unused(path));
    else if (kind === "panoptic" && foldersOf(path).some((folder) => segmentFolder.test(folder))) segments.push(path);
    else images.push(path);
  }
  return {
    ...(jsonPath !== undefined && { jsonPath }),
    ...(subjectsPath !== undefined && { subjectsPath }),
    images: new FileIndex(images),
    segments: new FileIndex(segments),
    problems,
  };
}
