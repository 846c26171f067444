import type { ReviewPurpose, ReviewState } from "@tessera/domain/review/words";
import type { Dataset as DatasetRow } from "@tessera/store/datasets";
import { listReviewEvents } from "@tessera/store/reviewEvents";
import { memberProgress, type QueueProgress } from "@tessera/store/reviewProgress";
import { listReviewTasks } from "@tessera/store/reviewTasks";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { LabelSchema } from "../labelVersions/labelSchema.type.ts";
import { nameOf } from "./nameOf.ts";
import { ReviewPurposeEnum, ReviewStateEnum } from "./review.enums.ts";
import { ReviewEventConnection } from "./reviewEvent.type.ts";
import { ReviewerProgress, ReviewQueue } from "./reviewQueue.type.ts";
import { ReviewTaskConnection } from "./reviewTask.type.ts";

@Resolver(() => Dataset)
export class ReviewOfDatasetResolver {
  @FieldResolver(() => [LabelSchema], { description: "The classes that its labels speak of, oldest first" })
  labelSchemas(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.schemasOfDataset.load(id);
  }

  @FieldResolver(() => [ReviewQueue], { description: "One per label schema and purpose that has tasks" })
  reviewQueues(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.reviewQueues.load(id);
  }

  @FieldResolver(() => ReviewTaskConnection, { description: "In the order in which they are taken" })
  async reviewTasks(
    @Root() { id: datasetId }: DatasetRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("schemaId", () => GraphQLUUID, { nullable: true }) schemaId: string | null,
    @Arg("purpose", () => ReviewPurposeEnum, { nullable: true }) purpose: ReviewPurpose | null,
    @Arg("state", () => ReviewStateEnum, { nullable: true }) state: ReviewState | null,
    @Arg("mine", () => Boolean, { defaultValue: false, description: "Assigned to me, taken or ended by me" })
    mine: boolean,
    @Ctx() { asTeam, teamId, principal }: Context,
  ) {
    const page = pageArgs(first, after);
    const filter = { schemaId: schemaId ?? null, purpose: purpose ?? null, state: state ?? null, userId: mine ? principal.userId : null }; // biome-ignore format: one line
    return connection(await asTeam((sql) => listReviewTasks(sql, teamId, { datasetId, page, ...filter })), page.after);
  }

  @FieldResolver(() => ReviewEventConnection, { description: "Who did what, the newest first" })
  async reviewEvents(
    @Root() { id: datasetId }: DatasetRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    return connection(await asTeam((sql) => listReviewEvents(sql, teamId, { datasetId, page })), page.after);
  }
}

@Resolver(() => ReviewQueue)
export class ReviewQueueResolver {
  @FieldResolver(() => LabelSchema)
  schema(@Root() { schemaId }: QueueProgress, @Ctx() { loaders }: Context) {
    return loaders.schema.load(schemaId);
  }

  @FieldResolver(() => [ReviewerProgress], { description: "The most done first" })
  async reviewers(@Root() { schemaId, purpose }: QueueProgress, @Ctx() context: Context) {
    const rows = await context.asTeam((sql) => memberProgress(sql, context.teamId, { schemaId, purpose }));
    return Promise.all(rows.map(async (row) => ({ ...row, name: await nameOf(context, row.userId) })));
  }
}
