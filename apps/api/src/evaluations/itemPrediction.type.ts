import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What a classification says of one item; the lists are in the order of classIndex" })
export class ItemPrediction {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => String)
  readonly itemName!: string;

  @Field(() => [Int], { nullable: "items", description: "1 present, 0 absent, null not known" })
  readonly truth!: readonly (0 | 1 | null)[];

  @Field(() => [Float])
  readonly probabilities!: readonly number[];
}
