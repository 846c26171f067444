/** @file What a script may log to its run. */
import { DomainError } from "@tessera/domain/errors";
import type { PointsEvent } from "@tessera/domain/events";
import type { RunState } from "@tessera/domain/words";
import type { SeriesPointsInput } from "./seriesPoints.input.ts";

const seriesName = /^[\w .:/-]{1,200}$/;

/** @throws DomainError BAD_INPUT naming the series and the place; CONFLICT for a run that Tessera trains itself. */
export function pointsEvents(
  run: { readonly id: string; readonly source: string },
  points: readonly SeriesPointsInput[],
): PointsEvent[] {
  if (run.source !== "foreign") {
    throw new DomainError("CONFLICT", `Run ${run.id} is trained by Tessera; only its worker logs to it`, {
      runId: run.id,
    });
  }
  return points.map(({ series, steps, values }, i) => {
    const refuse = (field: string, message: string): never => {
      throw new DomainError("BAD_INPUT", `points.${i}.${field}: ${message}`, { field: `points.${i}.${field}`, series });
    };
    if (!seriesName.test(series)) refuse("series", "expected 1 to 200 letters, digits, or any of space . : / _ -");
    if (steps.length !== values.length)
      refuse("values", `expected as many as steps (${steps.length}), got ${values.length}`);
    if (steps.length === 0) refuse("steps", "expected at least one");
    const wrong = steps.findIndex(
      (step, at) => !Number.isSafeInteger(step) || step < 0 || step <= (steps[at - 1] ?? -1),
    );
    if (wrong >= 0) refuse(`steps.${wrong}`, `expected increasing whole numbers from 0, got ${steps[wrong]}`);
    return { type: "points", series, steps, values: values.map((value) => value ?? Number.NaN) };
  });
}

export function foreignEndState(state: RunState): "succeeded" | "failed" | "cancelled" {
  if (state === "succeeded" || state === "failed" || state === "cancelled") return state;
  throw new DomainError("BAD_INPUT", `state: expected SUCCEEDED, FAILED or CANCELLED, got ${state.toUpperCase()}`, {
    field: "state",
  });
}
