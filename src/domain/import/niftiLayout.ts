/**
 * @file Volumes beside their label volumes.
 *
 *   [any folders/]imagesTr/NAME.nii(.gz)    labelsTr/NAME.nii(.gz)     Medical Segmentation Decathlon
 *   [any folders/]imagesTr/NAME_0000.nii(.gz)                          nnU-Net: the first channel; others are not imported
 *   [any folders/]images/…                  labels/…                   the same without the suffix
 *   [any folders/]dataset.json (its "labels"), subjects.csv (name,subject)
 */
import type { LayoutProblem } from "./layoutProblem.ts";
import { fileOf, foldersOf, isClutter, problemOf, unused } from "./paths.ts";

export interface VolumePair {
  readonly name: string;
  readonly imagePath: string;
  readonly labelPath: string;
}

export interface NiftiLayout {
  /** Sorted by name. */
  readonly volumes: readonly VolumePair[];
  readonly datasetPath?: string;
  readonly subjectsPath?: string;
  readonly problems: readonly LayoutProblem[];
}

const imageFolder = /^images(tr)?$/i;
const labelFolder = /^labels(tr)?$/i;
const ending = /\.nii(\.gz)?$/i;

/** Never throws: whatever does not fit is in `problems`, and the rest is paired. */
export function pairVolumes(paths: readonly string[]): NiftiLayout {
  const problems: LayoutProblem[] = [];
  const images = new Map<string, string>();
  const labels = new Map<string, string>();
  const besides: string[] = [];
  const rest = [...paths].sort().filter((path) => !isClutter(path));
  const root = rest.find((path) => imageFolder.test(foldersOf(path).at(-1) ?? ""));
  const rootOf = (path: string) => foldersOf(path).slice(0, -1).join("/");
  for (const path of rest) {
    const folder = foldersOf(path).at(-1) ?? "";
    const into = imageFolder.test(folder) ? images : labelFolder.test(folder) ? labels : null;
    const name = fileOf(path).replace(ending, "");
    if (into === null) besides.push(path);
    else if (root !== undefined && rootOf(path) !== rootOf(root)) {
      problems.push(
        problemOf(
          path,
          "OTHER_ROOT",
          `expected one images and one labels folder, under "${rootOf(root)}"; import it by itself`,
        ),
      );
    } else if (!ending.test(path)) {
      problems.push(problemOf(path, "NOT_AN_IMAGE", "expected .nii or .nii.gz; export it as NIfTI in one file"));
    } else if (into.has(name)) {
      problems.push(problemOf(path, "DOUBLE_NAME", `has the same name as ${into.get(name)}; keep one of them`));
    } else into.set(name, path);
  }

  const volumes: VolumePair[] = [];
  const matched = new Set<string>();
  for (const [file, imagePath] of images) {
    const [, before, channel] = /^(.+)_(\d{4})$/.exec(file) ?? [];
    const name = !labels.has(file) && before !== undefined && labels.has(before) ? before : file;
    const labelPath = labels.get(name);
    if (name !== file && channel !== "0000") {
      problems.push(unused(imagePath, "a further channel of its volume; only _0000 is imported"));
    } else if (labelPath === undefined) {
      const message = "no label volume of this name; slices without a label are empty, but a volume needs a label file";
      problems.push(problemOf(imagePath, "NO_MASK", message));
    } else if (matched.has(name)) {
      problems.push(problemOf(imagePath, "DOUBLE_NAME", `its label ${labelPath} belongs to another image; rename one`));
    } else {
      matched.add(name);
      volumes.push({ name, imagePath, labelPath });
    }
  }
  for (const [name, path] of labels) {
    if (!matched.has(name))
      problems.push(problemOf(path, "NO_IMAGE", "no image volume of this name; add it or remove the labels"));
  }

  const find = (pattern: RegExp) => besides.find((path) => pattern.test(fileOf(path)));
  const datasetPath = find(/^dataset\.json$/i);
  const subjectsPath = find(/^subjects\.csv$/i);
  for (const path of besides) if (path !== datasetPath && path !== subjectsPath) problems.push(unused(path));
  volumes.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    volumes,
    ...(datasetPath !== undefined && { datasetPath }),
    ...(subjectsPath !== undefined && { subjectsPath }),
    problems,
  };
}
