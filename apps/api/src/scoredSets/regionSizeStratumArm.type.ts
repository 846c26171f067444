import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "One arm in one stratum; intervals over items, none below 10" })
export class RegionSizeStratumArm {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => Float, { nullable: true })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true })
  readonly high!: number | null;

  @Field(() => Float, { nullable: true })
  readonly equivalentError!: number | null;

  @Field(() => Float, { nullable: true })
  readonly errorLow!: number | null;

  @Field(() => Float, { nullable: true })
  readonly errorHigh!: number | null;
}
