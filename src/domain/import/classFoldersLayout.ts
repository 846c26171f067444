/**
 * @file Whole images in a folder per class.
 *
 *   [any folders/]CLASS/NAME.(jpg|jpeg|png)
 *   [any folders/](train|val|test)/CLASS/NAME.(jpg|jpeg|png)      with a published split
 *   [any folders/]classes.json, classes.txt or labels.txt (the order of the classes), subjects.csv (name,subject)
 */
import type { Fold } from "../words.ts";
import { foldNamed } from "./folds.ts";
import type { LayoutProblem } from "./layoutProblem.ts";
import {
  classListFile,
  fileOf,
  foldersOf,
  isClutter,
  isImageName,
  problemOf,
  slashed,
  unused,
  withoutEnding,
} from "./paths.ts";

export interface ClassImage {
  /** "CLASS/NAME", or "FOLD/CLASS/NAME" as the folders are called. */
  readonly name: string;
  readonly path: string;
  readonly className: string;
  readonly fold: Fold | null;
}

export interface ClassFolders {
  /** Training first, then validation and test; by name within. */
  readonly images: readonly ClassImage[];
  readonly classesPath?: string;
  readonly subjectsPath?: string;
  readonly problems: readonly LayoutProblem[];
}

/** Never throws: whatever does not fit is in `problems`. */
export function findClassFolders(paths: readonly string[]): ClassFolders {
  const problems: LayoutProblem[] = [];
  const rest = [...paths].sort().filter((path) => !isClutter(path));
  const classesPath = rest.find((path) => classListFile.test(path));
  const subjectsPath = rest.find((path) => /^subjects\.csv$/i.test(fileOf(path)));
  const pictures = rest.filter((path) => isImageName(path));
  for (const path of rest) {
    if (path !== classesPath && path !== subjectsPath && !isImageName(path)) problems.push(unused(path));
  }
  const folded = pictures.some((path) => foldFolder(path) >= 0);
  const depth = folded ? 3 : 2; // parts from the fold's or the class's folder to the file
  const rootOf = (path: string) => {
    const parts = slashed(path).split("/");
    return parts.slice(0, folded ? Math.max(0, foldFolder(path)) : Math.max(0, parts.length - depth)).join("/");
  };
  const first = pictures.find((path) => !folded || foldFolder(path) >= 0);
  const root = first === undefined ? "" : rootOf(first);
  const seen = new Map<string, string>();
  const images: ClassImage[] = [];
  for (const path of pictures) {
    const parts = slashed(path)
      .split("/")
      .slice(root === "" ? 0 : root.split("/").length);
    const fold = folded ? foldNamed(parts[0]!) : null;
    if (rootOf(path) !== root || (folded && fold === null) || parts.length > depth) {
      const place = folded ? "FOLD/CLASS/NAME with a fold train, val or test" : "CLASS/NAME";
      problems.push(
        problemOf(path, "OTHER_ROOT", `expected ${place} under "${root}"; move it, or import it by itself`),
      );
      continue;
    }
    if (parts.length < depth) {
      problems.push(problemOf(path, "NO_CLASS", "it lies in no folder of a class; move it into one"));
      continue;
    }
    const name = withoutEnding(parts.join("/"));
    const earlier = seen.get(name);
    if (earlier !== undefined) {
      problems.push(problemOf(path, "DOUBLE_NAME", `has the same name as ${earlier}; keep one of them`));
      continue;
    }
    seen.set(name, path);
    images.push({ name, path, className: parts.at(-2)!, fold });
  }
  const order = ["train", "validation", "test"];
  const rank = ({ fold }: ClassImage) => (fold === null ? 0 : order.indexOf(fold));
  images.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return {
    images,
    ...(classesPath !== undefined && { classesPath }),
    ...(subjectsPath !== undefined && { subjectsPath }),
    problems,
  };
}

/** Which of the path's folders is a fold's: one above the class's, so that a class may be called "test". -1: none. */
function foldFolder(path: string): number {
  const folders = foldersOf(path);
  return folders.slice(0, -1).findLastIndex((folder) => foldNamed(folder) !== null);
}
