/** @file What is chosen of an item before it is saved. Pure. */

/** Per class: 1 present, 0 absent, null not known. */
export type Choice = readonly (0 | 1 | null)[];

/** Nothing is said yet: of exclusive classes none is chosen, of the others none is present. */
export const nothing = (classes: number): Choice => Array.from({ length: classes }, () => 0);

/** Of exclusive classes this one; of the others it changes between present and absent. */
export const toggled = (choice: Choice, classIndex: number, exclusive: boolean): Choice =>
  choice.map((value, index) => (exclusive ? (index === classIndex ? 1 : 0) : index === classIndex ? (value === 1 ? 0 : 1) : value)); // biome-ignore format: one line

/** Whether it is there cannot be told; again: absent. Exclusive classes have no such thing. */
export const unknown = (choice: Choice, classIndex: number): Choice =>
  choice.map((value, index) => (index === classIndex ? (value === null ? 0 : null) : value));

/** What the api takes: of exclusive classes exactly one, of the others at least one that is known. */
export const isComplete = (choice: Choice, exclusive: boolean): boolean =>
  exclusive ? choice.filter((value) => value === 1).length === 1 : choice.some((value) => value !== null);
