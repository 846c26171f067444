import type { ReviewPurpose } from "@tessera/domain/review/words";
import { roleAtLeast } from "@tessera/domain/words";
import { createReviewTasks } from "@tessera/store/reviewTasks";
import {
  assignReviewTasks,
  giveBackReviewTasks,
  reopenReviewTask,
  skipReviewTask,
  takeReviewTasks,
  withdrawReviewTasks,
} from "@tessera/store/reviewTurns";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, Int, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateReviewTasksInput } from "./createReviewTasks.input.ts";
import { ReviewPurposeEnum } from "./review.enums.ts";
import { ReviewTask } from "./reviewTask.type.ts";
import { tasksToMake } from "./tasksToMake.ts";

const ids = () => [GraphQLUUID];

@Resolver(() => ReviewTask)
export class ReviewMutationResolver {
  @Needs("researcher")
  @Mutation(() => Int, {
    description: "How many tasks are new. An item that waits for the same already is not asked for twice",
  })
  async createReviewTasks(
    @Arg("input", () => CreateReviewTasksInput) input: CreateReviewTasksInput,
    @Ctx() { asTeam, teamId, principal, loaders }: Context,
  ) {
    const { schemaId, purpose, assignTo } = input;
    const schema = found(await loaders.schema.load(schemaId), "label schema", schemaId);
    return asTeam(async (sql) => {
      const items = await tasksToMake(sql, teamId, schema, input);
      const given = { schemaId, purpose, items, assignTo: assignTo ?? [], createdBy: principal.userId };
      return (await createReviewTasks(sql, teamId, given)).length;
    });
  }

  @Needs("annotator")
  @Mutation(() => [ReviewTask], {
    description:
      "The next tasks for me, at most 10: those that I hold, then new ones. Nobody else gets them for 20 minutes; asking again renews that. Empty: nothing waits for me",
  })
  takeReviewTasks(
    @Arg("schemaId", () => GraphQLUUID) schemaId: string,
    @Arg("purpose", () => ReviewPurposeEnum) purpose: ReviewPurpose,
    @Arg("count", () => Int, { defaultValue: 1 }) count: number,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    const { userId } = principal;
    return asTeam((sql) => takeReviewTasks(sql, teamId, { userId, schemaId, purpose, count }));
  }

  @Needs("annotator")
  @Mutation(() => Int, { description: "Of mine, back to whoever takes them next; how many" })
  giveBackReviewTasks(@Arg("ids", ids) taskIds: string[], @Ctx() { asTeam, teamId, principal }: Context) {
    return asTeam((sql) => giveBackReviewTasks(sql, teamId, { ids: taskIds, userId: principal.userId }));
  }

  @Needs("annotator")
  @Mutation(() => ReviewTask, { description: "One that I hold, with the reason; I do not get it again" })
  skipReviewTask(
    @Arg("id", () => GraphQLUUID) id: string,
    @Arg("reason", () => String) reason: string,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    return asTeam((sql) => skipReviewTask(sql, teamId, { id, userId: principal.userId, reason }));
  }

  @Needs("annotator")
  @Mutation(() => ReviewTask, {
    description:
      "What is done or skipped is open again, in the same hands: what is said next is a new annotation that names the one before. Another member's needs the role researcher. CONFLICT: a blind second read that I saved more than two minutes ago",
  })
  reopenReviewTask(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId, principal }: Context) {
    const { userId, role } = principal;
    const anyones = roleAtLeast(role, "researcher");
    return asTeam((sql) => reopenReviewTask(sql, teamId, { id, userId, anyones }));
  }

  @Needs("researcher")
  @Mutation(() => Int, { description: "Open tasks to one member, or (null) to whoever takes them; how many" })
  assignReviewTasks(
    @Arg("ids", ids) taskIds: string[],
    @Arg("userId", () => GraphQLUUID, { nullable: true }) to: string | null,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    return asTeam((sql) => assignReviewTasks(sql, teamId, { ids: taskIds, to: to ?? null, userId: principal.userId }));
  }

  @Needs("researcher")
  @Mutation(() => Int, { description: "Open or skipped tasks that nobody is to look at any more; how many" })
  withdrawReviewTasks(@Arg("ids", ids) taskIds: string[], @Ctx() { asTeam, teamId, principal }: Context) {
    return asTeam((sql) => withdrawReviewTasks(sql, teamId, { ids: taskIds, userId: principal.userId }));
  }
}
