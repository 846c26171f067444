/** @file The checkpoint whose weights are looked into. */
import { DomainError } from "@tessera/domain/errors";
import type { Objects } from "@tessera/objects/objects";
import type { InspectedCheckpoint } from "@tessera/store/inspections";

/** A run that trains on forgets the checkpoints that it has surpassed. */
export async function readCheckpoint(objects: Objects, teamId: string, { runId, sha256, step }: InspectedCheckpoint) {
  try {
    return await objects.read(teamId, sha256);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "NOT_FOUND") throw error;
    const message = `Run ${runId} has trained on since this was asked, and its checkpoint of step ${step} is gone; ask again for the newest`;
    throw new DomainError("CONFLICT", message, { runId, step }, error);
  }
}
