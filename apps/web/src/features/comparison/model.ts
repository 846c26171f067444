/**
 * @file The one model of a comparison. Every picture on the page is a projection of it: none fetches, sorts or pairs for itself.
 *
 * A is the reference; differences are B − A, as the api computes them.
 */
import type { ComparisonQuery } from "@/gql/graphql";
import type { ArmLook, ArmLooks } from "@/lib/arms";
import { isNumber, plural } from "@/lib/format";

export type ComparisonData = NonNullable<NonNullable<ComparisonQuery["experiment"]>["comparison"]>;
export type ComparedItem = ComparisonData["items"][number];

export interface Side {
  readonly name: string;
  readonly look: ArmLook;
  readonly score: ComparisonData["armA"];
}

/** Two arms in one metric: what the answer and the pictures of the seeds need. */
export interface ScoreComparison {
  /** "Dice" */
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly data: Pick<
    ComparisonData,
    "fold" | "difference" | "perSeed" | "unpairedSeeds" | "itemsLeftOut" | "theseRunsOnly"
  >;
  readonly a: Side;
  readonly b: Side;
  /** Declared before the runs; null: equivalence is not claimed. */
  readonly margin: number | null;
}

export interface ComparisonModel extends ScoreComparison {
  readonly data: ComparisonData;
  /** n, seeds, label version, convention: what every number here rests on. */
  readonly basis: string;
  /** Items with a Dice under both arms, in the order of the api. */
  readonly scored: readonly (ComparedItem & { readonly a: number; readonly b: number })[];
  /** Items whose Dice is undefined under the convention; shown in number, never as 0. */
  readonly undefinedItems: number;
}

export function comparisonModel(data: ComparisonData, looks: ArmLooks, margin: number | null): ComparisonModel {
  const scored = data.items.filter(
    (item): item is ComparedItem & { a: number; b: number } => isNumber(item.a) && isNumber(item.b),
  );
  return {
    metric: "Dice",
    higherIsBetter: true,
    data,
    a: { name: data.armA.arm, look: looks(data.armA.arm), score: data.armA },
    b: { name: data.armB.arm, look: looks(data.armB.arm), score: data.armB },
    margin,
    basis: basisText(data),
    scored,
    undefinedItems: data.items.length - scored.length,
  };
}

type Basis = Pick<ComparisonData, "fold" | "convention"> & {
  readonly labelVersion: Pick<ComparisonData["labelVersion"], "number">;
  readonly difference: Pick<ComparisonData["difference"], "items" | "seeds">;
};

export const basisText = ({ fold, convention, labelVersion, difference }: Basis): string =>
  `${fold.toLowerCase()} fold, n = ${plural(difference.items, "item")}, ${plural(difference.seeds, "paired seed")}, label version ${labelVersion.number}; Dice ${convention}`;

/** The same in short, beside pictures of single items. */
export const basisOfItems = ({ data }: ComparisonModel): string =>
  `${data.fold.toLowerCase()} fold, label version ${data.labelVersion.number}, Dice averaged over ${plural(data.difference.seeds, "seed")}`;

export const itemOrders = {
  worst: "lowest Dice first",
  loss: "largest loss of the second arm first",
  gain: "largest gain of the second arm first",
  apart: "arms furthest apart first",
} as const;

export type ItemOrder = keyof typeof itemOrders;

const key: Record<ItemOrder, (item: { a: number; b: number }) => number> = {
  worst: ({ a, b }) => (a + b) / 2,
  loss: ({ a, b }) => b - a,
  gain: ({ a, b }) => a - b,
  apart: ({ a, b }) => -Math.abs(a - b),
};

export const ordered = (model: ComparisonModel, order: ItemOrder) =>
  [...model.scored].sort(
    (left, right) => key[order](left) - key[order](right) || left.item.name.localeCompare(right.item.name),
  );
