/**
 * @file `tessera worker`: the workers of this machine, one per GPU on CUDA, else one; for the team of TESSERA_TEAM, else the
 * team that `prepare` made on this home.
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { ensureFirstTeam } from "../firstTeam.ts";
import { readSettings } from "../settings.ts";
import { say } from "../terminal.ts";
import { describePlan, planWorkers, thisMachine } from "../workers/plan.ts";
import { withDatabase } from "./database.ts";
import { runForeground } from "./foreground.ts";

export async function run(): Promise<void> {
  const settings = readSettings();
  const machine = thisMachine();
  const plan = planWorkers(settings, machine);
  say(describePlan(plan, machine.device));
  const teamId = process.env.TESSERA_TEAM ?? (await withDatabase((db) => ensureFirstTeam(db, settings.home))).teamId;
  const name = process.env.TESSERA_WORKER_NAME ?? hostname();
  const spool = process.env.TESSERA_SPOOL ?? join(settings.spools, "1");
  return runForeground(
    ["--import", "tsx", "apps/worker/src/main.ts"],
    plan.map(({ environment }, index) => ({
      TESSERA_TEAM: teamId,
      TESSERA_OBJECTS: settings.objects,
      TESSERA_SPOOL: spool, // workers may share it, and the decoded items in it
      TESSERA_WORKER_NAME: plan.length === 1 ? name : `${name}-${index + 1}`,
      ...environment,
    })),
  );
}
