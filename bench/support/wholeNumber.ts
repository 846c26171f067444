/** @file A number that the call of a bench gives. */

/** @throws Error that names the option */
export function wholeNumber(option: string, value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value);
  throw new Error(`--${option}: expected a whole number above 0, got ${value}`);
}
