import { Field, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "Repeated k-fold cross-validation by subject: in each repeat every item is tested once" })
export class CrossValidation {
  @Field(() => Int)
  readonly folds!: number;

  @Field(() => Int)
  readonly repeats!: number;
}
