import type { InspectionKindName } from "@tessera/domain/inspections/kinds";
import { cancelInspection, type Inspection as InspectionRow, retryInspection } from "@tessera/store/inspections";
import type { Run as RunRow } from "@tessera/store/runs";
import { GraphQLUUID } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { Run } from "../runs/run.type.ts";
import { Inspection } from "./inspection.type.ts";
import { InspectionKindEnum } from "./inspectionKind.enum.ts";

@Resolver(() => Inspection)
export class InspectionResolver {
  @Needs("viewer")
  @Query(() => Inspection, { nullable: true })
  inspection(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { loaders }: Context) {
    return loaders.inspection.load(id);
  }

  @Needs("researcher")
  @Mutation(() => Inspection, { description: "A worker stops within seconds; what has ended stays as it is" })
  cancelInspection(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => cancelInspection(sql, teamId, id));
  }

  @Needs("researcher")
  @Mutation(() => Inspection, { description: "One that failed or was cancelled is queued again" })
  retryInspection(@Arg("id", () => GraphQLUUID) id: string, @Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => retryInspection(sql, teamId, id));
  }

  @FieldResolver(() => [Run], { description: "Whose weights are asked" })
  async runs(@Root() { runIds }: InspectionRow, @Ctx() { loaders }: Context) {
    const runs = await loaders.run.loadMany(runIds);
    return runs.filter((run) => run !== null);
  }
}

@Resolver(() => Run)
export class InspectionsOfRunResolver {
  @FieldResolver(() => [Inspection], { description: "Of one kind, newest first" })
  inspections(
    @Root() { id }: RunRow,
    @Arg("kind", () => InspectionKindEnum) kind: InspectionKindName,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.inspections(kind).load(id);
  }
}
