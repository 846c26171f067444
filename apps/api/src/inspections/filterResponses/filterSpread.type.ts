import { Field, Float, ObjectType } from "type-graphql";

@ObjectType({ description: "Quantiles over the filters of a depth" })
export class FilterSpread {
  @Field(() => Float)
  readonly low!: number;

  @Field(() => Float)
  readonly quarter!: number;

  @Field(() => Float)
  readonly middle!: number;

  @Field(() => Float)
  readonly threeQuarters!: number;

  @Field(() => Float)
  readonly high!: number;
}
