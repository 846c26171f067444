/** @file The worker's settings, from the environment. */
import { hostname } from "node:os";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";

export interface WorkerSettings {
  readonly teamId: string;
  readonly spoolDirectory: string;
  readonly preparedDirectory: string;
  readonly objectsDirectory: string;
  readonly name: string;
  readonly maxThreads: number | null;
  readonly checkpointEverySteps: number | null;
  readonly itemMemoryBytes: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Long epochs lose at most this many steps to a kill. */
const defaultCheckpointEverySteps = 500;

/** @throws DomainError BAD_INPUT naming the variable */
export function settingsFrom(environment: Environment): WorkerSettings {
  const teamId = required(environment, "TESSERA_TEAM", "the team's id, which `tessera start` prints");
  const spoolDirectory = required(environment, "TESSERA_SPOOL", "a folder on a local disk of this machine");
  return {
    teamId,
    spoolDirectory,
    preparedDirectory: environment.TESSERA_PREPARED || join(spoolDirectory, "prepared"),
    objectsDirectory: required(environment, "TESSERA_OBJECTS", "the folder of blobs that the api uses too"),
    name: environment.TESSERA_WORKER_NAME || `${hostname()}-${process.pid}`,
    maxThreads: wholeNumber(environment, "TESSERA_THREADS") ?? null,
    checkpointEverySteps: wholeNumber(environment, "TESSERA_CHECKPOINT_STEPS") ?? defaultCheckpointEverySteps,
    itemMemoryBytes: wholeNumber(environment, "TESSERA_ITEM_MEMORY"),
  };
}

function required(environment: Environment, variable: string, what: string): string {
  const value = environment[variable];
  if (value) return value;
  throw new DomainError("BAD_INPUT", `Expected ${variable} in the environment (${what}), got nothing`, { variable });
}

function wholeNumber(environment: Environment, variable: string): number | undefined {
  const text = environment[variable];
  if (!text) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new DomainError("BAD_INPUT", `${variable}: expected a whole number from 1 on, got "${text}"`, { variable });
}
