/**
 * @file Bag memory: how much memory a run on bags needs for a bag of so many tiles, as planned on shapes and as measured, on the worker
 * that answers. docs/decisions/0046 says why a worker does.
 */
import { DomainError } from "../errors.ts";
import type { InspectionKind } from "./inspection.ts";
import { checkRunId, parsedRequest } from "./requestFields.ts";

export interface BagMemoryRequest {
  readonly runId: string;
  /** Tiles of the largest bag that is planned for; sizes double up to it. */
  readonly largest: number;
  /** What the process may take, bytes; null: what the worker has free. */
  readonly memoryBytes: number | null;
}

export interface BagMemorySize {
  readonly tiles: number;
  /** Of the whole process at its highest, bytes, at most. */
  readonly predictedBytes: number;
  /** After two updates and one scoring of such a bag; null: not measured, because the plan is above the limit. */
  readonly measuredBytes: number | null;
}

export interface BagMemoryResult {
  /** For the whole process: what it held at first, and what it may take. */
  readonly limitBytes: number;
  /** What the process held before. */
  readonly baseBytes: number;
  /** Per tile. */
  readonly features: number;
  /** Tiles of the largest bag of the run's items. */
  readonly largestBag: number;
  /** In one step. */
  readonly bagsAtOnce: number;
  /** Tiles of the largest bag that the plan lets in; null: not even one of one tile. */
  readonly largestThatFits: number | null;
  /** Rising. */
  readonly sizes: readonly BagMemorySize[];
}

export const bagMemoryLimits = { smallest: 64, largest: 131_072 } as const;
const defaults = { largest: 16_384, memoryBytes: null } as const;

export const bagMemory: InspectionKind<BagMemoryRequest> = {
  version: 1,
  parse: (value) =>
    parsedRequest<BagMemoryRequest>(value, defaults, (check) => {
      check.noOtherFields({ runId: "", ...defaults });
      checkRunId(check, "runId");
      check.integer("largest", bagMemoryLimits.smallest, bagMemoryLimits.largest, "tiles; sizes double up to it");
      if (check.read("memoryBytes") !== null) {
        check.number("memoryBytes", 2 ** 28, 2 ** 42, "bytes; leave it out for what the worker has free");
      }
    }),
  runIds: ({ runId }) => [runId],
  checkRuns(_, [run]) {
    if (run!.task === "mil") return;
    const message = "runId: expected a run on bags of tiles, got one on images; its memory is in its log";
    throw new DomainError("BAD_INPUT", message, { field: "runId" });
  },
};

/** Doubling from the smallest; the last is `largest`. */
export function bagMemorySizes(largest: number): number[] {
  const sizes: number[] = [];
  for (let tiles: number = bagMemoryLimits.smallest; tiles < largest; tiles *= 2) sizes.push(tiles);
  return [...sizes, largest];
}
