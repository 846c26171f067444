/** @file Items by class: what a filter's value in the address stands for. */

type ClassState = "PRESENT" | "ABSENT" | "UNKNOWN";

export const classStates: readonly [ClassState, (name: string) => string][] = [
  ["PRESENT", (name) => name],
  ["ABSENT", (name) => `no ${name}`],
  ["UNKNOWN", (name) => `${name} not known`],
];

/** @param value "INDEX STATE", or "" for all. @returns null: all, also where the schema has no such class */
export function classFilter(
  value: string,
  labelVersionId: string,
  { classes }: { readonly classes: readonly string[] },
) {
  const [index, state] = value.split(" ");
  const known = classStates.find(([each]) => each === state);
  const classIndex = Number(index);
  return known && classes[classIndex] !== undefined ? { labelVersionId, classIndex, state: known[0] } : null;
}
