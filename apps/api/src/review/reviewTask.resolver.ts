import type { ReviewTask as ReviewTaskRow } from "@tessera/store/reviewTasks";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { Annotation } from "../items/annotation.type.ts";
import { Item } from "../items/item.type.ts";
import { LabelSchema } from "../labelVersions/labelSchema.type.ts";
import { nameOf } from "./nameOf.ts";
import { ReviewEvent } from "./reviewEvent.type.ts";
import { ReviewTask } from "./reviewTask.type.ts";

@Resolver(() => ReviewTask)
export class ReviewTaskResolver {
  @Needs("viewer")
  @Query(() => ReviewTask, { nullable: true })
  reviewTask(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.reviewTask.load(id);
  }

  @FieldResolver(() => Item)
  item(@Root() { itemId }: ReviewTaskRow, @Ctx() { loaders }: Context) {
    return loaders.item.load(itemId);
  }

  @FieldResolver(() => LabelSchema)
  schema(@Root() { schemaId }: ReviewTaskRow, @Ctx() { loaders }: Context) {
    return loaders.schema.load(schemaId);
  }

  @FieldResolver(() => String, { nullable: true, description: "The member's name; null: whoever takes it next" })
  assignedTo(@Root() { assignedTo }: ReviewTaskRow, @Ctx() context: Context) {
    return assignedTo === null ? null : nameOf(context, assignedTo);
  }

  @FieldResolver(() => String, { nullable: true, description: "Who has taken it, or ended it" })
  holder(@Root() { holder }: ReviewTaskRow, @Ctx() context: Context) {
    return holder === null ? null : nameOf(context, holder);
  }

  @FieldResolver(() => String, {
    description:
      "Why it is to be looked at; empty for whoever is yet to read the item blind, as it may say what was seen",
  })
  async note(@Root() { itemId, schemaId, note }: ReviewTaskRow, @Ctx() { loaders }: Context) {
    return (await loaders.blindItems.load(schemaId)).has(itemId) ? "" : note;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "Why it was skipped, or what was wrong with the drawn mask; another's not for whoever is yet to read blind",
  })
  async reason(@Root() task: ReviewTaskRow, @Ctx() { loaders, principal }: Context) {
    const { itemId, schemaId, holder, reason } = task;
    if (reason === null || holder === principal.userId) return reason;
    return (await loaders.blindItems.load(schemaId)).has(itemId) ? null : reason;
  }

  @FieldResolver(() => [Annotation], {
    description:
      "Each reader's newest opinion on the item, oldest first, what a rule made left out. Before a blind second read is saved, its reader gets their own alone",
  })
  async opinions(@Root() { itemId, schemaId }: ReviewTaskRow, @Ctx() { loaders }: Context) {
    const all = await loaders.annotations.load(itemId);
    const own = all.filter((each) => each.schemaId === schemaId && each.madeBy === null);
    const newest = new Map(own.map((each) => [each.reader, each]));
    return own.filter((each) => newest.get(each.reader) === each);
  }

  @FieldResolver(() => Annotation, { nullable: true, description: "What came of it" })
  annotation(@Root() { annotationId }: ReviewTaskRow, @Ctx() { loaders }: Context) {
    return annotationId === null ? null : loaders.annotation.load(annotationId);
  }

  @FieldResolver(() => [ReviewEvent], { description: "Oldest first" })
  events(@Root() { id }: ReviewTaskRow, @Ctx() { loaders }: Context) {
    return loaders.reviewEvents.load(id);
  }
}
