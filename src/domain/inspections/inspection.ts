/** @file What all kinds of inspection have in common: a question to the weights of one or more runs, answered once and kept. */
import type { RunConfiguration } from "../configuration/run.ts";

/** At the start: as rebuilt from the seed and the starting weights. At the end: of the best checkpoint. */
export const weightTimes = ["start", "end"] as const;
export type WeightTime = (typeof weightTimes)[number];

export interface InspectionKind<Request> {
  /** Raised when the same question would be answered otherwise now: older answers stay, and are not given for new ones. */
  readonly version: number;
  /** With every field that the request may leave out. @throws DomainError BAD_INPUT */
  parse(value: unknown): Request;
  /** Whose weights are asked; at least one, each once. */
  runIds(request: Request): readonly string[];
  /** Files that a person chose for it, by sha256. Absent: none. */
  files?(request: Request): readonly string[];
  /** Whether it looks at masks of a classification's items, where the dataset has any. Absent: no. */
  readonly masks?: boolean;
  /** Whether it looks at where the tiles of bags are, and at what is known of them. Absent: no. */
  readonly tiles?: boolean;
  /** @param runs in the order of runIds @throws DomainError BAD_INPUT where these cannot be asked this */
  checkRuns?(request: Request, runs: readonly RunConfiguration[]): void;
}
