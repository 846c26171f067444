/** @file What a witness study needs besides poolings, while it is being written. */

export interface DraftBags {
  readonly tiles: number | string;
  readonly train: number | string;
  readonly validation: number | string;
  readonly test: number | string;
  readonly seed: number | string;
}

export const firstBags: DraftBags = { tiles: 200, train: 200, validation: 100, test: 200, seed: 1 };
export const firstRates = "0.5, 1, 2, 5, 10, 20, 50";
/** Of the poolings offered: the ladder's. */
export const firstPoolings: readonly string[] = [
  "slide label on tiles",
  "embedding mean",
  "embedding max",
  "attention",
];

/** "0.5, 1" is [0.005, 0.01]. Null where it is no list of percentages above 0. */
export function parseRates(text: string): number[] | null {
  const parts = text
    .replaceAll("%", " ")
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
  const numbers = parts.map(Number);
  if (numbers.length === 0 || numbers.some((value) => !Number.isFinite(value) || value <= 0)) return null;
  const rates = numbers.map((value) => Number((value / 100).toPrecision(12)));
  return [...new Set(rates)].toSorted((a, b) => a - b);
}

const fields = ["tiles", "train", "validation", "test", "seed"] as const;

/** As the api takes it; null where a field is no whole number. */
export function bagsInput(bags: DraftBags): Record<(typeof fields)[number], number> | null {
  const numbers = fields.map((field) => (bags[field] === "" ? Number.NaN : Number(bags[field])));
  if (!numbers.every(Number.isInteger)) return null;
  const [tiles, train, validation, test, seed] = numbers as [number, number, number, number, number];
  return { tiles, train, validation, test, seed };
}
