/** @file One call, one cross-validated experiment: its splits, and a run per arm, fold and repeat. */

import { keepsLastEpoch } from "@tessera/domain/configuration/choice";
import { expandGrid } from "@tessera/domain/configuration/grid";
import type { RunConfiguration } from "@tessera/domain/configuration/run";
import { crossValidationSplits, type FoldSplit } from "@tessera/domain/crossValidation";
import { DomainError } from "@tessera/domain/errors";
import { sortedJson } from "@tessera/domain/sortedJson";
import type { TeamSql } from "@tessera/store/database";
import { insertExperimentSplits } from "@tessera/store/experimentSplits";
import { createExperiment, type Experiment } from "@tessera/store/experiments";
import { itemsByIds } from "@tessera/store/items";
import { labelledItemIds, labelsForItems } from "@tessera/store/labelVersions";
import { ensureProject } from "@tessera/store/projects";
import { freezeSplit, listSplits } from "@tessera/store/splits";
import type { Context } from "../context.ts";
import { experimentOfProject } from "../experiments/experimentOfProject.ts";
import { checkMargin, plannedRuns } from "../experiments/plannedRuns.ts";
import { found } from "../graphql/found.ts";
import type { CreateCrossValidationInput } from "./createCrossValidation.input.ts";

/**
 * An experiment of that name that the project has already is the answer where it is the same.
 * @throws DomainError BAD_INPUT as createExperiment, or for folds and repeats out of limits; CONFLICT for another experiment of that name
 */
export async function startCrossValidation(context: Context, input: CreateCrossValidationInput): Promise<Experiment> {
  const { asTeam, teamId, loaders, principal, services } = context;
  const { name, question, labelVersionId, base, folds, repeats, seed } = input;
  const version = found(await loaders.labelVersion.load(labelVersionId), "label version", labelVersionId);
  const { datasetId } = version;
  if (input.arms.some((arm) => (arm.labelVersionId ?? labelVersionId) !== labelVersionId)) {
    const message = "arms.labelVersionId: the arms of a cross-validation learn from its labelVersionId; leave it out";
    throw new DomainError("BAD_INPUT", message, { field: "arms.labelVersionId" });
  }
  const arms = input.arms.map(({ name: arm, changes }) => ({ name: arm, changes }));
  const validated = isValidated(expandGrid(base, arms, [0]).map(({ configuration }) => configuration)); // before anything is stored
  const choice = { folds, repeats, seed, validated };
  const folded = await asTeam((sql) => foldsOf(sql, teamId, labelVersionId, choice));
  const seeds = folded.splits.map((split) => split.seed);
  checkMargin(input.equivalenceMargin);

  const known = await experimentOfProject(context, input);
  if (known) return sameOrRefused(known, { labelVersionId, arms, seeds });

  const placed = await asTeam((sql) => freezeAll(sql, teamId, { datasetId, name, folded, choice }));
  const asked = {
    projectName: input.projectName,
    name,
    question,
    labelVersionId,
    splitId: placed[0]!.splitId,
    base,
    arms: input.arms,
    seeds,
    equivalenceMargin: input.equivalenceMargin ?? null,
    acceptOverlap: input.acceptOverlap ?? false,
  };
  const planned = await plannedRuns(context, asked, placed.map(({ splitId }) => splitId)); // biome-ignore format: one line
  const splitOf = new Map(placed.map((each) => [each.seed, each.splitId]));
  return asTeam(async (sql) => {
    const project = await ensureProject(sql, teamId, input.projectName);
    const experiment = await createExperiment(sql, teamId, {
      projectId: project.id,
      name,
      question,
      labelVersionId,
      splitId: placed[0]!.splitId,
      base,
      equivalenceMargin: input.equivalenceMargin ?? null,
      createdBy: principal.userId,
      codeCommit: services.codeCommit,
      ...planned,
      runs: planned.runs.map((run) => ({ ...run, splitId: splitOf.get(run.seed)! })),
    });
    await insertExperimentSplits(sql, teamId, experiment.id, placed);
    return experiment;
  });
}

