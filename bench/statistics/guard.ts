/**
 * @file Worlds of heatmaps: what is left of a map without what the model learnt, and the word that follows from it (decision 0033).
 *
 * A map is the sum of a part from its image and a part from its network; of the network's part a share is in all of its maps. All parts are
 * smooth: a coarse grid of normal numbers, drawn larger. Without an effect counted as rejected: the word, where what is left is
 * exactly the word's threshold by the measure that has most left. With one, counted as found: the word, where it is right by far.
 */
import { compareMaps, type RankedMap, rankedMap } from "@tessera/analysis/explanations/similarity";
import { allLeft, guardCheck, guardCheckOfDraws, mostlyLeft } from "@tessera/analysis/explanations/verdict";
import { mean } from "@tessera/analysis/summary";
import { type GuardCheck, similarityMeasures } from "@tessera/domain/inspections/guard";
import { type RandomStream, randomStream } from "@tessera/domain/random";
import type { Simulation } from "./simulation.ts";

export interface GuardRegime {
  /** weights: 8 networks of random weights; labels: one network, the interval is over items. */
  readonly check: "weights" | "labels";
  /** Of the variance of a network's part, what all its maps have in common. */
  readonly common: number;
}

export const guardRegimes: readonly GuardRegime[] = (["weights", "labels"] as const).flatMap((check) =>
  [0, 0.5].map((common) => ({ check, common })),
);

const [items, draws, side, coarse] = [12, 8, 12, 4];
/** Worlds that are tried out before a regime. */
const trials = 200;
const nameOf = ({ check, common }: GuardRegime) =>
  `${check === "weights" ? `${draws} draws of weights` : "one network"}, ${items} items, ${100 * common} % of its part in all its maps`;

/** [side*side], smooth: `coarse` × `coarse` normal numbers, bilinear between them. */
function smooth(random: RandomStream): Float64Array {
  const grid = Float64Array.from({ length: coarse ** 2 }, () => random.normal());
  const at = (place: number) => (place * (coarse - 1)) / (side - 1);
  return Float64Array.from({ length: side ** 2 }, (_, pixel) => {
    const [x, y] = [at(pixel % side), at(Math.floor(pixel / side))];
    const [left, top] = [Math.min(Math.floor(x), coarse - 2), Math.min(Math.floor(y), coarse - 2)];
    const [u, v] = [x - left, y - top];
    const corner = (dx: number, dy: number) => grid[(top + dy) * coarse + left + dx]!;
    return (1 - v) * ((1 - u) * corner(0, 0) + u * corner(1, 0)) + v * ((1 - u) * corner(0, 1) + u * corner(1, 1));
  });
}

/** Of one network, a map for each image. @param share the images' part of the variance */
function mapsOf(images: readonly Float64Array[], share: number, common: number, random: RandomStream): RankedMap[] {
  const inAll = smooth(random);
  const [ofImage, ofAll, own] = [share, (1 - share) * common, (1 - share) * (1 - common)].map(Math.sqrt);
  return images.map((image) => {
    const alone = smooth(random);
    return rankedMap(
      Float32Array.from(image, (value, pixel) => ofImage! * value + ofAll! * inAll[pixel]! + own! * alone[pixel]!),
    );
  });
}

function checked({ check, common }: GuardRegime, share: number, random: RandomStream): GuardCheck {
  const images = Array.from({ length: items }, () => smooth(random));
  const trained = mapsOf(images, share, common, random);
  const against = () => compareMaps(trained, mapsOf(images, share, common, random)).left;
  if (check === "labels") return guardCheck(against());
  return guardCheckOfDraws(Array.from({ length: draws }, against));
}

/** Means over worlds of what is left, by measure. */
function expected(regime: GuardRegime, share: number, worlds: number): number[] {
  const random = randomStream("guard", nameOf(regime));
  const all = Array.from({ length: worlds }, () => checked(regime, share, random).left.map(({ estimate }) => estimate));
  return similarityMeasures.map((_, measure) => mean(all.map((each) => each[measure]!)));
}

/** The images' share at which the measure that has most left has just the threshold left: one step, since what is left rises as the share. */
const shareAt = (regime: GuardRegime, threshold: number) =>
  2 * threshold - Math.max(...expected(regime, threshold, trials));

const word =
  (says: "passes" | "independent", threshold: number, effect: number) =>
  (regime: GuardRegime): Simulation => {
    const share = shareAt(regime, threshold);
    return {
      ...{ regime: nameOf(regime), figures: ["rejected", "found"], notPromised: null, effect, analyticWidth: 1 },
      truth: () => 0,
      world: (random, planted) => ({
        ...{ low: null, high: null },
        claims: checked(regime, share + planted, random).verdict === says,
      }),
    };
  };

export const passesOf = word("passes", mostlyLeft, -0.3);
export const independentOf = word("independent", allLeft, 0.15);

/** What is left by the signed measure, where half of a map is its image's. */
export function leftOf(regime: GuardRegime): Simulation {
  const [truth] = expected(regime, mostlyLeft, trials);
  return {
    ...{ regime: nameOf(regime), figures: ["covered"], notPromised: null, effect: 0, analyticWidth: 1 },
    truth: () => truth!,
    world(random) {
      const { low, high } = checked(regime, mostlyLeft, random).left[0]!;
      return { low, high, claims: false };
    },
  };
}
