/**
 * @file Files of features beside a table of their classes, as CLAM and TRIDENT leave them.
 *
 *   [any folders/]NAME.(h5|hdf5|safetensors)   the features of the slide NAME
 *   [any folders/]patches/NAME[_patches].h5    the same slide's places, where the file of features does not say how large a tile is
 *   [any folders/]pt_files/NAME.pt             not read: a copy of the features without their places
 *   a table, and a list of classes             as of whole slides (classTableLayout.ts); may be left out
 */
import { type ClassTableLayout, findClassTable } from "./classTableLayout.ts";
import { FileIndex } from "./coco/layout.ts";
import { fileOf, foldersOf, unused, withoutEnding } from "./paths.ts";

export interface FeatureFilesLayout extends ClassTableLayout {
  /** By the file of features. */
  readonly patches: ReadonlyMap<string, string>;
}

const isPatches = (path: string) => /^patches$/i.test(foldersOf(path).at(-1) ?? "") && !isPickle(path);
const isPickle = (path: string) => /\.(pt|pth)$/i.test(path);
const stemOf = (path: string) => withoutEnding(fileOf(path));

export function findFeatureFiles(paths: readonly string[]): FeatureFilesLayout {
  const { files, problems, ...layout } = findClassTable(paths, "features");
  const stems = new Set(files.paths.filter((path) => !isPickle(path) && !isPatches(path)).map(stemOf));
  const copies = files.paths.filter((path) => isPickle(path) && stems.has(stemOf(path)));
  const places = new Map(files.paths.filter(isPatches).map((path) => [stemOf(path).replace(/_patches$/i, ""), path]));
  const kept = files.paths.filter((path) => !copies.includes(path) && !isPatches(path));
  const patches = new Map(
    kept.flatMap((path) => (places.has(stemOf(path)) ? [[path, places.get(stemOf(path))!]] : [])),
  );
  return {
    ...layout,
    files: new FileIndex(kept),
    patches,
    problems: [
      ...problems,
      ...copies.map((path) => unused(path, "the file of the same name that has the places, too, is read instead")),
      ...[...places.values()]
        .filter((path) => ![...patches.values()].includes(path))
        .map((path) => unused(path, "there are no features of this slide; it is not imported")),
    ],
  };
}
