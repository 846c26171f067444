/** `npm run bench -- statistics` at small scale: every interval keeps near its promise, and one that does not is seen. */
import { bootstrapMean } from "@tessera/analysis/bootstrap";
import { describe, expect, it } from "vitest";
import { difference, regimes } from "../../bench/statistics/arms.ts";
import { type Simulation, simulate } from "../../bench/statistics/simulation.ts";
import { simulations } from "../../bench/statistics/simulations.ts";

const worlds = 100;
/** Five standard errors of a share of so many worlds, about the promise. */
const slack = 5 * Math.sqrt((0.05 * 0.95) / worlds);

/** Not promised, or derived of what is simulated here, and slow. */
const left = /other items|without δ|any label chain|quality of the labels|fix this stage/;

describe.each(simulations.filter(({ interval }) => !left.test(interval)))("$interval", ({ interval, regimes }) => {
  it("keeps near its promise in its first regime", () => {
    const { figures } = simulate(interval, regimes[0]!(), worlds);
    if (figures.rejected !== undefined) expect(figures.rejected).toBeLessThanOrEqual(0.05 + slack);
    if (figures.found !== undefined) expect(figures.found).toBeGreaterThanOrEqual(0.8 - 2 * slack);
    if (figures.covered !== undefined) expect(figures.covered).toBeGreaterThanOrEqual(0.95 - slack);
    if (figures.width !== undefined) expect(figures.width).toBeLessThanOrEqual(1.3);
  });
});

describe("what breaks a promise is named", () => {
  const kept = difference(regimes[0]!);
  const narrowed = (by: number): Simulation => ({
    ...kept,
    world(random, effect) {
      const { low, high } = kept.world(random, effect);
      const [middle, half] = [(high! + low!) / 2, (by * (high! - low!)) / 2];
      return { low: middle - half, high: middle + half, claims: Math.abs(middle) > half };
    },
  });

  it("an interval half as wide as it should be", () => {
    expect(simulate("narrow", narrowed(0.5), worlds).missed).toEqual(["rejected", "covered"]);
  });

  it("one three times as wide", () => {
    expect(simulate("wide", narrowed(3), worlds).missed).toEqual(["found", "covered", "width"]);
  });

  it("worlds without an interval are counted, and left out of the coverage", () => {
    let world = 0;
    const half = { ...kept, figures: ["covered"], world: () => (world++ % 2 ? nothing : whole) } as const;
    expect(simulate("half", half, worlds)).toMatchObject({ without: 0.5, figures: { covered: 1 } });
  });
});

const nothing = { low: null, high: null, claims: false };
const whole = { low: -1, high: 1, claims: false };

it("widens the bootstrap of few items: percentiles of ten normal items alone would cover 90 %", () => {
  const values = [0.1, 0.4, 0.2, 0.5, 0.3, 0.9, 0.7, 0.6, 0.2, 0.1];
  const plain = 2 * 1.96 * Math.sqrt(values.reduce((sum, value) => sum + (value - 0.4) ** 2, 0) / 10 / 10);
  const { low, high } = bootstrapMean(values);
  expect((high - low) / plain).toBeGreaterThan(1.1); // √(10 / 9) t / z = 1.22, less for the draws' own error and skew
  expect((high - low) / plain).toBeLessThan(1.3);
});
