/** @file Worlds of items: intervals that speak of other items, with the runs as they are. */
import { bootstrapMean } from "@tessera/analysis/bootstrap";
import { sizeStrata } from "@tessera/analysis/strata";
import { tQuantile } from "@tessera/analysis/studentT";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface ItemRegime {
  readonly n: number;
  readonly scores: keyof typeof draws;
}

/** A Dice of 0.85 on average with a tail to 0. */
const dice = (random: RandomStream) => Math.max(0, 1 + 0.15 * Math.log(1 - random.uniform()));

const draws = {
  normal: (random: RandomStream) => 0.5 + 0.1 * random.normal(),
  "like Dice": dice,
  "like Dice, one of ten missed": (random: RandomStream) => (random.uniform() < 0.1 ? 0 : dice(random)),
} as const;

export const itemRegimes: readonly ItemRegime[] = [10, 30, 100].flatMap((n) =>
  (Object.keys(draws) as (keyof typeof draws)[]).map((scores) => ({ n, scores })),
);

/** Mean and SD of a draw, from so many that their own error does not count. */
function momentsOf(draw: (random: RandomStream) => number): { mean: number; sd: number } {
  const random = randomStream("moments");
  const count = 400_000;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < count; i++) {
    const value = draw(random);
    sum += value;
    squares += value ** 2;
  }
  return { mean: sum / count, sd: Math.sqrt(squares / count - (sum / count) ** 2) };
}

function overItems(
  { n, scores }: ItemRegime,
  draw: (random: RandomStream) => number,
  of: (values: number[], random: RandomStream) => { low: number | null; high: number | null },
): Simulation {
  const { mean, sd } = momentsOf(draw);
  return {
    regime: `${n} items, scores ${scores}`,
    figures: ["covered", "width"],
    notPromised: null,
    effect: 0,
    analyticWidth: (2 * tQuantile(0.975, n - 1) * sd) / Math.sqrt(n),
    truth: () => mean,
    world(random) {
      const values = Array.from({ length: n }, () => draw(random));
      return { ...of(values, random), claims: false };
    },
  };
}

/** Mean Dice of the items of one size. */
export const stratum = (regime: ItemRegime): Simulation =>
  overItems(regime, draws[regime.scores], (values) => {
    const { strata } = sizeStrata(values.map((score) => ({ regionShare: 0.03, score })));
    return strata.find((each) => each.n > 0)!;
  });

/** The mean difference of two arms' runs over all items that there are. */
export function itemBootstrap(regime: ItemRegime): Simulation {
  const draw = draws[regime.scores];
  return overItems(
    regime,
    (random) => draw(random) - 0.6 - 0.3 * random.uniform(),
    (values, random) => bootstrapMean(values, { seed: random.integer(2 ** 31) }),
  );
}
