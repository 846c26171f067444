/** @file What the guard of any explanation needs of a run: networks that know less, and the class that is explained. */
import { DomainError } from "@tessera/domain/errors";
import type { LabelRandomisedModel } from "@tessera/domain/inspections/guard";
import type { GuardedRequest } from "@tessera/domain/inspections/guardedRequest";
import { randomStream } from "@tessera/domain/random";
import { type NamedWeights, readWeights } from "@tessera/models/weights/named";
import type { RunModels } from "../inspections/inspectedRun.ts";
import type { TrainingItems } from "../items.ts";
import type { Task } from "../task.ts";
import { trainOnPermutedLabels } from "./labelRandomised.ts";

export interface GuardedRun extends RunModels {
  readonly task: Task;
  readonly seed: number;
  readonly items: TrainingItems;
}

/**
 * @throws DomainError BAD_INPUT for a class that the label schema does not have; CONFLICT for a run whose split has no validation item
 */
export function checkAsked({ classIndex }: GuardedRequest, { task, items }: Pick<GuardedRun, "task" | "items">): void {
  const classes = task.truthShape[0]!;
  if (classIndex !== undefined && classIndex >= classes) {
    const message = `classIndex: expected 0 to ${classes - 1}, got ${classIndex}; the label schema has ${classes} classes`;
    throw new DomainError("BAD_INPUT", message, { classes, classIndex });
  }
  if (items.validation.length > 0) return;
  const message =
    "The run's split has no validation item (it keeps its last epoch), and no map is shown without checks, which are made on validation. Ask it of a run of the same arm on a split with a validation fold";
  throw new DomainError("CONFLICT", message, {});
}

/** @param other the run that the request names as the label-randomised one; null: one is trained here */
export async function labelRandomisedModel(
  { labelSteps: steps }: GuardedRequest,
  run: GuardedRun,
  other: (RunModels & { readonly runId: string }) | null,
  onStep: () => void,
): Promise<{ readonly weights: NamedWeights; readonly told: LabelRandomisedModel }> {
  const start = await (other ? other.model("end") : run.model("start"));
  try {
    if (other) {
      const told = { runId: other.runId, steps: null, accuracy: null, chance: null };
      return { weights: copied(readWeights(start)), told };
    }
    const { task, seed } = run;
    const items = run.items.train;
    const { weights, accuracy, chance } = await trainOnPermutedLabels({ task, seed, items, start, steps, onStep });
    return { weights, told: { runId: null, steps, accuracy, chance } };
  } finally {
    start.dispose();
  }
}

/** One entry per draw. */
export const untrainedWeights = (run: RunModels, draws: number): NamedWeights[] =>
  Array.from({ length: draws }, (_, draw) => {
    const model = run.randomModel(randomStream("heatmaps", draw).integer(2 ** 31));
    const weights = copied(readWeights(model));
    model.dispose();
    return weights;
  });

/** What was read may be the model's own memory. */
export const copied = (weights: NamedWeights): NamedWeights =>
  new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
