import { Field, Float, Int, ObjectType } from "type-graphql";
import { LedgerRow } from "./ledgerRow.type.ts";
import { LedgerSpread } from "./ledgerSpread.type.ts";
import { LedgerSwap } from "./ledgerSwap.type.ts";
import { ThresholdCurve } from "./thresholdCurve.type.ts";

@ObjectType({ description: "The same counts under every convention" })
export class DiceLedger {
  @Field(() => Float, { nullable: true, description: "Null: each run's own" })
  readonly threshold!: number | null;

  @Field(() => [LedgerRow], { description: "The first is the reference convention" })
  readonly rows!: readonly LedgerRow[];

  @Field(() => [LedgerSwap])
  readonly swaps!: readonly LedgerSwap[];

  @Field(() => [LedgerSpread])
  readonly spread!: readonly LedgerSpread[];

  @Field(() => [ThresholdCurve], { description: "Without the arms that have no counts at other thresholds" })
  readonly thresholds!: readonly ThresholdCurve[];

  @Field(() => Int, { description: "Runs of the set without counts at other thresholds" })
  readonly thresholdsMissing!: number;
}
