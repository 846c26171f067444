import { Field, ObjectType } from "type-graphql";
import { type BothEmpty, BothEmptyEnum, type LedgerAggregation, LedgerAggregationEnum } from "./ledgerEnums.ts";
import { LedgerScore } from "./ledgerScore.type.ts";

@ObjectType({ description: "Every arm's Dice under one convention" })
export class LedgerRow {
  @Field(() => String, { description: "The convention in a few words" })
  readonly name!: string;

  @Field(() => String)
  readonly key!: string;

  @Field(() => String, { description: "How the score is computed from the counts, in full" })
  readonly convention!: string;

  @Field(() => LedgerAggregationEnum)
  readonly aggregation!: LedgerAggregation;

  @Field(() => Boolean, { description: "Whether the background counts as a class" })
  readonly background!: boolean;

  @Field(() => BothEmptyEnum, { nullable: true, description: "Null where counts are pooled: no item has a score" })
  readonly bothEmpty!: BothEmpty | null;

  @Field(() => [LedgerScore])
  readonly arms!: readonly LedgerScore[];

  @Field(() => [String], { description: "Arms with a score, best first" })
  readonly order!: readonly string[];
}
