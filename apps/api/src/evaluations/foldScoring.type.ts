import type { Task } from "@tessera/store/labelSchemas";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { TaskEnum } from "../graphql/enums.ts";

@ObjectType({ description: "One scoring of a fold by a run, in brief: an evaluation without its items" })
export class FoldScoring {
  @Field(() => GraphQLUUID, { description: "Of the evaluation" })
  readonly id!: string;

  @Field(() => TaskEnum)
  readonly task!: Task;

  @Field(() => Int, { description: "1 is the first time this run scored this fold" })
  readonly scoring!: number;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The evaluation whose predictions these are, scored on other labels; null: scored as it was predicted",
  })
  readonly scoredFrom!: string | null;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
