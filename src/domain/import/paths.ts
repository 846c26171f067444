/** @file What all layouts know of paths: what lies in a folder without belonging to the data, names, endings. */
import type { LayoutProblem, layoutProblems } from "./layoutProblem.ts";

const clutter = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)|^(readme|licen[cs]e|citation|changelog)|\.(md|pdf|html?)$/i;

export const isClutter = (path: string): boolean =>
  path.split(/[\\/]/).some((part) => part !== "" && clutter.test(part));

/** The path with "/" between its parts. */
export const slashed = (path: string): string => path.replaceAll("\\", "/");

export const fileOf = (path: string): string => slashed(path).split("/").at(-1)!;

/** The names of the folders that the file lies in, outermost first. */
export const foldersOf = (path: string): string[] => slashed(path).split("/").slice(0, -1);

/** jpg, jpeg or png. */
export const isImageName = (name: string): boolean => /\.(jpe?g|png)$/i.test(name);

/** Of files that only slides have; a slide may be a PNG or JPEG picture, too. */
export const slideEnding = /\.(svs|ndpi|scn|bif|tiff?|czi|svslide|mrxs|vms|vmu)$/i;

/** Of files of features; a PyTorch file is one that is refused with what to do instead. */
export const featureEnding = /\.(h5|hdf5|safetensors|pt|pth)$/i;

export const withoutEnding = (path: string): string =>
  path
    .replace(/\.(jpe?g|png|dcm|dicom)$/i, "")
    .replace(slideEnding, "")
    .replace(featureEnding, "");

export const problemOf = (path: string, code: keyof typeof layoutProblems, message: string): LayoutProblem => ({
  path,
  code,
  message: `${path}: ${message}`,
});

export const unused = (path: string, why = "not part of this layout; it is not imported"): LayoutProblem =>
  problemOf(path, "UNUSED_FILE", why);

export const classListFile = /(^|\/)(classes\.json|classes\.txt|labels\.txt)$/i;
