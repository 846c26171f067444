/** @file Forgetting: what weights that were trained on still know of the task of an earlier hop of their chain. */
import { architectureDifference } from "../configuration/architecture.ts";
import { DomainError } from "../errors.ts";
import type { InspectionKind } from "./inspection.ts";
import { parsedRequest } from "./requestFields.ts";

export interface ForgettingRequest {
  /** Whose head and validation fold are used. */
  readonly earlierRunId: string;
  /** Whose encoder is put under that head. */
  readonly laterRunId: string;
}

export interface ForgettingResult {
  /** What the earlier run is validated by. */
  readonly metric: "Dice" | "AUC";
  /** On the earlier run's validation fold; null where the metric is undefined on it. */
  readonly earlierScore: number | null;
  /** The same with the later run's encoder under the earlier run's head. */
  readonly laterScore: number | null;
  readonly items: number;
  /** Tensors of the encoder that came from the later run, and those of the model that stayed the earlier run's. */
  readonly replaced: number;
  readonly kept: number;
}

export const forgetting: InspectionKind<ForgettingRequest> = {
  version: 1,
  parse: (value) =>
    parsedRequest<ForgettingRequest>(value, {}, (check) => {
      check.noOtherFields({ earlierRunId: "", laterRunId: "" });
      const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
      for (const field of ["earlierRunId", "laterRunId"]) check.matches(field, uuid, "the id of a run");
      if (check.read("earlierRunId") === check.read("laterRunId"))
        check.problem("laterRunId", "another run than the earlier", check.read("laterRunId"), "choose a later run");
    }),
  runIds: ({ earlierRunId, laterRunId }) => [earlierRunId, laterRunId],
  checkRuns(_, [earlier, later]) {
    const difference = architectureDifference(later, earlier!.model, "encoder");
    if (difference === null) return;
    throw new DomainError(
      "BAD_INPUT",
      `laterRunId: its model.${difference} differs from the earlier run's; an encoder fits under another run's head only where both are of one architecture`,
      { field: "laterRunId", difference },
    );
  },
};
