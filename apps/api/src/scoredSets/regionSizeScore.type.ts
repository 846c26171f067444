import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "Means over the seeds of one arm for one item" })
export class RegionSizeScore {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Float, { nullable: true })
  readonly dice!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Pixels: the error of the outline that costs the item's truth as much Dice",
  })
  readonly equivalentError!: number | null;

  @Field(() => Boolean, { description: "No overlap in some seed: the error is at least this" })
  readonly atLeast!: boolean;
}
