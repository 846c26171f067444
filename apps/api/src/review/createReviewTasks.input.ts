import type { ReviewPurpose } from "@tessera/domain/review/words";
import { GraphQLUUID } from "graphql-scalars";
import { Field, Float, InputType, Int } from "type-graphql";
import { ReviewItemsEnum, ReviewPurposeEnum } from "./review.enums.ts";

export type ReviewItems = "all" | "unlabelled" | "readOnce" | "disagreements" | "given";

@InputType()
export class ReviewItemInput {
  @Field(() => GraphQLUUID)
  readonly itemId!: string;

  @Field(() => Float, { defaultValue: 0, description: "The highest is looked at first" })
  readonly priority!: number;

  @Field(() => String, { defaultValue: "", description: "Why it is to be looked at" })
  readonly note!: string;
}

@InputType()
export class CreateReviewTasksInput {
  @Field(() => GraphQLUUID)
  readonly schemaId!: string;

  @Field(() => ReviewPurposeEnum)
  readonly purpose!: ReviewPurpose;

  @Field(() => ReviewItemsEnum)
  readonly which!: ReviewItems;

  @Field(() => [ReviewItemInput], { nullable: true, description: "Of GIVEN, and only there" })
  readonly items?: ReviewItemInput[] | null;

  @Field(() => Int, { nullable: true, description: "At most so many, in the order in which they would be looked at" })
  readonly limit?: number | null;

  @Field(() => [GraphQLUUID], {
    nullable: true,
    description: "Members, in turn; absent: whoever takes a task next",
  })
  readonly assignTo?: string[] | null;
}
