/**
 * @file One call, one study: label versions are asked for, runs are queued as soon as theirs is there, and scored on the others. The same
 * call again gives the study that is there; one with more in it adds what is missing, and tries again what failed.
 */

import { modelAtLevel } from "@tessera/domain/study/noiseFamily";
import {
  grownDesign,
  type NoiseDesign,
  type NoiseVersionPlan,
  noiseArms,
  noiseVersions,
  refuseTooMany,
} from "@tessera/domain/study/noiseStudy";
import { createExperiment, type Experiment, experimentsByIds } from "@tessera/store/experiments";
import { ensureLabelJob } from "@tessera/store/labelJobs";
import { saveNoiseStudy } from "@tessera/store/noiseStudies";
import { ensureProject } from "@tessera/store/projects";
import type { Context } from "../context.ts";
import { experimentOfProject } from "../experiments/experimentOfProject.ts";
import { plannedRuns } from "../experiments/plannedRuns.ts";
import { anotherStudy, grownGrid, refuseAnotherStudy } from "../experiments/sameStudy.ts";
import { plannedVersion } from "../labelVersions/plannedVersion.ts";
import { askedDesign } from "./askedDesign.ts";
import type { CreateNoiseStudyInput } from "./createNoiseStudy.input.ts";

/** @throws DomainError CONFLICT when the project has another experiment of that name, naming what differs */
export async function startNoiseStudy(context: Context, input: CreateNoiseStudyInput): Promise<Experiment> {
  const asked = await askedDesign(context, input);
  const known = await experimentOfProject(context, input);
  const design = known ? await grown(context, known, input, asked) : asked;
  const base = known?.base ?? input.base;
  const study = noiseArms(design);
  const plain = study.map(({ name, changes }) => ({ name, changes }));
  const { arms, seeds } = grownGrid(known, { arms: plain, seeds: input.seeds });
  refuseTooMany(design, seeds.length);
  const planned = await plannedRuns(context, { ...input, base, arms: plain, seeds });
  const armOf = new Map(study.map((arm) => [arm.name, arm]));
  const runs = planned.runs.map((run) => {
    const { noise, level } = armOf.get(run.arm)!;
    return { ...run, noise, level };
  });
  const versions = await Promise.all(
    noiseVersions(design).map((version) => requested(context, input.labelVersionId, design, version)),
  );

  const { asTeam, teamId, principal, services } = context;
  const [createdBy, codeCommit] = [principal.userId, services.codeCommit];
  return asTeam(async (sql) => {
    const withJobs = [];
    // before anything of the study is written: whoever ends a job waits for the study, never the study for it
    for (const { request, plan } of versions) {
      const { id } = await ensureLabelJob(sql, teamId, { ...request, createdBy });
      const { noise, level, trains, evaluates } = plan;
      withJobs.push({ noise, level, trains, evaluates, labelJobId: id });
    }
    const experimentId = known?.id ?? (await create()).id;
    const change = { experimentId, design, versions: withJobs, arms, seeds, runs, codeCommit, createdBy };
    await saveNoiseStudy(sql, teamId, change);
    return (await experimentsByIds(sql, teamId, [experimentId]))[0]!;

    async function create() {
      const project = await ensureProject(sql, teamId, input.projectName);
      return createExperiment(sql, teamId, {
        projectId: project.id,
        ...{ name: input.name, question: input.question, base, arms, seeds, createdBy, codeCommit },
        ...{ labelVersionId: input.labelVersionId, splitId: input.splitId, datasetId: planned.datasetId },
        equivalenceMargin: input.equivalenceMargin ?? null,
        runs: [],
      });
    }
  });
}

/** The same for every study that asks for it, so that the version is made once. */
async function requested(context: Context, labelVersionId: string, { seed }: NoiseDesign, plan: NoiseVersionPlan) {
  const { loaders } = context;
  const { datasetId, schemaId } = (await loaders.labelVersion.load(labelVersionId))!;
  const schema = (await loaders.schema.load(schemaId))!;
  const rule = { kind: "noise", seed, model: modelAtLevel(plan.model, plan.level, schema) };
  const input = { datasetId, schemaId, fromVersionId: labelVersionId, rule, note: "for noise studies" };
  return { plan, request: await plannedVersion(context, input) };
}

async function grown(
  context: Context,
  known: Experiment,
  input: CreateNoiseStudyInput,
  asked: NoiseDesign,
): Promise<NoiseDesign> {
  const study = await context.loaders.noiseStudy.load(known.id);
  if (!study) throw anotherStudy(known, "as no noise study", "methods");
  refuseAnotherStudy(known, input);
  return grownDesign(study.design, asked);
}
