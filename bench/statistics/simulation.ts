/**
 * @file What an interval promises, counted over simulated worlds: false differences, planted ones found, coverage, width.
 * The promises are product.md's, "Held to it by simulation".
 */
import { type RandomStream, randomStream } from "@tessera/domain/random";

export interface Observation {
  /** Null: the product gives no interval in this world. */
  readonly low: number | null;
  readonly high: number | null;
  /** Whether the product says that there is a difference (of equivalence: that there is none). */
  readonly claims: boolean;
}

export type Figure = "rejected" | "found" | "covered" | "width";

export interface Simulation {
  readonly regime: string;
  /** Figures that it has. */
  readonly figures: readonly Figure[];
  /** Null where it is held to product.md's bounds; else why it is not: such rows show what an interval does not say. */
  readonly notPromised: string | null;
  /** The size called detectable, of worlds with a planted effect. */
  readonly effect: number;
  /** Of the interval that would be had without a difference, were the spread known. */
  readonly analyticWidth: number;
  /** One world in which the true value is `truth(effect)`; without a difference where `effect` is 0. */
  world(random: RandomStream, effect: number): Observation;
  truth(effect: number): number;
}

export const bounds: Readonly<Record<Figure, { readonly least: number; readonly most: number }>> = {
  rejected: { least: 0, most: 0.07 },
  found: { least: 0.75, most: 1 },
  covered: { least: 0.93, most: 0.97 },
  width: { least: 0, most: 1.3 },
};

export interface Row {
  readonly interval: string;
  readonly regime: string;
  readonly notPromised: string | null;
  /** Shares of the worlds; the width is the median over worlds without a difference by the analytic one. */
  readonly figures: Readonly<Partial<Record<Figure, number>>>;
  /** Figures out of bounds. */
  readonly missed: readonly Figure[];
  /** Share of the worlds in which the product gives no interval; coverage is of the others. */
  readonly without: number;
}

/**
 * @param interval what the product shows
 * @param worlds without a difference, and as many with a planted one
 */
export function simulate(interval: string, simulation: Simulation, worlds: number): Row {
  const { regime, effect, notPromised } = simulation;
  const random = randomStream("statistics", interval, regime);
  const draw = (planted: number) => Array.from({ length: worlds }, () => simulation.world(random, planted));
  const has = (figure: Figure) => simulation.figures.includes(figure);
  const without = draw(0);
  const planted = has("found") ? draw(effect) : without;
  const truth = simulation.truth(has("found") ? effect : 0);
  const intervals = planted.flatMap(intervalOf);
  const share = (count: number, of = worlds) => count / of;
  const widths = without.flatMap(intervalOf).map(({ low, high }) => high - low);
  widths.sort((a, b) => a - b);
  const all: Record<Figure, number> = {
    rejected: share(without.filter(({ claims }) => claims).length),
    found: share(planted.filter(({ claims }) => claims).length),
    covered: share(intervals.filter(({ low, high }) => low <= truth && truth <= high).length, intervals.length),
    width: widths[widths.length >> 1]! / simulation.analyticWidth,
  };
  const figures = Object.fromEntries(simulation.figures.map((figure) => [figure, all[figure]]));
  const missed = simulation.figures.filter(
    (figure) => all[figure] < bounds[figure].least || all[figure] > bounds[figure].most,
  );
  return {
    interval,
    regime,
    notPromised,
    figures,
    missed,
    without: has("covered") ? 1 - intervals.length / worlds : 0,
  };
}

const intervalOf = ({ low, high }: Observation) => (low === null || high === null ? [] : [{ low, high }]);
