/** @file The door: one inspection, computed on TensorFlow in this process. */
import { DomainError } from "@tessera/domain/errors";
import type { InspectionKindName, ResultOf } from "@tessera/domain/inspections/kinds";
import { inspectionKinds } from "@tessera/domain/inspections/kinds";
import { initEngine } from "@tessera/engine/backend";
import { isOutOfMemory } from "@tessera/engine/outOfMemory";
import { type Computation, computations } from "./byKind.ts";
import type { Given } from "./given.ts";

/** Starts the engine with so many threads. @throws DomainError for what a person can mend */
export async function inspect<Kind extends InspectionKindName>(
  kind: Kind,
  request: unknown,
  given: Given,
  threads: number,
): Promise<ResultOf<Kind>> {
  if (!Object.hasOwn(inspectionKinds, kind)) {
    throw new DomainError("CONFLICT", `This worker is older than inspections of ${kind}; update it`);
  }
  await initEngine({ threads });
  const compute = computations[kind] as unknown as Computation<Kind>;
  try {
    return await compute(inspectionKinds[kind].parse(request) as never, given);
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    const message = `Memory ran out; ask for fewer items, or use a worker with more memory. TensorFlow's words: ${(error as Error).message}`;
    throw new DomainError("TOO_LARGE", message, {}, error);
  }
}
