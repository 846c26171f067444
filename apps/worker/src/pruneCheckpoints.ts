/** @file Old checkpoints give their space back: one of a 7.8 M parameter model takes 94 MB, and every epoch leaves two. */
import { pruneCheckpoints } from "@tessera/store/checkpoints";
import { messageOf } from "./backoff.ts";
import type { SupervisorOptions } from "./options.ts";

/** The database forgets first: a crash between the two leaves bytes that nobody names, never a name without bytes. */
export async function pruneOldCheckpoints(
  { database, teamId, objects, observe }: Pick<SupervisorOptions, "database" | "teamId" | "objects" | "observe">,
  runId: string,
): Promise<void> {
  try {
    for (const sha256 of await pruneCheckpoints(database, teamId, runId)) await objects.remove(teamId, sha256);
  } catch (error) {
    observe({
      type: "log",
      level: "warning",
      message: `Run ${runId}: old checkpoints could not be removed: ${messageOf(error)}`,
    });
  }
}
