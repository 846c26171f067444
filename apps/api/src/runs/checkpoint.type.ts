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

  @Field(() => Float, { nullable: true })
  readonly validationDice!: number | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
