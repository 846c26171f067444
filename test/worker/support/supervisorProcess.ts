/** A supervisor in a process of its own, which kills itself with SIGKILL at the n-th event of a type. */

import { openObjects } from "@tessera/objects/localObjects";
import type { Connection } from "@tessera/store/connection";
import { connectDatabase } from "@tessera/store/database";
import type { WorkerEvent } from "@tessera/worker/options";
import { startSupervisor } from "@tessera/worker/supervisor";

export interface ProcessSettings {
  readonly connection: Connection;
  readonly teamId: string;
  readonly objectsDirectory: string;
  readonly spoolDirectory: string;
  readonly dieAt: { readonly type: WorkerEvent["type"]; readonly count: number } | null;
}

process.once("message", async ({ connection, dieAt, ...settings }: ProcessSettings) => {
  let seen = 0;
  await startSupervisor({
    ...settings,
    database: connectDatabase(connection),
    objects: openObjects({ directory: settings.objectsDirectory }),
    name: `process ${process.pid}`,
    device: "cpu",
    version: "test",
    maxThreads: null,
    checkpointEverySteps: 2,
    observe(event) {
      if (event.type === dieAt?.type && ++seen === dieAt.count) process.kill(process.pid, "SIGKILL");
      process.send?.(event);
    },
  });
});
