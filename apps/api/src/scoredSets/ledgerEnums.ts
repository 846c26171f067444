/** @file The choices that a Dice convention makes, as GraphQL enums. */
import { registerEnumType } from "type-graphql";

export const LedgerAggregationEnum = { PER_ITEM: "perItem", POOLED: "pooled" } as const;
export type LedgerAggregation = (typeof LedgerAggregationEnum)[keyof typeof LedgerAggregationEnum];

export const BothEmptyEnum = { UNDEFINED: "undefined", ZERO: "zero", ONE: "one" } as const;
export type BothEmpty = (typeof BothEmptyEnum)[keyof typeof BothEmptyEnum];

registerEnumType(LedgerAggregationEnum, {
  name: "LedgerAggregation",
  description: "PER_ITEM: the mean of the items' scores. POOLED: one score of the counts of all items together",
});
registerEnumType(BothEmptyEnum, {
  name: "BothEmpty",
  description: "The score of an item whose truth and prediction are both empty",
});
