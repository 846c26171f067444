/** @file What a child needs to know of an inspection and its runs, read from the database. */
import { DomainError } from "@tessera/domain/errors";
import { inspectionKinds } from "@tessera/domain/inspections/kinds";
import { checkpointsOf } from "@tessera/store/checkpoints";
import type { ClaimedInspection } from "@tessera/store/inspectionQueue";
import { type Run, runsByIds } from "@tessera/store/runs";
import { jobOf } from "../job.ts";
import type { SupervisorOptions } from "../options.ts";
import type { TrainerJob } from "../trainer/protocol.ts";
import { bagSource } from "./bagSource.ts";
import { maskSource } from "./maskSource.ts";
import type { InspectedJob, InspectionJob } from "./protocol.ts";

/** @throws DomainError where a run's parts are not there any more */
export async function inspectionJobOf(worker: SupervisorOptions, claimed: ClaimedInspection): Promise<InspectionJob> {
  const { database, teamId } = worker;
  const { kind, request, runIds, checkpoints } = claimed;
  const rows = await database.asTeam(teamId, (sql) => runsByIds(sql, teamId, runIds));
  const runs: InspectedJob[] = [];
  for (const [index, row] of rows.entries()) {
    if (!row) throw new DomainError("NOT_FOUND", `Run ${runIds[index]} is not in this team any more`);
    const run = await runJobOf(worker, row);
    const [masks, bags] = [await masksOf(worker, claimed, row, run), await bagsOf(worker, claimed, run)];
    runs.push({ run, checkpoint: checkpoints[index]!, masks, bags });
  }
  return { teamId, kind, request, runs };
}

async function masksOf(worker: SupervisorOptions, { kind }: ClaimedInspection, run: Run, { items }: TrainerJob) {
  const { database, teamId } = worker;
  if (!inspectionKinds[kind].masks || run.labelVersionId === null) return null;
  const ids = items.map(({ itemId }) => itemId);
  return database.asTeam(teamId, (sql) => maskSource(sql, teamId, run.labelVersionId!, ids));
}

async function bagsOf({ database, teamId }: SupervisorOptions, { kind }: ClaimedInspection, { items }: TrainerJob) {
  if (!inspectionKinds[kind].tiles) return null;
  const ids = items.map(({ itemId }) => itemId);
  return database.asTeam(teamId, (sql) => bagSource(sql, teamId, ids));
}

async function runJobOf(worker: SupervisorOptions, run: Run) {
  const { database, teamId } = worker;
  const { id, seed, attempt, configuration, labelVersionId, splitId, startingRunId } = run;
  const starting = startingRunId === null ? [] : [startingRunId];
  const found = await database.asTeam(teamId, (sql) => checkpointsOf(sql, teamId, starting));
  const first = found.findLast(({ kind }) => kind === "best") ?? found.at(-1); // as claim_run chooses it
  return jobOf(worker, {
    id,
    attempt,
    seed,
    configuration,
    labelVersionId: labelVersionId!, // every run that Tessera trains has both
    splitId: splitId!,
    startingRunId,
    startingCheckpointSha256: first?.sha256 ?? null,
    resume: null,
  });
}