/** Of the partitions. */
interface Choice {
  readonly folds: number;
  readonly repeats: number;
  readonly seed: number;
  readonly validated: boolean;
}

/** Whether a fold is kept to choose by: not where every arm keeps its last epoch. */
function isValidated(configurations: readonly RunConfiguration[]): boolean {
  const last = configurations.filter(keepsLastEpoch).length;
  if (last > 0 && last < configurations.length) {
    const message =
      "choose: some arms keep the last epoch and others choose the best; a fold that validates would train in the first only, so give all the same";
    throw new DomainError("BAD_INPUT", message, { field: "choose" });
  }
  return last === 0;
}

interface Folded {
  readonly splits: readonly FoldSplit[];
  readonly subjects: ReadonlyMap<string, string>;
  readonly subjectsKnown: boolean;
}

async function foldsOf(
  sql: TeamSql,
  teamId: string,
  labelVersionId: string,
  { validated, ...choice }: Choice,
): Promise<Folded> {
  const ids = await labelledItemIds(sql, teamId, labelVersionId);
  const items = (await itemsByIds(sql, teamId, ids)).flatMap((item) => item ?? []);
  const labels = await labelsForItems(sql, teamId, labelVersionId, items.map(({ id }) => id)); // biome-ignore format: short
  const splits = crossValidationSplits(
    items.map(({ id, subject }, index) => ({ id, subject, stratum: JSON.stringify(labels[index]?.classValues ?? "") })),
    choice,
    validated,
  );
  return {
    splits,
    subjects: new Map(items.map(({ id, subject }) => [id, subject])),
    subjectsKnown: items.every(({ subjectKnown }) => subjectKnown),
  };
}

interface Freezing {
  readonly datasetId: string;
  readonly name: string;
  readonly folded: Folded;
  readonly choice: Choice;
}

/** A split that a call before this one froze, and then ended, is taken as it is. */
async function freezeAll(sql: TeamSql, teamId: string, { datasetId, name, folded, choice }: Freezing) {
  const { folds, repeats, seed, validated } = choice;
  const roles = validated ? "the next validates, the others train" : "the others train, and nothing is chosen";
  const { subjects, subjectsKnown } = folded;
  const known = new Map((await listSplits(sql, teamId, datasetId)).map((split) => [split.name, split.id]));
  const placed: { seed: number; repeat: number; fold: number; splitId: string }[] = [];
  for (const { repeat, fold, seed: ofRuns, items } of folded.splits) {
    const splitName = `${name} · repeat ${repeat} · fold ${fold}${validated ? "" : " · none validates"}`;
    const rule = `fold ${fold} of ${folds} tests, ${roles}; repeat ${repeat} of ${repeats}, by sha256("${seed}:${repeat}:subject") within each class`;
    const assignments = items.map((item) => ({ itemId: item.id, subject: subjects.get(item.id)!, fold: item.fold }));
    const splitId =
      known.get(splitName) ??
      (await freezeSplit(sql, teamId, { datasetId, name: splitName, rule, subjectsKnown, assignments })).id;
    placed.push({ seed: ofRuns, repeat, fold, splitId });
  }
  return placed;
}

function sameOrRefused(known: Experiment, asked: Pick<Experiment, "labelVersionId" | "arms" | "seeds">): Experiment {
  const fields = ["labelVersionId", "arms", "seeds"] as const;
  const field = fields.find((each) => sortedJson(known[each]) !== sortedJson(asked[each]));
  if (field === undefined) return known;
  const what = field === "seeds" ? "folds or repeats" : field;
  const message = `name: "${known.name}" is there already, with other ${what}; an experiment is never changed, choose another name`;
  throw new DomainError("CONFLICT", message, { field: "name", differs: field, experimentId: known.id });
}
