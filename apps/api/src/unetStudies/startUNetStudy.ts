/** @file One call, one study: an experiment is never changed, so the same call again gives the one that is there. */

import { DomainError } from "@tessera/domain/errors";
import { mostRunsOfSet } from "@tessera/domain/scoredSet";
import { sortedJson } from "@tessera/domain/sortedJson";
import { unetStudyGrid } from "@tessera/domain/study/unetStudy";
import type { Experiment } from "@tessera/store/experiments";
import type { Context } from "../context.ts";
import { experimentOfProject } from "../experiments/experimentOfProject.ts";
import { startExperiment } from "../experiments/startExperiment.ts";
import type { CreateUNetStudyInput } from "./createUNetStudy.input.ts";

/** @throws DomainError CONFLICT when the project has another experiment of that name, naming what differs. */
export async function startUNetStudy(context: Context, input: CreateUNetStudyInput): Promise<Experiment> {
  const { depths, skips, losses, ...rest } = input;
  const { arms } = unetStudyGrid({ depths, skips, losses });
  const runs = arms.length * input.seeds.length;
  if (runs > mostRunsOfSet) {
    const message = `seeds: ${arms.length} arms × ${input.seeds.length} seeds are over the ${mostRunsOfSet} runs that a board takes; leave some out`;
    throw new DomainError("BAD_INPUT", message, { field: "seeds", runs });
  }
  const known = await experimentOfProject(context, input);
  if (!known) return startExperiment(context, { ...rest, arms: [...arms] });
  const asked = { ...rest, equivalenceMargin: input.equivalenceMargin ?? null, arms };
  const fields = ["question", "labelVersionId", "splitId", "base", "arms", "seeds", "equivalenceMargin"] as const;
  const field = fields.find((each) => sortedJson(asked[each]) !== sortedJson(known[each]));
  if (field === undefined) return known;
  const what = field === "arms" ? "depths, skips or losses" : field;
  throw new DomainError(
    "CONFLICT",
    `name: "${input.name}" is there already, with other ${what}; an experiment is never changed, choose another name`,
    { field: "name", differs: field, experimentId: known.id },
  );
}
