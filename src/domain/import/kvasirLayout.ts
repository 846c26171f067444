/**
 * @file The Kvasir-SEG folder layout as a rule over paths: images/NAME.jpg beside masks/NAME.jpg, and what may lie around them.
 *
 *   [any folders/]images/NAME.(jpg|jpeg|png)    masks/NAME.(jpg|jpeg|png)
 *   [any folders/]kavsir_bboxes.json or kvasir_bboxes.json (both spellings are in circulation)
 *   [any folders/]split-official-train-N.txt + split-official-test-N.txt, or train.txt + test.txt (+ val.txt), or
 *                 train.txt + val.txt, where val.txt is the held-out part (the data set's own 880/120 lists come so)
 *   [any folders/]subjects.csv (name,subject)
 */
import type { LayoutProblem, layoutProblems } from "./layoutProblem.ts";
import { isClutter, problemOf, slashed, unused } from "./paths.ts";

export interface KvasirPair {
  readonly name: string;
  readonly imagePath: string;
  readonly maskPath: string;
}

export interface SplitLists {
  readonly train: string;
  readonly test: string;
  /** Present only where the source has three lists. */
  readonly validation?: string;
}

export interface KvasirLayout {
  /** Sorted by name. */
  readonly pairs: readonly KvasirPair[];
  readonly boxesPath?: string;
  readonly splitLists?: SplitLists;
  readonly subjectsPath?: string;
  readonly problems: readonly LayoutProblem[];
}

interface Place {
  readonly path: string;
  readonly root: string;
  readonly folder: "images" | "masks" | "";
  readonly file: string;
}

/** Where a path lies: root is everything above images/ or masks/, or above the file itself. */
function place(path: string): Place {
  const parts = slashed(path).split("/");
  const file = parts.pop() ?? "";
  const last = parts.at(-1)?.toLowerCase();
  const folder = last === "images" || last === "masks" ? last : "";
  return { path, root: (folder === "" ? parts : parts.slice(0, -1)).join("/"), folder, file };
}

/** Never throws: whatever does not fit is in `problems`, and the rest is paired. */
export function pairKvasir(paths: readonly string[]): KvasirLayout {
  const problems: LayoutProblem[] = [];
  const problem = (path: string, code: keyof typeof layoutProblems, message: string) =>
    problems.push(problemOf(path, code, message));

  const places = [...paths].sort().map(place);
  const root = places.find(({ folder }) => folder === "images")?.root ?? "";
  const found = { images: new Map<string, string>(), masks: new Map<string, string>() };
  const beside = new Map<string, string>(); // lower-case file name -> path, for what lies at the root

  for (const { path, root: at, folder, file } of places) {
    if (isClutter(path)) continue;
    if (folder === "") {
      if (at === root) beside.set(file.toLowerCase(), path);
      else problems.push(unused(path));
      continue;
    }
    const match = /^(.+)\.(jpe?g|png)$/i.exec(file);
    const name = match?.[1];
    const earlier = name === undefined ? undefined : found[folder].get(name);
    if (at !== root)
      problem(path, "OTHER_ROOT", `expected one images and one masks folder, under "${root}"; import it by itself`);
    else if (name === undefined)
      problem(path, "NOT_AN_IMAGE", "expected .jpg, .jpeg or .png; export it as JPEG or PNG");
    else if (earlier !== undefined) problem(path, "DOUBLE_NAME", `has the same name as ${earlier}; keep one of them`);
    else found[folder].set(name, path);
  }

  const pairs: KvasirPair[] = [];
  for (const [name, imagePath] of found.images) {
    const maskPath = found.masks.get(name);
    if (maskPath) pairs.push({ name, imagePath, maskPath });
    else problem(imagePath, "NO_MASK", `no masks/${name}.jpg or .png; add it, empty (all black) if there is no region`);
  }
  for (const [name, maskPath] of found.masks) {
    if (!found.images.has(name))
      problem(maskPath, "NO_IMAGE", `no images/${name}.jpg or .png; add it or remove the mask`);
  }

  const find = (pattern: RegExp) => [...beside].find(([file]) => pattern.test(file))?.[1];
  const boxesPath = find(/bbox(es)?\.json$/);
  const subjectsPath = find(/^subjects\.csv$/);
  const splitLists = findSplitLists(find);
  const used = new Set([boxesPath, subjectsPath, ...Object.values(splitLists ?? {})]);
  for (const path of beside.values()) {
    if (!used.has(path)) problems.push(unused(path));
  }

  pairs.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    pairs,
    ...(boxesPath && { boxesPath }),
    ...(splitLists && { splitLists }),
    ...(subjectsPath && { subjectsPath }),
    problems,
  };
}

/** One list alone says nothing of the other folds: then there is no published split, and the list is reported as unused. */
function findSplitLists(find: (pattern: RegExp) => string | undefined): SplitLists | undefined {
  const officialTrain = find(/^split-official-train(-\d+)?\.txt$/);
  const officialTest = find(/^split-official-test(-\d+)?\.txt$/);
  if (officialTrain && officialTest) return { train: officialTrain, test: officialTest };
  const train = find(/^train\.txt$/);
  const test = find(/^test\.txt$/);
  const held = find(/^val(id|idation)?\.txt$/);
  if (train && test) return { train, test, ...(held && { validation: held }) };
  return train && held ? { train, test: held } : undefined;
}
