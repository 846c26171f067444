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
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The reason, what was wrong, or whom it was given to; another's reason not for whoever is yet to read the item blind",
  })
  async detail(@Root() { kind, detail, userId, taskId }: ReviewEventRow, @Ctx() context: Context) {
    if (detail === null) return null;
    if (kind === "assigned") return nameOf(context, detail);
    const { loaders, principal } = context;
    const task = userId === principal.userId ? null : await loaders.reviewTask.load(taskId);
    return task && (await loaders.blindItems.load(task.schemaId)).has(task.itemId) ? null : detail;
  }

  @FieldResolver(() => ReviewTask)
  task(@Root() { taskId }: ReviewEventRow, @Ctx() { loaders }: Context) {
    return loaders.reviewTask.load(taskId);
  }
}
