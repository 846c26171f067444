import type { Fold } from "@tessera/domain/words";
import { createDataset, type Dataset as DatasetRow, listDatasets } from "@tessera/store/datasets";
import { listItems } from "@tessera/store/items";
import { ensureProject } from "@tessera/store/projects";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { connection, pageArgs, pageLimits } from "../graphql/connection.ts";
import { FoldEnum, ItemKindEnum } from "../graphql/enums.ts";
import { Needs } from "../graphql/needs.ts";
import { Import } from "../imports/import.type.ts";
import { ClassFilter } from "../items/classFilter.input.ts";
import { ItemConnection } from "../items/itemConnection.type.ts";
import { LabelVersion } from "../labelVersions/labelVersion.type.ts";
import { Project } from "../projects/project.type.ts";
import { Split } from "../splits/split.type.ts";
import { CreateDatasetInput } from "./createDataset.input.ts";
import { Dataset } from "./dataset.type.ts";
import { DatasetConnection } from "./datasetConnection.type.ts";

const classValueOf = { present: 1, absent: 0, unknown: null } as const;

@Resolver(() => Dataset)
export class DatasetResolver {
  @Needs("viewer")
  @Query(() => DatasetConnection, { description: "Newest first" })
  async datasets(
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    return connection(await asTeam((sql) => listDatasets(sql, teamId, page)), page.after);
  }

  @Needs("viewer")
  @Query(() => Dataset, { nullable: true })
  dataset(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.dataset.load(id);
  }

  @Needs("researcher")
  @Mutation(() => Dataset, { description: "The project is made where it is new" })
  createDataset(
    @Arg("input", () => CreateDatasetInput) { projectName, name, modality }: CreateDatasetInput,
    @Ctx() { asTeam, teamId }: Context,
  ) {
    return asTeam(async (sql) => {
      const project = await ensureProject(sql, teamId, projectName);
      return createDataset(sql, teamId, { projectId: project.id, name, modality });
    });
  }

  @FieldResolver(() => Project)
  project(@Root() { projectId }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.project.load(projectId);
  }

  @FieldResolver(() => Int)
  async itemCount(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return (await loaders.datasetStats.load(id))?.items ?? 0;
  }

  @FieldResolver(() => ItemKindEnum, {
    description: "Of its items: an import brings one kind. IMAGE where there are none yet",
  })
  async itemKind(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return (await loaders.datasetStats.load(id))?.itemKind ?? "image";
  }

  @FieldResolver(() => Int)
  async subjectCount(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return (await loaders.datasetStats.load(id))?.subjects ?? 0;
  }

  @FieldResolver(() => Boolean, { description: "False where any item's source named no subject" })
  async subjectsKnown(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return (await loaders.datasetStats.load(id))?.subjectsKnown ?? false;
  }

  @FieldResolver(() => ItemConnection, {
    description: "By name; of one fold where a split and a fold are given; of one class where that is given",
  })
  async items(
    @Root() { id: datasetId }: DatasetRow,
    @Arg("first", () => Int, { defaultValue: pageLimits.usual }) first: number,
    @Arg("after", () => String, { nullable: true }) after: string | null,
    @Arg("splitId", () => GraphQLUUID, { nullable: true }) splitId: string | null,
    @Arg("fold", () => FoldEnum, { nullable: true }) fold: Fold | null,
    @Arg("classIs", () => ClassFilter, { nullable: true }) classIs: ClassFilter | null,
    @Ctx() { asReader, teamId }: Context,
  ) {
    const page = pageArgs(first, after);
    const ofClass = classIs && { ...classIs, value: classValueOf[classIs.state] };
    const rows = await asReader((sql) =>
      listItems(sql, teamId, { datasetId, page, splitId, fold, ofClass, order: "name" }),
    );
    return connection(rows, page.after);
  }

  @FieldResolver(() => [LabelVersion], { description: "Newest first" })
  labelVersions(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.labelVersionsOfDataset.load(id);
  }

  @FieldResolver(() => [Split])
  splits(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.splitsOfDataset.load(id);
  }

  @FieldResolver(() => [Import], { description: "Newest first" })
  imports(@Root() { id }: DatasetRow, @Ctx() { loaders }: Context) {
    return loaders.importsOfDataset.load(id);
  }
}
