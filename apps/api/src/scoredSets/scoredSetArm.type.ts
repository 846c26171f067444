import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Runs of one set that differ in their seed alone" })
export class ScoredSetArm {
  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int)
  readonly seeds!: number;

  @Field(() => [GraphQLUUID], { description: "By seed" })
  readonly runIds!: readonly string[];

  @Field(() => [Float], { description: "By seed: the probability from which a pixel counted as foreground" })
  readonly thresholds!: readonly number[];
}
