import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Items whose probability is above `from`, up to and with `to`" })
export class ReliabilityBin {
  @Field(() => Float)
  readonly from!: number;

  @Field(() => Float)
  readonly to!: number;

  @Field(() => Int)
  readonly n!: number;

  @Field(() => Float, { nullable: true, description: "Mean probability; null for an empty bin" })
  readonly confidence!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Share of the items that are what was said; null for an empty bin",
  })
  readonly share!: number | null;
}
