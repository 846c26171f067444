import type { ReviewEvent as ReviewEventRow } from "@tessera/store/reviewEvents";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { nameOf } from "./nameOf.ts";
import { ReviewEvent } from "./reviewEvent.type.ts";
import { ReviewTask } from "./reviewTask.type.ts";

@Resolver(() => ReviewEvent)
export class ReviewEventResolver {
  @FieldResolver(() => String, { nullable: true, description: "Who; null: a worker" })
  by(@Root() { userId }: ReviewEventRow, @Ctx() context: Context) {
    return userId === null ? null : nameOf(context, userId);
  }

  /** Of an assignment, whose id is kept. */
  @FieldResolver(() => String, { nullable: true, description: "The reason, what was wrong, or whom it was given to" })
  detail(@Root() { kind, detail }: ReviewEventRow, @Ctx() context: Context) {
    return kind === "assigned" && detail !== null ? nameOf(context, detail) : detail;
  }

  @FieldResolver(() => ReviewTask)
  task(@Root() { taskId }: ReviewEventRow, @Ctx() { loaders }: Context) {
    return loaders.reviewTask.load(taskId);
  }
}
