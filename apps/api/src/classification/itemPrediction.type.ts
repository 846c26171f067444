import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "What a classification run said of one item" })
export class ItemPrediction {
  @Field(() => [Int], { nullable: "items", description: "Per class: 1 present, 0 absent, null not known" })
  readonly truth!: readonly (0 | 1 | null)[];

  @Field(() => [Float], { description: "Per class" })
  readonly probabilities!: readonly number[];

  @Field(() => Float, { nullable: true, description: "Null where no class of the item is known" })
  readonly logLoss!: number | null;
}
