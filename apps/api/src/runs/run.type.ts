import type { RunState } from "@tessera/domain/words";
import { GraphQLDateTime, GraphQLJSONObject, GraphQLUUID } from "graphql-scalars";
import { Field, Float, Int, ObjectType } from "type-graphql";
import { RunSourceEnum, RunStateEnum } from "../graphql/enums.ts";

@ObjectType({ description: "One training, or one foreign script, with one configuration and one seed" })
export class Run {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => RunSourceEnum)
  readonly source!: "tessera" | "foreign";

  @Field(() => String)
  readonly arm!: string;

  @Field(() => Int)
  readonly seed!: number;

  @Field(() => RunStateEnum)
  readonly state!: RunState;

  @Field(() => Int)
  readonly attempt!: number;

  @Field(() => String)
  readonly phase!: string;

  @Field(() => Float, { description: "A whole number" })
  readonly step!: number;

  @Field(() => Float)
  readonly totalSteps!: number;

  @Field(() => String, { nullable: true })
  readonly error!: string | null;

  @Field(() => Boolean)
  readonly cancelRequested!: boolean;

  @Field(() => GraphQLJSONObject)
  readonly configuration!: Record<string, unknown>;

  @Field(() => String)
  readonly codeCommit!: string;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly startedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}
