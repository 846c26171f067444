import type { ReviewEventKind } from "@tessera/domain/review/words";
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import { connectionType } from "../graphql/connection.ts";
import { ReviewEventKindEnum } from "./review.enums.ts";

@ObjectType({ description: "What somebody did to a task; kept for ever" })
export class ReviewEvent {
  @Field(() => ReviewEventKindEnum)
  readonly kind!: ReviewEventKind;

  @Field(() => GraphQLDateTime)
  readonly createdAt!: Date;
}

export const ReviewEventConnection = connectionType("ReviewEvent", () => ReviewEvent);
