/**
 * @file One call, one study: bags of every rate are asked for, and runs are queued as soon as theirs are there. The same call again gives the
 * study that is there; one with more in it adds what is missing, and tries again what failed.
 */
import { grownWitnessDesign, type WitnessDesign, witnessArms } from "@tessera/domain/study/witnessStudy";
import { createDataset } from "@tessera/store/datasets";
import { createExperiment, type Experiment, experimentsByIds } from "@tessera/store/experiments";
import { ensureProject } from "@tessera/store/projects";
import { saveWitnessStudy, type WitnessStudyRow } from "@tessera/store/witnessStudies";
import type { Context } from "../context.ts";
import { experimentOfProject } from "../experiments/experimentOfProject.ts";
import { plannedRuns } from "../experiments/plannedRuns.ts";
import { anotherStudy, grownGrid, refuseAnotherStudy } from "../experiments/sameStudy.ts";
import { askedWitnessDesign } from "./askedWitnessDesign.ts";
import type { CreateWitnessStudyInput } from "./createWitnessStudy.input.ts";

/** @throws DomainError CONFLICT when the project has another experiment of that name, naming what differs */
export async function startWitnessStudy(context: Context, input: CreateWitnessStudyInput): Promise<Experiment> {
  const asked = await askedWitnessDesign(context, input);
  const known = await experimentOfProject(context, input);
  const study = known && (await context.loaders.witnessStudy.load(known.id));
  const design = known ? grown(known, study, input, asked) : asked;
  const base = known?.base ?? input.base;
  const wanted = witnessArms(design);
  const plain = wanted.map(({ name, changes }) => ({ name, changes }));
  const { arms, seeds } = grownGrid(known, { arms: plain, seeds: input.seeds });
  const planned = await plannedRuns(context, { ...input, base, arms: plain, seeds });
  const rateOf = new Map(wanted.map(({ name, rate }) => [name, rate]));
  const runs = planned.runs.map((run) => ({ ...run, rate: rateOf.get(run.arm)! }));

  const { asTeam, teamId, principal, services, loaders } = context;
  const [createdBy, codeCommit] = [principal.userId, services.codeCommit];
  const { datasetId } = planned;
  const { labelVersionId, splitId } = input;
  return asTeam(async (sql) => {
    const own = study && known ? { experimentId: known.id, bagDatasetId: study.bagDatasetId } : await create();
    const of = { datasetId, labelVersionId, splitId, codeCommit, createdBy };
    await saveWitnessStudy(sql, teamId, { ...own, ...of, design, arms, seeds, runs });
    return (await experimentsByIds(sql, teamId, [own.experimentId]))[0]!;

    async function create() {
      const { id: projectId } = await ensureProject(sql, teamId, input.projectName);
      const { name, question } = input;
      const source = (await loaders.dataset.load(datasetId))!;
      const bagsName = `${name}: bags of ${source.name}`.slice(0, 200);
      const bags = await createDataset(sql, teamId, { projectId, name: bagsName, modality: source.modality });
      const experiment = await createExperiment(sql, teamId, {
        ...{ projectId, name, question, base, arms, seeds, createdBy, codeCommit, labelVersionId, splitId, datasetId },
        equivalenceMargin: input.equivalenceMargin ?? null,
        runs: [],
      });
      return { experimentId: experiment.id, bagDatasetId: bags.id };
    }
  });
}

function grown(
  known: Experiment,
  study: WitnessStudyRow | null,
  input: CreateWitnessStudyInput,
  asked: WitnessDesign,
): WitnessDesign {
  if (!study) throw anotherStudy(known, "as no witness study", "poolings");
  refuseAnotherStudy(known, input);
  return grownWitnessDesign(study.design, asked);
}
