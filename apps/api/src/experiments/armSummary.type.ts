import { Field, Float, Int, ObjectType } from "type-graphql";
import { RunStateCounts } from "./runStateCounts.type.ts";

@ObjectType({ description: "Last values of one metric over the seeds of an arm" })
export class ArmSummary {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int, { description: "Runs that have a value" })
  readonly seeds!: number;

  @Field(() => Float, { nullable: true })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "Over seeds; null below two" })
  readonly sd!: number | null;

  @Field(() => RunStateCounts)
  readonly runStates!: RunStateCounts;
}
