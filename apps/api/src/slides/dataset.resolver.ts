import type { Dataset as DatasetRow } from "@tessera/store/datasets";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { SlideJob } from "./slideJob.type.ts";

@Resolver(() => Dataset)
export class SlideJobsOfDatasetResolver {
  @FieldResolver(() => [SlideJob], {
    description: "Of a dataset of slides; newest first, those under way and the last 20",
  })
  slideJobs(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.slideJobsOfDataset.load(id);
  }

  @FieldResolver(() => SlideJob, { nullable: true, description: "Of bags: the job of features that made them" })
  async madeBy(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return (await loaders.slideJobsOfBags.load(id))[0] ?? null;
  }
}
