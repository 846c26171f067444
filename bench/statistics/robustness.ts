/** @file Worlds of robustness curves: the mean score over the noise range, its difference between two methods, and the breakdown point. */
import { areaUnder, compareAreas, meanOverRange } from "@tessera/analysis/robustness/area";
import { breakdownOf, breakdownPoint } from "@tessera/analysis/robustness/breakdown";
import type { SeedCurves } from "@tessera/analysis/robustness/curve";
import { detectableEffect, tQuantile } from "@tessera/analysis/studentT";
import { mean, standardDeviation } from "@tessera/analysis/summary";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface RobustnessRegime {
  /** Of a run at one level. */
  readonly runSd: number;
  readonly seeds: number;
  readonly levels: number;
}

const chance = 0.5;
/** Of what all runs of one seed and method share, in height; and in where the curve falls, on the logarithmic scale. */
const [heightSd, placeSd] = [0.01, 0.05];
/** Of the luck that two methods of one seed share. */
const shared = 0.3;

export const robustnessRegimes: readonly RobustnessRegime[] = [0.005, 0.03].flatMap((runSd) =>
  [4, 7].flatMap((levels) => [5, 10].map((seeds) => ({ runSd, levels, seeds }))),
);

const nameOf = ({ runSd, levels, seeds }: RobustnessRegime) => `run SD ${runSd}, ${levels} levels, ${seeds} seeds`;
const placesOf = ({ levels }: RobustnessRegime) => Array.from({ length: levels }, (_, i) => (0.6 * i) / (levels - 1));

/** Score at a noise of x: chance + height / (1 + exp((x - place) / 0.08)), where the place is where half is lost but for a little. */
const scoreAt = (x: number, height: number, place: number) => chance + height / (1 + Math.exp((x - place) / 0.08));

interface Luck {
  readonly height: number;
  readonly place: number;
}

function curves(
  regime: RobustnessRegime,
  name: string,
  lucks: readonly Luck[],
  lift: number,
  random: RandomStream,
): SeedCurves {
  const x = placesOf(regime);
  const seeds = lucks.map(({ height, place }, seed) => ({
    seed,
    values: x.map((at) => {
      const of = scoreAt(at, 0.4 + heightSd * height, 0.35 * Math.exp(placeSd * place));
      return of + lift + regime.runSd * random.normal();
    }),
  }));
  return { name, x, seeds, incompleteSeeds: 0, items: 100 };
}

/** Two methods on the same seeds. @param lift of the second over the first, at every level */
function world(regime: RobustnessRegime, random: RandomStream, lift: number): [SeedCurves, SeedCurves] {
  const draw = () => [random.normal(), random.normal()] as const;
  const mixed = (both: readonly number[], own: readonly number[]): Luck => {
    const [height, place] = both.map((each, i) => Math.sqrt(shared) * each + Math.sqrt(1 - shared) * own[i]!);
    return { height: height!, place: place! };
  };
  const pairs = Array.from({ length: regime.seeds }, () => {
    const both = draw();
    return [mixed(both, draw()), mixed(both, draw())] as const;
  });
  const one = (name: string, which: 0 | 1) =>
    curves(
      regime,
      name,
      pairs.map((pair) => pair[which]),
      which * lift,
      random,
    );
  return [one("reference", 0), one("method", 1)];
}

const pilot = (regime: RobustnessRegime) => {
  const random = randomStream("pilot", nameOf(regime));
  return Array.from({ length: Math.ceil(4000 / regime.seeds) }, () => world(regime, random, 0));
};
const widthOf = (sd: number, n: number) => (2 * tQuantile(0.975, n - 1) * sd) / Math.sqrt(n);

export function areaDifference(regime: RobustnessRegime): Simulation {
  const { seeds } = regime;
  const areas = (of: SeedCurves) => of.seeds.map(({ values }) => meanOverRange(of.x, values));
  const sd = standardDeviation(pilot(regime).flatMap(([a, b]) => areas(b).map((area, i) => area - areas(a)[i]!)))!;
  return {
    regime: nameOf(regime),
    figures: ["rejected", "found", "covered", "width"],
    notPromised: null,
    effect: detectableEffect(sd, seeds)!,
    analyticWidth: widthOf(sd, seeds),
    truth: (lift) => lift,
    world(random, lift) {
      const [reference, method] = world(regime, random, lift);
      const { compared } = compareAreas(reference, method, {});
      const { low, high } = compared!.difference;
      return { low, high, claims: compared!.verdict === "better" || compared!.verdict === "worse" };
    },
  };
}

export function area(regime: RobustnessRegime): Simulation {
  const areas = pilot(regime).flatMap(([of]) => of.seeds.map(({ values }) => meanOverRange(of.x, values)));
  const truth = mean(manyOf(regime, ({ x, seeds }) => seeds.map(({ values }) => meanOverRange(x, values))));
  return {
    regime: nameOf(regime),
    figures: ["covered", "width"],
    ...{ notPromised: null, effect: 0, analyticWidth: widthOf(standardDeviation(areas)!, regime.seeds) },
    truth: () => truth,
    world(random) {
      const { low, high } = areaUnder(world(regime, random, 0)[0])!;
      return { low, high, claims: false };
    },
  };
}

/** Of what the levels can see: the mean of the interpolated points, which lies a little beside where the smooth curve is halved. */
export function breakdown(regime: RobustnessRegime): Simulation {
  const points = manyOf(regime, ({ x, seeds }) =>
    seeds.map(({ values }) => breakdownPoint(x, values, chance)!.at ?? x.at(-1)!),
  );
  return {
    regime: nameOf(regime),
    figures: ["covered", "width"],
    ...{ notPromised: null, effect: 0, analyticWidth: widthOf(standardDeviation(points)!, regime.seeds) },
    truth: () => mean(points),
    world(random) {
      const { low, high } = breakdownOf(world(regime, random, 0)[0], chance)!;
      return { low, high, claims: false };
    },
  };
}

function manyOf(regime: RobustnessRegime, valuesOf: (curves: SeedCurves) => readonly number[]): number[] {
  const random = randomStream("truth", nameOf(regime));
  return Array.from({ length: Math.ceil(20_000 / regime.seeds) }, () => world(regime, random, 0)[0]).flatMap(valuesOf);
}
