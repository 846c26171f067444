/** @file Which key chooses which class. Pure. */

/** After the ten digits; letters that do something else are left out (u, s, w, f, n, h). */
const letters = "qertyopadgjklxcvbmiz";
const keys = [..."1234567890", ...letters];

/** Of the class at this place; null: there are more classes than keys, and it is chosen by its button. */
export const keyOf = (classIndex: number): string | null => keys[classIndex] ?? null;

/** The class that a key chooses. By its place on the keyboard for digits, so that they work with Shift too. */
export function classOfKey(
  { key, code }: { readonly key: string; readonly code: string },
  classes: number,
): number | null {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  const at = keys.indexOf(digit ?? key.toLowerCase());
  return at >= 0 && at < classes ? at : null;
}
