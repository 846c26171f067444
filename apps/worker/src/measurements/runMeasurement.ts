/** @file One attempt to measure one evaluation: its lease and its end. */
import type { Imaging } from "@tessera/imaging/client";
import {
  type ClaimedMeasurement,
  finishMeasurement,
  giveBackMeasurement,
  renewMeasurement,
} from "@tessera/store/measuringQueue";
import { holdLease } from "../leased.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import { openMaskFiles } from "./maskFiles.ts";
import { measureEvaluation } from "./measureEvaluation.ts";
import type { Measurer } from "./measurer.ts";
import { sentenceOf } from "./problems.ts";

export interface RunningMeasurement {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedMeasurement;
  /** Aborted when the worker is to stop: it gives the evaluation back, and another worker goes on. */
  readonly stopping: AbortSignal;
  readonly imaging: Imaging;
  readonly measurer: Measurer;
}

export async function runMeasurement(running: RunningMeasurement): Promise<void> {
  const { worker, claimed, stopping, imaging, measurer } = running;
  const { database, objects, teamId } = worker;
  const { evaluationId, attempt } = claimed;
  const of = { teamId, evaluationId, attempt };
  const lease = {
    name: `Measuring evaluation ${evaluationId}, attempt ${attempt}`,
    renew: () => renewMeasurement(database, { ...of, leaseSeconds }),
    giveBack: () => giveBackMeasurement(database, of),
    fail: (error: string) => finishMeasurement(database, { ...of, error }),
  };
  const files = openMaskFiles({ objects, imaging, teamId }, claimed);
  await holdLease(worker, stopping, lease, async (held) => {
    let measured = 0;
    const onStored = (items: number) => {
      measured += items;
      worker.observe({ type: "measured", evaluationId, items: measured, measurerPid: measurer.processId() ?? 0 });
    };
    const problems = await measureEvaluation({ database, teamId, claimed, held, files, measurer, onStored });
    const error = problems.length === 0 ? null : sentenceOf(problems, measured + problems.length, "measured");
    await held.patiently(() => finishMeasurement(database, { ...of, error }));
  });
}
