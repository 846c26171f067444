/** @file What can be wrong with a file of an import, as a code and a sentence for its sender. */
import { DomainError } from "@tessera/domain/errors";

export const fileProblems = {
  MISSING_FILE: "the file was named but never uploaded",
  EMPTY_FILE: "no bytes",
  WRONG_TYPE: "not the kind of file that the layout has, or another one than its name says",
  TRUNCATED: "ends before its image does",
  UNREADABLE: "damaged, too large, or turned by EXIF",
  SIZE_MISMATCH: "image and mask have different sizes",
  SWAPPED: "the image looks like a mask and the mask like an image",
  UNKNOWN_VALUE: "the mask has a value that is no class",
  BAD_REGION: "an annotation that cannot be used",
  NOT_A_MASK: "the mask is not two-valued",
  IMAGE_IS_MASK: "the image is two-valued, as a mask is",
  NO_CLASS: "an image of which no class is known",
  BURNT_IN_TEXT: "the film says that text is burnt into it; it was imported",
  OTHER_WIDTH: "a file of features with another number of them per tile than the dataset's bags",
  NO_PLACES: "the features were imported without the places of their tiles",
  DUPLICATE: "the same file as another item, which is kept",
  DUPLICATE_ACROSS_FOLDS: "the same file as an item of another published fold, which is kept",
  NAME_TAKEN: "another file of the dataset has this name",
  BAD_LIST: "a list, table or JSON file that cannot be read",
} as const;

export type FileProblemCode = keyof typeof fileProblems;

export class FileProblem extends Error {
  readonly path: string;
  readonly code: FileProblemCode;

  constructor(path: string, code: FileProblemCode, message: string) {
    super(message);
    this.path = path;
    this.code = code;
  }
}

/** The problem of a file that imaging or the object store refused. Whatever is not about the file is thrown as it came. */
export function toFileProblem(path: string, error: unknown): FileProblem {
  if (!(error instanceof DomainError)) throw error;
  const { code, details, message } = error;
  if (code === "NOT_FOUND") return new FileProblem(path, "MISSING_FILE", "The file was not uploaded; send it again");
  if (code !== "BAD_FILE") throw error;
  if (details.truncated === true) return new FileProblem(path, "TRUNCATED", message);
  if ("found" in details || "expected" in details) return new FileProblem(path, "WRONG_TYPE", message);
  if (details.region === true) return new FileProblem(path, "BAD_REGION", message);
  if ("value" in details || "id" in details) return new FileProblem(path, "UNKNOWN_VALUE", message);
  if ("brightest" in details) return new FileProblem(path, "NOT_A_MASK", message);
  return new FileProblem(path, "UNREADABLE", message);
}
