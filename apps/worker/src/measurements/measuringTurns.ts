/**
 * @file Predictions to score, labels to make or compare, and evaluations to measure, one at a time. The decoder and the measurer that they need live from the
 * first to the last in a row: a run's two folds come together, and starting processes takes longer than measuring a small one.
 */
import { type Imaging, openImaging } from "@tessera/imaging/client";
import { claimLabelJob } from "@tessera/store/labelJobQueue";
import { claimMeasurement } from "@tessera/store/measuringQueue";
import { claimScoring } from "@tessera/store/scoringQueue";
import { runLabelJob } from "../labels/runLabelJob.ts";
import { leaseSeconds, pollMs, type SupervisorOptions } from "../options.ts";
import { runScoring } from "../scorings/runScoring.ts";
import { type Measurer, openMeasurer } from "./measurer.ts";
import { runMeasurement } from "./runMeasurement.ts";

interface MeasuringProcesses {
  readonly imaging: Imaging;
  readonly measurer: Measurer;
}

/** @returns a turn, which says how long to rest after it. Once `stopping` is aborted, nothing of it is left. */
export function measuringTurns(worker: SupervisorOptions, workerId: string, stopping: AbortSignal) {
  const { database, teamId } = worker;
  const claim = { teamId, workerId, leaseSeconds };
  let open: MeasuringProcesses | null = null;
  let closing: Promise<unknown> = Promise.resolve();
  const close = () => {
    if (open !== null) closing = Promise.all([open.imaging.close(), open.measurer.close()]);
    open = null;
    return closing;
  };
  stopping.addEventListener("abort", close, { once: true }); // nobody waits for what nobody wants

  return async (): Promise<number> => {
    // A person waits for a score, or for labels; facts about older ones can wait.
    const scoring = await claimScoring(database, claim);
    const labels = scoring === null ? await claimLabelJob(database, claim) : null;
    const measurement = scoring === null && labels === null ? await claimMeasurement(database, claim) : null;
    if (scoring === null && labels === null && measurement === null) {
      await close();
      return pollMs;
    }
    open ??= { imaging: openImaging({ processes: 1 }), measurer: openMeasurer() };
    const given = { worker, stopping, ...open };
    if (scoring !== null) await runScoring({ ...given, claimed: scoring });
    if (labels !== null) await runLabelJob({ ...given, claimed: labels });
    if (measurement !== null) await runMeasurement({ ...given, claimed: measurement });
    if (stopping.aborted) await close();
    return 0;
  };
}
