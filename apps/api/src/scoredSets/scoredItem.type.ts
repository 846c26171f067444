import { GraphQLUUID } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { ScoredPrediction } from "./scoredPrediction.type.ts";

@ObjectType({ description: "One item with what every run of the set predicts of it" })
export class ScoredItem {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => [ScoredPrediction], { description: "By arm, then seed; without the runs that have not scored the item" })
  readonly predictions!: readonly ScoredPrediction[];
}
