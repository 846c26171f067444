/** @file How far a set's masks are measured, over all its evaluations. */
import type { Measurement } from "@tessera/store/measurements";
import { total } from "../graphql/total.ts";
import type { MeasuringProgress } from "./measuringProgress.type.ts";

export function measuringProgress(measurements: readonly Measurement[]): MeasuringProgress {
  const failed = measurements.filter((each) => each.state === "failed");
  return {
    done: total(measurements.map((each) => each.done)),
    total: total(measurements.map((each) => each.total)),
    failed: total(failed.map((each) => each.total - each.done)),
    error: failed[0]?.error ?? null,
  };
}
