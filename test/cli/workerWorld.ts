/** A real api with a real worker behind it: what an act of the demo runs on. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openObjects } from "@tessera/objects/localObjects";
import { startSupervisor } from "@tessera/worker/supervisor";
import { startWorld, type World } from "../api/world.ts";

export interface WorkerWorld {
  readonly world: World;
  /** What an act is given. */
  readonly platform: { readonly url: string; readonly apiUrl: string; readonly signIn: SignIn };
  close(): Promise<void>;
}

interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly token: string;
  readonly teamId: string;
}

export async function startWorkerWorld(): Promise<WorkerWorld> {
  const world = await startWorld();
  const spool = await mkdtemp(join(tmpdir(), "tessera-act-"));
  const { teamId, db } = world.database;
  const worker = await startSupervisor({
    database: db,
    teamId,
    objects: openObjects({ directory: world.objectsDirectory }),
    objectsDirectory: world.objectsDirectory,
    spoolDirectory: spool,
    name: "worker",
    device: "cpu",
    version: "test",
    maxThreads: 1,
    checkpointEverySteps: 20,
    observe: () => undefined,
  });
  return {
    world,
    platform: {
      url: world.url,
      apiUrl: world.url,
      signIn: { email: "", password: "", token: world.tokens.admin, teamId },
    },
    async close() {
      await worker.stop();
      await world.close();
      await rm(spool, { recursive: true, force: true });
    },
  };
}
