/** @file What paths alone can have wrong with them. */
export const layoutProblems = {
  NO_MASK: "an image without a mask of the same name",
  NO_IMAGE: "a mask without an image of the same name",
  DOUBLE_NAME: "two files of one folder with the same name and different endings",
  OTHER_ROOT: "a second images or masks folder elsewhere",
  NOT_AN_IMAGE: "a file in images or masks whose ending is not one that the layout has",
  NO_CLASS: "an image of which no class is known",
  UNUSED_FILE: "a file that has no part in this layout",
} as const;

export interface LayoutProblem {
  readonly path: string;
  readonly code: keyof typeof layoutProblems;
  readonly message: string;
}
