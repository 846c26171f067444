import { DomainError } from "@tessera/domain/errors";
import type { FeaturesRequest, SlideRequest } from "@tessera/domain/slides/request";
import { checkTileRule } from "@tessera/domain/slides/tileRule";
import { cancelSlideJob, createSlideJob, type SlideJob as SlideJobRow, slideResults } from "@tessera/store/slideJobs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Dataset } from "../datasets/dataset.type.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { Weights } from "../weights/weights.type.ts";
import { chosenNet } from "./chosenNet.ts";
import { CutTilesInput } from "./cutTiles.input.ts";
import { MakeFeaturesInput } from "./makeFeatures.input.ts";
import { SlideJob, TileRule } from "./slideJob.type.ts";
import { SlideResultConnection } from "./slideResultConnection.type.ts";

@Resolver(() => SlideJob)
export class SlideJobResolver {
  @Needs("viewer")
  @Query(() => SlideJob, { nullable: true })
  async slideJob(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    const job = await loaders.slideJob.load(id);
    return job?.request.kind === "compose" ? null : job; // a study's own, shown with it
  }

  @Needs("researcher")
  @Mutation(() => SlideJob, {
    description: "Queued for a worker: for every slide of the dataset, where its sharp tissue is. No pixel is stored",
  })
  async cutTiles(@Arg("input", () => CutTilesInput) input: CutTilesInput, @Ctx() context: Context) {
    const { datasetId, size, micronsPerPixel, overlap, leastTissue, leastSharpness } = input;
    const assumedMicronsPerPixel = input.assumedMicronsPerPixel ?? null;
    const rule = checkTileRule({ size, micronsPerPixel, overlap, leastTissue, leastSharpness, assumedMicronsPerPixel });
    await needSlides(context, datasetId);
    return queue(context, datasetId, { kind: "tiles", rule });
  }

  @Needs("researcher")
  @Mutation(() => SlideJob, {
    description:
      "Queued for a worker: a dataset of bags, one per slide, of the features of its tiles; with its labels and splits",
  })
  async makeFeatures(@Arg("input", () => MakeFeaturesInput) input: MakeFeaturesInput, @Ctx() context: Context) {
    const { loaders } = context;
    const { tilesJobId } = input;
    const labelVersionId = input.labelVersionId ?? null;
    const tiles = found(await loaders.slideJob.load(tilesJobId), "slide job", tilesJobId);
    if (tiles.kind !== "tiles" || tiles.state !== "succeeded") {
      const message = `expected a job of tiles that has succeeded, got one of ${tiles.kind} that is ${tiles.state}`;
      throw new DomainError("BAD_INPUT", `tilesJobId: ${message}`, { field: "tilesJobId" });
    }
    const net = await chosenNet(context, input);
    if (labelVersionId !== null) await needLabels(context, labelVersionId, tiles.datasetId);
    const name = input.name.trim();
    if (name === "" || name.length > 200) {
      throw new DomainError("BAD_INPUT", `name: expected 1 to 200 characters, got ${name.length}`, { field: "name" });
    }
    const request: FeaturesRequest = { kind: "features", tilesJobId, ...net, labelVersionId, name };
    return queue(context, tiles.datasetId, request);
  }

  @Needs("researcher")
  @Mutation(() => SlideJob, { description: "What is done of it stays" })
  cancelSlideJob(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => cancelSlideJob(sql, teamId, id));
  }

  @FieldResolver(() => Dataset, { description: "Of slides" })
  dataset(@Root() { datasetId }: SlideJobRow, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(datasetId);
  }

  @FieldResolver(() => TileRule, { description: "Of features: of the tiles that they are made of" })
  async rule(@Root() { request }: SlideJobRow, @Ctx() { loaders }: Context) {
    if (request.kind !== "features") return request.kind === "tiles" ? request.rule : null;
    const tiles = await loaders.slideJob.load(request.tilesJobId);
    return tiles!.request.kind === "tiles" ? tiles!.request.rule : null;
  }

  @FieldResolver(() => Weights, {
    nullable: true,
    description: "Of features: the imported net that made them; null: a run did",
  })
  encoder(@Root() { request }: SlideJobRow, @Ctx() { loaders }: Context) {
    return request.kind === "features" && request.weightsId !== null ? loaders.weights.load(request.weightsId) : null;
  }

  @FieldResolver(() => Dataset, { nullable: true, description: "Of features: the bags, once there is one" })
  bagDataset(@Root() { bagDatasetId }: SlideJobRow, @Ctx() { loaders }: Context) {
    return bagDatasetId === null ? null : loaders.dataset.load(bagDatasetId);
  }

  @FieldResolver(() => SlideResultConnection, { description: "By the slides' names, those that are done" })
  async results(
    @Root() { id }: SlideJobRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    return connection(await asTeam((sql) => slideResults(sql, teamId, id, page)), page.after);
  }
}

const queue = ({ asTeam, teamId, principal }: Context, datasetId: string, request: SlideRequest) =>
  asTeam((sql) => createSlideJob(sql, teamId, { datasetId, request, createdBy: principal.userId }));

async function needSlides({ loaders }: Context, datasetId: string): Promise<void> {
  found(await loaders.dataset.load(datasetId), "dataset", datasetId);
  const kind = (await loaders.datasetStats.load(datasetId))?.itemKind;
  if (kind === "slide") return;
  throw new DomainError("BAD_INPUT", "datasetId: expected a dataset of slides; import slides into it first", {
    field: "datasetId",
  });
}

async function needLabels({ loaders }: Context, id: string, datasetId: string): Promise<void> {
  const version = found(await loaders.labelVersion.load(id), "label version", id);
  const schema = await loaders.schema.load(version.schemaId);
  if (version.datasetId === datasetId && schema?.task === "classification") return;
  const message = "expected labels of classification, of the slides that were cut";
  throw new DomainError("BAD_INPUT", `labelVersionId: ${message}`, { field: "labelVersionId" });
}
