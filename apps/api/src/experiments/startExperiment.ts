/** @file Stores an experiment and queues its runs, all checked first. */
import { createExperiment, type Experiment } from "@tessera/store/experiments";
import { ensureProject } from "@tessera/store/projects";
import type { Context } from "../context.ts";
import type { CreateExperimentInput } from "./createExperiment.input.ts";
import { plannedRuns } from "./plannedRuns.ts";

export async function startExperiment(context: Context, input: CreateExperimentInput): Promise<Experiment> {
  const planned = await plannedRuns(context, input);
  const { asTeam, teamId, principal, services } = context;
  return asTeam(async (sql) => {
    const project = await ensureProject(sql, teamId, input.projectName);
    return createExperiment(sql, teamId, {
      projectId: project.id,
      name: input.name,
      question: input.question,
      labelVersionId: input.labelVersionId,
      evaluationLabelVersionId: input.evaluationLabelVersionId ?? null,
      splitId: input.splitId,
      base: input.base,
      equivalenceMargin: input.equivalenceMargin ?? null,
      createdBy: principal.userId,
      codeCommit: services.codeCommit,
      ...planned,
    });
  });
}
