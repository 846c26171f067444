/** @file Where this installation keeps what it owns, from the environment with defaults under the repository. */
import { mkdirSync } from "node:fs";
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
  /** Null: one on the CPU, one per GPU on CUDA (workers/plan.ts). */
  readonly workers: number | null;
  /** TensorFlow threads of one worker; null: the cores shared among the workers. */
  readonly threads: number | null;
}

export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const home = resolve(env.TESSERA_HOME ?? join(repository, ".tessera"));
  const settings = {
    home,
    database: join(home, "postgres"),
    objects: resolve(env.TESSERA_OBJECTS ?? join(home, "objects")),
    spools: join(home, "spools"),
    logs: join(home, "logs"),
    webPort: positive(env.TESSERA_WEB_PORT, 3000),
    workers: positive(env.TESSERA_WORKERS, null),
    threads: positive(env.TESSERA_THREADS, null),
  };
  for (const directory of [home, settings.objects, settings.spools, settings.logs]) {
    mkdirSync(directory, { recursive: true });
  }
  return settings;
}

function positive<T>(text: string | undefined, otherwise: T): number | T {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}
