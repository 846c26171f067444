/**
 * @file Objects on a local disk, at directory/team/aa/sha256 (aa: the hash's first two digits).
 *
 * A file gets its name only when it is complete: temporary file, fsync, rename, fsync of the folder. A crash leaves a
 * temporary file at most, which the next start of this directory removes.
 */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { DomainError } from "@tessera/domain/errors";
import type { Objects, StoredObject } from "./objects.ts";

const draftFolder = "incoming";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const hash = /^[0-9a-f]{64}$/;
/** A draft that nobody has written to for this long has no writer any more. */
const abandonedMilliseconds = 24 * 3600 * 1000;

export function openObjects({ directory }: { directory: string }): Objects {
  return new LocalObjects(resolve(directory));
}

class LocalObjects implements Objects {
  private readonly directory: string;
  private prepared: Promise<void> | null = null;

  constructor(directory: string) {
    this.directory = directory;
  }

  async put(teamId: string, bytes: Buffer | Readable, expectedSha256?: string): Promise<StoredObject> {
    this.placeOf(teamId, expectedSha256 ?? "0".repeat(64)); // refuses bad ids before anything is written
    this.prepared ??= this.prepare().catch((error) => {
      this.prepared = null;
      throw error;
    });
    await this.prepared;
    const draft = join(this.directory, draftFolder, `${process.pid}-${randomUUID()}`);
    try {
      const stored = await writeDraft(draft, bytes);
      if (expectedSha256 !== undefined && stored.sha256 !== expectedSha256) {
        throw new DomainError(
          "BAD_INPUT",
          `Expected bytes with SHA-256 ${expectedSha256}, got ${stored.size} bytes with ${stored.sha256}. Send the file again.`,
          { expected: expectedSha256, got: stored.sha256 },
        );
      }
      await publish(draft, this.placeOf(teamId, stored.sha256), this.directory);
      return stored;
    } catch (error) {
      throw diskError(error);
    } finally {
      await rm(draft, { force: true });
    }
  }

  async read(teamId: string, sha256: string): Promise<Buffer> {
    const size = (await this.size(teamId, sha256)) ?? 0;
    if (size > mostReadBytes) {
      const message = `The stored object ${sha256} has ${size} bytes; expected at most ${mostReadBytes} where a file is read whole. Only slides are larger`;
      throw new DomainError("TOO_LARGE", message, { sha256, size });
    }
    const bytes = await readFile(this.placeOf(teamId, sha256)).catch((error) => {
      throw notFound(error, sha256);
    });
    const digest = createHash("sha256");
    for (const part of parts(bytes)) {
      digest.update(part);
      await nextTurn();
    }
    const got = digest.digest("hex");
    if (got !== sha256) {
      throw new DomainError(
        "BAD_FILE",
        `The stored object ${sha256} has changed on disk: its bytes hash to ${got}. Restore it from a backup, or upload it again.`,
        { sha256, got },
      );
    }
    return bytes;
  }

  async stream(teamId: string, sha256: string, range: { start?: number; end?: number } = {}): Promise<Readable> {
    const file = await open(this.placeOf(teamId, sha256)).catch((error) => {
      throw notFound(error, sha256);
    });
    const { start = 0, end = Number.POSITIVE_INFINITY } = range;
    if (!(start >= 0) || end < start) {
      await file.close();
      throw new DomainError("BAD_INPUT", `Expected a range of bytes from 0 on, got ${start} to ${end}.`);
    }
    return createReadStream("", { fd: file, start, end });
  }

  async path(teamId: string, sha256: string): Promise<string> {
    const path = this.placeOf(teamId, sha256);
    await stat(path).catch((error) => {
      throw notFound(error, sha256);
    });
    return path;
  }

  async size(teamId: string, sha256: string): Promise<number | null> {
    try {
      return (await stat(this.placeOf(teamId, sha256))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  async remove(teamId: string, sha256: string): Promise<void> {
    await rm(this.placeOf(teamId, sha256), { force: true });
  }

  /** Only checked ids become a path, so none can lead out of the directory. */
  private placeOf(teamId: string, sha256: string): string {
    if (!uuid.test(teamId)) throw new DomainError("BAD_INPUT", "Expected a team's id (a lower-case UUID).");
    if (!hash.test(sha256)) {
      throw new DomainError("BAD_INPUT", "Expected a SHA-256 as 64 lower-case hexadecimal digits.");
    }
    return join(this.directory, teamId, sha256.slice(0, 2), sha256);
  }

  private async prepare(): Promise<void> {
    const folder = join(this.directory, draftFolder);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const age = await stat(path).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0, // its writer has just finished
      );
      if (age > abandonedMilliseconds) await rm(path, { force: true });
    }
  }
}

/** No image, table, array or checkpoint is larger. */
const mostReadBytes = 2 ** 30;

/** As much as may be hashed before the event loop has its turn. */
const partBytes = 2 ** 20;

function* parts(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += partBytes) yield bytes.subarray(at, at + partBytes);
}

async function writeDraft(path: string, bytes: Buffer | Readable): Promise<StoredObject> {
  const digest = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx", 0o600);
  try {
    for await (const chunk of bytes instanceof Readable ? bytes : parts(bytes)) {
      const part = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      digest.update(part);
      await writeAll(file, part);
      size += part.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: digest.digest("hex"), size };
}

/** A write may take a part only. */
async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
}

/** Renaming over an equal file is harmless, so two writers of one object need no lock. It also heals a damaged one. */
async function publish(draft: string, target: string, directory: string): Promise<void> {
  const folder = dirname(target);
  const firstMade = await mkdir(folder, { recursive: true, mode: 0o700 });
  await rename(draft, target);
  // The name must survive a power cut too, and so must the folders that were just made.
  for (let at = folder; ; at = dirname(at)) {
    await syncFolder(at);
    if (firstMade === undefined || at === directory) return;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function notFound(error: unknown, sha256: string): unknown {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") return error;
  return new DomainError("NOT_FOUND", `There is no stored object ${sha256}.`, { sha256 }, error);
}

function diskError(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EDQUOT" && code !== "EROFS") return error;
  return new DomainError(
    "UNAVAILABLE",
    `The object store cannot write: ${message}. Free some space, then try again.`,
    {},
    error,
  );
}
