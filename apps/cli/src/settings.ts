/** @file Where this installation keeps what it owns, from the environment with defaults under the repository. */
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");

export interface Settings {
  /** Everything below lives here; TESSERA_HOME, else `.tessera` in the repository. */
  readonly home: string;
  readonly database: string;
  readonly objects: string;
  readonly spools: string;
  readonly logs: string;
  readonly webPort: number;
  readonly workers: number;
  /** TensorFlow threads of one worker. */
  readonly threads: number;
}

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const home = resolve(env.TESSERA_HOME ?? join(repository, ".tessera"));
  const workers = positive(env.TESSERA_WORKERS, 1);
  const settings = {
    home,
    database: join(home, "postgres"),
    objects: resolve(env.TESSERA_OBJECTS ?? join(home, "objects")),
    spools: join(home, "spools"),
    logs: join(home, "logs"),
    webPort: positive(env.TESSERA_WEB_PORT, 3000),
    workers,
    threads: positive(env.TESSERA_THREADS, Math.max(1, Math.floor(availableParallelism() / workers))),
  };
  for (const directory of [home, settings.objects, settings.spools, settings.logs]) {
    mkdirSync(directory, { recursive: true });
  }
  return settings;
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
