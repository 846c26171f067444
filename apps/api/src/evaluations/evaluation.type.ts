import type { Fold } from "@tessera/domain/words";
import type { Task } from "@tessera/store/labelSchemas";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { FoldEnum, TaskEnum } from "../graphql/enums.ts";

@ObjectType({ description: "A model scored on one fold of one label version" })
export class Evaluation {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => FoldEnum)
  readonly fold!: Fold;

  @Field(() => TaskEnum)
  readonly task!: Task;

  @Field(() => Int, { description: "1 is the first time this run scored this fold" })
  readonly scoring!: number;

  @Field(() => Float)
  readonly checkpointStep!: number;

  @Field(() => Int, { description: "Side of the square that the counts, or the predictions, were taken at, pixels" })
  readonly size!: number;

  @Field(() => Float)
  readonly threshold!: number;

  @Field(() => Int)
  readonly items!: number;

  @Field(() => GraphQLUUID, {
    nullable: true,
    description: "The evaluation whose predictions these are, scored on other labels; null: scored as it was predicted",
  })
  readonly scoredFrom!: string | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}
