import type { FeaturesRequest } from "@tessera/domain/slides/request";
import { encoderRuns } from "@tessera/store/encoderRuns";
import type { SlideJob as SlideJobRow } from "@tessera/store/slideJobs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { Run } from "../runs/run.type.ts";
import { SlideJob } from "./slideJob.type.ts";
import { SubjectOverlap } from "./subjectOverlap.type.ts";
import { subjectOverlapOf } from "./subjectOverlapOf.ts";
import { TileEncoderRun } from "./tileEncoderRun.type.ts";

@Resolver(() => SlideJob)
export class TileEncoderResolver {
  @Needs("viewer")
  @Query(() => [Run], {
    description: "Classifications that have succeeded: each can make features of tiles. Newest first, at most 200",
  })
  tileEncoderRuns(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => encoderRuns(sql, teamId));
  }

  @Needs("viewer")
  @Query(() => SubjectOverlap, { description: "Of a dataset of slides and a run that is to encode their tiles" })
  async tileEncoderOverlap(
    @Arg("datasetId", () => GraphQLUUID) datasetId: string,
    @Arg("runId", () => GraphQLUUID) runId: string,
    @Ctx() context: Context,
  ) {
    const { loaders } = context;
    const dataset = found(await loaders.dataset.load(datasetId), "dataset", datasetId);
    return subjectOverlapOf(context, found(await loaders.run.load(runId), "run", runId), dataset.id);
  }

  @FieldResolver(() => TileEncoderRun, {
    nullable: true,
    description: "Of features: the run that made them; null: imported weights did",
  })
  async encoderRun(
    @Root() { request, datasetId }: SlideJobRow,
    @Ctx() context: Context,
  ): Promise<TileEncoderRun | null> {
    const asked = (request as Partial<FeaturesRequest>).run;
    const run = asked === undefined ? null : await context.loaders.run.load(asked.id);
    if (asked === undefined || run === null) return null;
    const { size } = run.configuration.model as { size: number };
    return {
      run,
      step: asked.step,
      epoch: asked.epoch,
      size,
      overlap: await subjectOverlapOf(context, run, datasetId),
    };
  }
}
