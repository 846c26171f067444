/** @file `tessera worker`: one worker, for the team of TESSERA_TEAM, else the team that `prepare` made on this home. */
import { hostname } from "node:os";
import { join } from "node:path";
import { ensureFirstTeam } from "../firstTeam.ts";
import { readSettings } from "../settings.ts";
import { withDatabase } from "./database.ts";
import { runForeground } from "./foreground.ts";

export async function run(): Promise<void> {
  const settings = readSettings();
  const teamId = process.env.TESSERA_TEAM ?? (await withDatabase((db) => ensureFirstTeam(db, settings.home))).teamId;
  return runForeground(["--import", "tsx", "apps/worker/src/main.ts"], {
    TESSERA_TEAM: teamId,
    TESSERA_OBJECTS: settings.objects,
    TESSERA_SPOOL: process.env.TESSERA_SPOOL ?? join(settings.spools, "1"),
    TESSERA_WORKER_NAME: process.env.TESSERA_WORKER_NAME ?? hostname(),
    TESSERA_THREADS: String(settings.threads),
  });
}
