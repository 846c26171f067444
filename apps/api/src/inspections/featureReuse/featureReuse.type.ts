import { Field, Int, ObjectType } from "type-graphql";
import { BlockDistance } from "./blockDistance.type.ts";
import { Similarity } from "./similarity.type.ts";

@ObjectType({ description: "Linear CKA between the blocks of two sets of weights, beside its two nulls" })
export class FeatureReuse {
  @Field(() => [String])
  readonly blocksA!: readonly string[];

  @Field(() => [String])
  readonly blocksB!: readonly string[];

  @Field(() => Int, { description: "Validation items that were looked at" })
  readonly items!: number;

  @Field(() => Int, { description: "Items of a minibatch of the minibatch estimator" })
  readonly batch!: number;

  @Field(() => Int, { description: "Of each null" })
  readonly draws!: number;

  @Field(() => [Similarity], { description: "By each estimator" })
  readonly similarities!: readonly Similarity[];

  @Field(() => [BlockDistance], { nullable: true, description: "Null where the two are of different architectures" })
  readonly distances!: readonly BlockDistance[] | null;
}
