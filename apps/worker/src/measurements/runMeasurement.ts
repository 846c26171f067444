/** @file One attempt to measure one evaluation: its lease and its end. */
import {
  type ClaimedMeasurement,
  finishMeasurement,
  giveBackMeasurement,
  renewMeasurement,
} from "@tessera/store/measuringQueue";
import { holdLease } from "../leased.ts";
import { leaseSeconds, type SupervisorOptions } from "../options.ts";
import { measureEvaluation } from "./measureEvaluation.ts";
import { sentenceOf } from "./problems.ts";
import { withMeasurer } from "./withMeasurer.ts";

export interface RunningMeasurement {
  readonly worker: SupervisorOptions;
  readonly claimed: ClaimedMeasurement;
  /** Aborted when the worker is to stop. */
  readonly stopping: AbortSignal;
}

export async function runMeasurement({ worker, claimed, stopping }: RunningMeasurement): Promise<void> {
  const { database, teamId } = worker;
  const { evaluationId, attempt } = claimed;
  const of = { teamId, evaluationId, attempt };
  const lease = {
    name: `Measuring evaluation ${evaluationId}, attempt ${attempt}`,
    renew: () => renewMeasurement(database, { ...of, leaseSeconds }),
    giveBack: () => giveBackMeasurement(database, of),
    fail: (error: string) => finishMeasurement(database, { ...of, error }),
  };
  await holdLease(worker, stopping, lease, (held) =>
    withMeasurer(worker, held, claimed, async ({ files, measurer }) => {
      let measured = 0;
      const onStored = (items: number) => {
        measured += items;
        const measurerPid = measurer.processId() ?? 0;
        worker.observe({ type: "measured", evaluationId, items: measured, measurerPid });
      };
      const problems = await measureEvaluation({ database, teamId, claimed, held, files, measurer, onStored });
      const error = problems.length === 0 ? null : sentenceOf(problems, measured + problems.length, "measured");
      await held.patiently(() => finishMeasurement(database, { ...of, error }));
    }),
  );
}
