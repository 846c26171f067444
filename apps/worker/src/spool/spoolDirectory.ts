/**
 * @file Which spool belongs to whom. Every worker process has its own folder; a folder whose process is gone may be taken
 * over by the next worker that starts.
 *
 *   SPOOL/worker-UUID/owner.json                    {"host", "pid", "started"}; touched while the owner lives
 *   SPOOL/worker-UUID/RUN.ATTEMPT.spool
 */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process started, as the system counts it: a process id alone may have been given again. */
  readonly started: string;
}

/** For an owner on another host only its touches say that it lives. */
const staleMs = 60_000;
const prefix = "worker-";

export interface OwnSpools {
  readonly directory: string;
  pathOf(runId: string, attempt: number): string;
  /** Says that this process lives, to workers on other hosts. */
  touch(): Promise<void>;
  /** Removes the folders that were taken over and hold no spool any more: else every kill would nest them one deeper. */
  tidy(): Promise<void>;
  /** Removes the folder, unless a spool is left in it for the next worker. */
  removeIfEmpty(): Promise<void>;
}

export async function ownSpools(spoolDirectory: string): Promise<OwnSpools> {
  const directory = join(spoolDirectory, prefix + randomUUID());
  await mkdir(directory, { recursive: true });
  const ownerPath = join(directory, "owner.json");
  const owner: Owner = { host: hostname(), pid: process.pid, started: await startOf(process.pid) };
  await writeFile(ownerPath, JSON.stringify(owner));
  return {
    directory,
    pathOf: (runId, attempt) => join(directory, `${runId}.${attempt}.spool`),
    touch: () => utimes(ownerPath, new Date(), new Date()),
    async tidy() {
      for (const name of await readdir(directory)) {
        if (name.startsWith(prefix)) await removeIfEmpty(join(directory, name));
      }
    },
    removeIfEmpty: () => removeIfEmpty(directory),
  };
}

export interface LeftoverSpool {
  readonly path: string;
  readonly runId: string;
  readonly attempt: number;
}

/** Takes over what dead workers left: their folders become part of ours, so that no other worker takes them too. */
export async function adoptLeftovers(spoolDirectory: string, own: OwnSpools): Promise<LeftoverSpool[]> {
  const leftovers: LeftoverSpool[] = [];
  for (const name of await readdir(spoolDirectory)) {
    const directory = join(spoolDirectory, name);
    if (!name.startsWith(prefix) || directory === own.directory || !(await isOrphan(directory))) continue;
    const taken = join(own.directory, name);
    try {
      await rename(directory, taken); // of two workers that try, one gets it
    } catch {
      continue;
    }
    leftovers.push(...(await spoolsUnder(taken)));
  }
  return leftovers.sort((a, b) => a.attempt - b.attempt);
}

/** Its own, and those of folders it had taken over itself before it died. */
async function spoolsUnder(directory: string): Promise<LeftoverSpool[]> {
  const paths = await readdir(directory, { recursive: true });
  return paths.flatMap((path) => {
    const match = /(?:^|\/)([0-9a-f-]{36})\.(\d+)\.spool$/.exec(path);
    return match ? [{ path: join(directory, path), runId: match[1]!, attempt: Number(match[2]) }] : [];
  });
}

async function removeIfEmpty(directory: string): Promise<void> {
  if ((await spoolsUnder(directory)).length === 0) await rm(directory, { recursive: true, force: true });
}

async function isOrphan(directory: string): Promise<boolean> {
  const path = join(directory, "owner.json");
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    const owner = JSON.parse(text) as Owner;
    if (owner.host !== hostname()) return Date.now() - mtimeMs > staleMs;
    return (await startOf(owner.pid)) !== owner.started;
  } catch {
    // No owner yet: just made, or its worker was killed while making it.
    return stat(directory).then(
      ({ mtimeMs }) => Date.now() - mtimeMs > staleMs,
      () => false,
    );
  }
}

/** "gone" where there is no such process; the same text as long as it is the same process. */
async function startOf(pid: number): Promise<string> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "gone";
  }
  try {
    const fields = await readFile(`/proc/${pid}/stat`, "utf8");
    const afterName = fields.slice(fields.lastIndexOf(")") + 2).split(" "); // the name may hold spaces and brackets
    return afterName[0] === "Z" ? "gone" : afterName[19]!; // field 22: start time in clock ticks since boot
  } catch {
    return "alive"; // no /proc on this system
  }
}
