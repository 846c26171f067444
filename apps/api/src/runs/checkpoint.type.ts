import { GraphQLDateTime } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { CheckpointKindEnum } from "../graphql/enums.ts";

@ObjectType()
export class Checkpoint {
  @Field(() => CheckpointKindEnum)
  readonly kind!: "latest" | "best";

  @Field(() => Float)
  readonly step!: number;

  @Field(() => Int)
  readonly epoch!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Of the validation fold: Dice, or AUC of a classification; the best checkpoint has the highest",
  })
  readonly validationScore!: number | null;

  @Field(() => Float, { nullable: true, description: "validationScore where it is Dice" })
  readonly validationDice!: number | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
