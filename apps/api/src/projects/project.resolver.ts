import { listProjects } from "@tessera/store/projects";
import { Ctx, Query, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { Needs } from "../graphql/needs.ts";
import { Project } from "./project.type.ts";

@Resolver(() => Project)
export class ProjectResolver {
  @Needs("viewer")
  @Query(() => [Project])
  projects(@Ctx() { asTeam, teamId }: Context) {
    return asTeam((sql) => listProjects(sql, teamId));
  }
}
