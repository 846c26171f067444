/** @file Which of two epochs is the better one. */
import type { Best } from "./checkpoint.ts";

/** An epoch on the validation fold. */
export interface Validated {
  readonly score: number | null;
  /** Where it decides between equal scores. */
  readonly loss?: number;
}

/**
 * The higher score; of equal ones the lower loss where the task has it decide, else the earlier: an AUC on a few items takes few
 * values, and the first epoch to reach one is the least trained. No score is below every score.
 */
export function isBetter({ score, loss }: Validated, best: Best | null): boolean {
  if (best === null) return true;
  const [now, before] = [score ?? -1, best.validationScore ?? -1];
  if (now !== before) return now > before;
  return loss !== undefined && best.validationLoss !== undefined && loss < best.validationLoss;
}
