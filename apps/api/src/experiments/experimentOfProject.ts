/** @file An experiment by the names that a person gave: what a mutation that is called again finds. */
import { type Experiment, experimentNamed } from "@tessera/store/experiments";
import { listProjects } from "@tessera/store/projects";
import type { Context } from "../context.ts";

/** Null where there is no such project, or it has no experiment of that name. */
export const experimentOfProject = (
  { asTeam, teamId }: Context,
  { projectName, name }: { readonly projectName: string; readonly name: string },
): Promise<Experiment | null> =>
  asTeam(async (sql) => {
    const project = (await listProjects(sql, teamId)).find((each) => each.name === projectName);
    return project ? experimentNamed(sql, teamId, { projectId: project.id, name }) : null;
  });
