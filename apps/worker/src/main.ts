/** @file The worker process: one supervisor. SIGTERM or SIGINT stops it gracefully; a second one at once. */
import { DomainError } from "@tessera/domain/errors";
import { openObjects } from "@tessera/objects/localObjects";
import { connectionFromEnvironment } from "@tessera/store/connection";
import { connectDatabase } from "@tessera/store/database";
import { messageOf } from "./backoff.ts";
import { settingsFrom } from "./environment.ts";
import type { WorkerEvent } from "./options.ts";
import { startSupervisor } from "./supervisor.ts";
import { probeEngine } from "./trainer/probeEngine.ts";

/** One JSON line per event on stderr; stdout is for whoever started this process. */
function print(event: WorkerEvent): void {
  const often = ["spooled", "ingested", "measured", "scored", "hashed", "inspecting", "labelled", "slides"];
  if (often.includes(event.type)) return; // several a second
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`);
}

async function main(): Promise<void> {
  const settings = settingsFrom(process.env);
  const engine = await probeEngine();
  const database = connectDatabase(connectionFromEnvironment(process.env));
  const supervisor = await startSupervisor({
    ...settings,
    ...engine,
    database,
    objects: openObjects({ directory: settings.objectsDirectory }),
    observe: print,
  });
  process.stdout.write(`${JSON.stringify({ worker: supervisor.workerId })}\n`);

  let asked = false;
  const stop = () => {
    if (asked) process.exit(1);
    asked = true;
    void supervisor
      .stop()
      .then(() => database.close())
      .then(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error) => {
  process.stderr.write(
    `${error instanceof DomainError ? error.message : ((error as Error).stack ?? messageOf(error))}\n`,
  );
  process.exit(1);
});
