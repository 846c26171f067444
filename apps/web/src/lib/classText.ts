/** The classes that an item has, in words; and of how many it is not known. */
export function classText(values: readonly (number | null)[], classes: readonly string[]): string {
  const present = classes.filter((_, index) => values[index] === 1);
  const unknown = values.filter((value) => value === null).length;
  const names = present.length > 0 ? present.join(", ") : "none";
  return unknown > 0 ? `${names} (${unknown} not known)` : names;
}
