/** @file The net that features are to be made with: imported weights, or a run at its best checkpoint. */
import { DomainError } from "@tessera/domain/errors";
import type { FeaturesRequest } from "@tessera/domain/slides/request";
import { encoderRun } from "@tessera/store/encoderRuns";
import type { Context } from "../context.ts";
import { found } from "../graphql/found.ts";
import type { MakeFeaturesInput } from "./makeFeatures.input.ts";

/** @throws DomainError BAD_INPUT for none or both, or a run that is no trained classifier; NOT_FOUND */
export async function chosenNet(
  context: Context,
  { weightsId = null, runId = null }: Pick<MakeFeaturesInput, "weightsId" | "runId">,
): Promise<Pick<FeaturesRequest, "weightsId" | "run">> {
  if (weightsId !== null && runId === null) {
    found(await context.loaders.weights.load(weightsId), "weights", weightsId);
    return { weightsId };
  }
  if (runId === null || weightsId !== null) {
    const got = runId === null ? "neither" : "both";
    throw new DomainError("BAD_INPUT", `weightsId: expected imported weights or a run (runId), got ${got}`, {
      field: "weightsId",
    });
  }
  return { weightsId: null, run: await trainedRun(context, runId) };
}

async function trainedRun({ loaders, asTeam, teamId }: Context, runId: string) {
  const { source, state, configuration } = found(await loaders.run.load(runId), "run", runId);
  const best = await asTeam((sql) => encoderRun(sql, teamId, runId));
  if (source === "tessera" && state === "succeeded" && configuration.task === "classification" && best !== null)
    return best;
  const task = typeof configuration.task === "string" ? configuration.task : "segmentation";
  const came = source === "foreign" ? "a script's run" : `a run of ${task} that is ${state}`;
  throw new DomainError(
    "BAD_INPUT",
    `runId: expected a classification that Tessera trained and that has succeeded, got ${came}`,
    { field: "runId" },
  );
}
