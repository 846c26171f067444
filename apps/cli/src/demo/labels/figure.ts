/** @file One planted figure beside what the product says of it. */

export interface Figure {
  readonly name: string;
  /** What was planted. */
  readonly truth: number;
  readonly estimate: number;
  /** 95 % */
  readonly low: number;
  readonly high: number;
}

export const covers = ({ truth, low, high }: Figure): boolean => low <= truth && truth <= high;

export function figureLines(figures: readonly Figure[]): string[] {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const digits = (value: number) => value.toFixed(3);
  const inside = figures.filter(covers).length;
  return [
    `  ${"".padEnd(width)}  planted  found`,
    ...figures.map((figure) => {
      const { name, truth, estimate, low, high } = figure;
      const mark = covers(figure) ? "" : "  outside";
      return `  ${name.padEnd(width)}  ${digits(truth)}    ${digits(estimate)} (${digits(low)} to ${digits(high)})${mark}`;
    }),
    `  ${inside} of ${figures.length} intervals (95 %) hold what was planted`,
  ];
}

export const jsonLine = (figures: readonly Figure[]): string =>
  JSON.stringify({
    planted: Object.fromEntries(
      figures.map(({ name, truth, estimate, low, high }) => [name, { truth, estimate, low, high }]),
    ),
  });
