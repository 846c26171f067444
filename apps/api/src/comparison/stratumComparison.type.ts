import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Items of like region size; no interval below 10 items" })
export class StratumComparison {
  @Field(() => String)
  readonly label!: string;

  @Field(() => Float)
  readonly lowShare!: number;

  @Field(() => Float)
  readonly highShare!: number;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => Float, { nullable: true })
  readonly meanA!: number | null;

  @Field(() => Float, { nullable: true })
  readonly meanB!: number | null;

  @Field(() => Float, { nullable: true })
  readonly lowA!: number | null;

  @Field(() => Float, { nullable: true })
  readonly highA!: number | null;

  @Field(() => Float, { nullable: true })
  readonly lowB!: number | null;

  @Field(() => Float, { nullable: true })
  readonly highB!: number | null;
}
