/** @file Digits of MNIST's test file as a table of bags with every tile's own label: the pool that a witness study composes from. */
import { randomStream } from "@tessera/domain/random";
import type { Digits } from "../mnist-bags/bags.ts";

export interface PoolRules {
  /** The digit that is a witness. */
  readonly target: number;
  /** Digits of a bag of the pool; bags are composed anew, so it says nothing but how the table is cut. */
  readonly bag: number;
  /** Digits of these folds; the others are tested on. */
  readonly train: number;
  readonly validation: number;
  readonly seed: number;
}

const side = 28;
const half = side / 2;

/** 14 x 14 shades in [0, 1]: means of four pixels, so that a thousand bags of 200 fit where those of 784 pixels would not. */
const shrunk = (image: Uint8Array): string[] =>
  Array.from({ length: half * half }, (_, at) => {
    const [x, y] = [2 * (at % half), 2 * Math.floor(at / half)];
    const sum =
      image[y * side + x]! + image[y * side + x + 1]! + image[(y + 1) * side + x]! + image[(y + 1) * side + x + 1]!;
    return sum === 0 ? "0" : (sum / 1020).toFixed(3);
  });

/** The table that the product imports: bags of targets alone, and bags without, of digits of one fold. */
export function digitTable({ images, labels }: Digits, { target, bag, train, validation, seed }: PoolRules): string {
  const random = randomStream(seed, "pool");
  const order = [...labels.keys()].map((place) => ({ place, at: random.uniform() })).sort((a, b) => a.at - b.at);
  const foldOf = (rank: number) => (rank < train ? "train" : rank < train + validation ? "val" : "test");
  const placed = order.map(({ place }, rank) => ({ place, fold: foldOf(rank), own: Number(labels[place] === target) }));
  const heading = ["bag", "fold", "label", "tile_label", ...Array.from({ length: half * half }, (_, at) => `p${at}`)];
  const groups = Map.groupBy(placed, ({ fold, own }) => `${fold} ${own}`);
  const lines = [...groups].flatMap(([name, digits]) =>
    digits.map(({ place, fold, own }, at) => {
      const number = String(Math.floor(at / bag) + 1).padStart(3, "0");
      return [`${name} ${number}`, fold, own, own, ...shrunk(images[place]!)].join(",");
    }),
  );
  return [heading.join(","), ...lines, ""].join("\n");
}
