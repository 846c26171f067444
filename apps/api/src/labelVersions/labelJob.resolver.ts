import { DomainError } from "@tessera/domain/errors";
import { cancelLabelJob, createLabelJob, type LabelJob as LabelJobRow } from "@tessera/store/labelJobs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import { Needs } from "../graphql/needs.ts";
import { CreateLabelVersionInput } from "./createLabelVersion.input.ts";
import { LabelJob } from "./labelJob.type.ts";
import { LabelVersion } from "./labelVersion.type.ts";
import { plannedVersion } from "./plannedVersion.ts";
import { versionsToCompare } from "./versionsToCompare.ts";

@Resolver(() => LabelJob)
export class LabelJobResolver {
  @Needs("viewer")
  @Query(() => LabelJob, { nullable: true })
  labelJob(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.labelJob.load(id);
  }

  @Needs("researcher")
  @Mutation(() => LabelJob, {
    description:
      "Queued for a worker: a version made from annotations, or from another version, by a rule. What the same rule has made before, label for label, is that version again",
  })
  async createLabelVersion(
    @Arg("input", () => CreateLabelVersionInput) input: CreateLabelVersionInput,
    @Ctx() context: Context,
  ) {
    const planned = await plannedVersion(context, input);
    const { asTeam, teamId, principal } = context;
    return asTeam((sql) => createLabelJob(sql, teamId, { ...planned, createdBy: principal.userId }));
  }

  @Needs("annotator")
  @Mutation(() => LabelJob, {
    description:
      "Queued for a worker: Dice, area and distance of the masks that differ between two versions. Measured once",
  })
  async compareLabelVersions(
    @Arg("a", () => GraphQLUUID) a: string,
    @Arg("b", () => GraphQLUUID) b: string,
    @Ctx() context: Context,
  ) {
    const { asTeam, teamId, principal } = context;
    const { datasetId, schemaId } = (await versionsToCompare(context, a, b)).a;
    await needMasks(context, schemaId);
    const request = { kind: "compareVersions", a, b } as const;
    return asTeam((sql) => createLabelJob(sql, teamId, { datasetId, schemaId, request, createdBy: principal.userId }));
  }

  @Needs("annotator")
  @Mutation(() => LabelJob, {
    description: "Queued for a worker: each reader's masks with every other reader's, as LabelAgreement shows them",
  })
  async compareReaders(@Arg("schemaId", () => GraphQLUUID) schemaId: string, @Ctx() context: Context) {
    const { asTeam, teamId, principal } = context;
    const { datasetId } = await needMasks(context, schemaId);
    const request = { kind: "compareReaders", readers: null } as const;
    return asTeam((sql) => createLabelJob(sql, teamId, { datasetId, schemaId, request, createdBy: principal.userId }));
  }

  @Needs("researcher")
  @Mutation(() => LabelJob)
  cancelLabelJob(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => cancelLabelJob(sql, teamId, id));
  }

  @FieldResolver(() => LabelVersion, { nullable: true, description: "Once it has made one" })
  labelVersion(@Root() { labelVersionId }: LabelJobRow, @Ctx() { loaders }: Context) {
    return labelVersionId === null ? null : loaders.labelVersion.load(labelVersionId);
  }
}

/** @throws DomainError NOT_FOUND, BAD_INPUT for classes: they need no worker to be compared */
async function needMasks({ loaders }: Context, schemaId: string) {
  const schema = found(await loaders.schema.load(schemaId), "label schema", schemaId);
  if (schema.task === "segmentation") return schema;
  const message = "only masks are compared by a worker; classes are compared when they are asked for";
  throw new DomainError("BAD_INPUT", `schemaId: ${message}`, { field: "schemaId" });
}
