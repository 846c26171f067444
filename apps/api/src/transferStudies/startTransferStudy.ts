/** @file One call, one study: the same call again gives the one that is there, and one with more in it adds what is missing. */
import { DomainError } from "@tessera/domain/errors";
import { mostRunsOfSet } from "@tessera/domain/scoredSet";
import {
  missingArms,
  sharedText,
  type TransferChoices,
  transferStudyGrid,
  transferStudyOf,
} from "@tessera/domain/study/transferStudy";
import { extendExperiment } from "@tessera/store/experimentExtensions";
import { type Experiment, experimentsByIds } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import { experimentOfProject } from "../experiments/experimentOfProject.ts";
import { plannedRuns } from "../experiments/plannedRuns.ts";
import { startExperiment } from "../experiments/startExperiment.ts";
import type { CreateTransferStudyInput } from "./createTransferStudy.input.ts";

/** @throws DomainError CONFLICT when the project has another experiment of that name, naming what differs */
export async function startTransferStudy(context: Context, input: CreateTransferStudyInput): Promise<Experiment> {
  const { fractions, ...rest } = input;
  const asked = { arms: input.arms.map(({ name, startingWeights }) => ({ name, startingWeights })), fractions };
  const known = await experimentOfProject(context, input);
  if (!known) {
    const arms = transferStudyGrid(asked);
    refuseTooMany(arms.length, input.seeds.length);
    return startExperiment(context, { ...rest, arms });
  }
  return extend(context, known, input, asked);
}

async function extend(
  context: Context,
  known: Experiment,
  input: CreateTransferStudyInput,
  asked: TransferChoices,
): Promise<Experiment> {
  const study = transferStudyOf(known.arms, known.base);
  if (!study) throw other(known, "arms that are no transfer study");
  const fields = [
    ["question", input.question === known.question],
    ["labelVersionId", input.labelVersionId === known.labelVersionId],
    ["splitId", input.splitId === known.splitId],
    ["base", sharedText(input.base) === sharedText(known.base)],
    ["equivalenceMargin", (input.equivalenceMargin ?? null) === known.equivalenceMargin],
  ] as const;
  const differs = fields.find(([, same]) => !same)?.[0];
  if (differs !== undefined) throw other(known, `another ${differs}`, differs);

  const seeds = [...known.seeds, ...input.seeds.filter((seed) => !known.seeds.includes(seed))];
  const added = missingArms(study, asked);
  if (added.length > 0 && known.arms.some(({ labelVersionId }) => labelVersionId !== undefined)) {
    throw other(known, "arms that learn from different labels, so that nothing says what new arms learn from");
  }
  const arms = [...known.arms, ...added];
  refuseTooMany(arms.length, seeds.length);
  const { base, evaluationLabelVersionId } = known; // new runs are scored on the labels that the first were
  const planned = await plannedRuns(context, { ...input, base, evaluationLabelVersionId, arms: [...arms], seeds });
  const { asTeam, teamId, principal, services } = context;
  const { codeCommit } = services;
  return asTeam(async (sql) => {
    const { runs } = planned;
    await extendExperiment(sql, teamId, {
      ...{ experimentId: known.id, arms, seeds, runs, codeCommit },
      createdBy: principal.userId,
    });
    return (await experimentsByIds(sql, teamId, [known.id]))[0]!;
  });
}

function other(known: Experiment, what: string, differs = "arms"): DomainError {
  return new DomainError(
    "CONFLICT",
    `name: "${known.name}" is there already, with ${what}; a study only ever grows, choose another name`,
    { field: "name", differs, experimentId: known.id },
  );
}

function refuseTooMany(arms: number, seeds: number): void {
  const runs = arms * seeds;
  if (runs <= mostRunsOfSet) return;
  const message = `seeds: ${arms} arms (starts × fractions) × ${seeds} seeds are over the ${mostRunsOfSet} runs that a board takes; leave some out`;
  throw new DomainError("BAD_INPUT", message, { field: "seeds", runs });
}
