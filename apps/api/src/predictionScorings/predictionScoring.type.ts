import type { ImportState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { ImportStateEnum } from "../graphql/enums.ts";

@ObjectType({
  description:
    "Predictions on their way to an evaluation: masks of a foreign run, or an evaluation's own on other labels",
})
export class PredictionScoring {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => ImportStateEnum)
  readonly state!: ImportState;

  @Field(() => Int, { description: "Items" })
  readonly total!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => GraphQLUUID, { nullable: true, description: "The evaluation whose predictions these are; null: sent" })
  readonly scoredFrom!: string | null;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}
