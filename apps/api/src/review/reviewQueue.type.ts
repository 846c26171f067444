import type { ReviewPurpose } from "@tessera/domain/review/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { ReviewPurposeEnum } from "./review.enums.ts";

@ObjectType({ description: "One member's share of a queue" })
export class ReviewerProgress {
  @Field(() => GraphQLUUID)
  readonly userId!: string;

  @Field(() => String)
  readonly name!: string;

  @Field(() => Int, { description: "Assigned to them or taken, and not ended" })
  readonly open!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => Int)
  readonly skipped!: number;

  @Field(() => Int, { description: "Opinions saved within the last hour" })
  readonly lastHour!: number;
}

@ObjectType({ description: "The tasks of one label schema and purpose" })
export class ReviewQueue {
  @Field(() => ReviewPurposeEnum)
  readonly purpose!: ReviewPurpose;

  @Field(() => Int)
  readonly open!: number;

  @Field(() => Int)
  readonly checking!: number;

  @Field(() => Int)
  readonly done!: number;

  @Field(() => Int)
  readonly skipped!: number;
}
