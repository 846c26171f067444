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
