import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "One training of the chain that the starting weights come from" })
export class PretrainingHop {
  @Field(() => String)
  readonly name!: string;

  @Field(() => GraphQLUUID, { nullable: true, description: "Null of imported weights" })
  readonly runId!: string | null;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "Of imported weights: what they cost is not known, and all else is null",
  })
  readonly weightsId!: string | null;

  @Field(() => String, { nullable: true, description: "Name of the dataset" })
  readonly dataset!: string | null;

  @Field(() => Int, { nullable: true, description: "Updates of the weights" })
  readonly steps!: number | null;

  @Field(() => Int, { nullable: true })
  readonly epochs!: number | null;

  @Field(() => Int, { nullable: true, description: "That the run learnt from" })
  readonly trainItems!: number | null;

  @Field(() => Float, { nullable: true, description: "Items in all its batches, each as often as it came" })
  readonly itemsSeen!: number | null;

  @Field(() => Float, { nullable: true, description: "Of all its attempts" })
  readonly seconds!: number | null;
}
