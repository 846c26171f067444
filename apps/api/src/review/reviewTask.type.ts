import type { ReviewPurpose, ReviewState } from "@tessera/domain/review/words";
import { GraphQLDateTime, GraphQLUUID } from "graphql-scalars";
import { Field, Float, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { ReviewPurposeEnum, ReviewStateEnum } from "./review.enums.ts";

@ObjectType({ description: "An item that somebody is to look at, for what, and what became of it" })
export class ReviewTask {
  @Field(() => GraphQLUUID)
  readonly id!: string;

  @Field(() => ReviewPurposeEnum)
  readonly purpose!: ReviewPurpose;

  @Field(() => ReviewStateEnum)
  readonly state!: ReviewState;

  @Field(() => Float, { description: "The highest first" })
  readonly priority!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Taken, and nobody else's until then" })
  readonly leaseUntil!: Date | null;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true })
  readonly finishedAt!: Date | null;
}

export const ReviewTaskConnection = connectionType("ReviewTask", () => ReviewTask);
