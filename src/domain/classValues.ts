/** @file What a label of classification says: a value per class of its schema. */

/** Per class: 1 present, 0 absent, null not known. Of an exclusive schema exactly one is 1 and the others are 0. */
export type ClassValues = readonly (0 | 1 | null)[];

/** The values of an item that has one class. */
export const oneClass = (classIndex: number, classes: number): ClassValues =>
  Array.from({ length: classes }, (_, index) => (index === classIndex ? 1 : 0));
