import type { ClassValues } from "@tessera/domain/classValues";
import type { Fold } from "@tessera/domain/words";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { FoldEnum } from "../graphql/enums.ts";

/** What every item that has maps says of itself. */
@ObjectType()
export abstract class ExplainedItem {
  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => [Int], { nullable: "items", description: "Per class: 1 present, 0 absent, null not known" })
  readonly truth!: ClassValues;

  @Field(() => [Float], { description: "Per class" })
  readonly probabilities!: readonly number[];

  @Field(() => Int, { description: "The class whose logit is explained" })
  readonly classIndex!: number;
}
