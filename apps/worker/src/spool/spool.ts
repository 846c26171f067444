/**
 * @file The file between a trainer and the database: what was appended survives a kill of every process.
 *
 * One attempt, one file. Records are appended and fsynced before they count, read in order, and forgotten once the
 * database has them; the file is emptied whenever all are. A torn tail (never acknowledged to the trainer) is cut off at opening.
 */
import { type FileHandle, open, unlink } from "node:fs/promises";
import { bodyLength, decodeFrame, encodeFrame, headerBytes } from "./frame.ts";
import type { SpoolRecord } from "./record.ts";

interface Place {
  readonly at: number;
  readonly length: number;
}

export class Spool {
  readonly path: string;
  private readonly file: FileHandle;
  private readonly waiting: Place[];
  private end: number;
  private wake: (() => void)[] = [];
  private last: Promise<unknown> = Promise.resolve();

  private constructor(path: string, file: FileHandle, waiting: Place[], end: number) {
    this.path = path;
    this.file = file;
    this.waiting = waiting;
    this.end = end;
  }

  /** Opens or creates; keeps the whole records, cuts off what follows the last of them. */
  static async open(path: string): Promise<Spool> {
    const file = await openOrCreate(path);
    const { size } = await file.stat();
    const places: Place[] = [];
    let at = 0;
    for (;;) {
      const header = await read(file, at, headerBytes);
      const length = header === null ? null : bodyLength(header);
      if (length === null || at + headerBytes + length > size) break;
      const frame = await read(file, at, headerBytes + length);
      if (frame === null || decodeFrame(frame) === undefined) break;
      places.push({ at, length: frame.length });
      at += frame.length;
    }
    if (at < size) await file.truncate(at);
    return new Spool(path, file, places, at);
  }

  /** Bytes on disk. */
  get size(): number {
    return this.end;
  }

  /** Records that are not acknowledged. */
  get length(): number {
    return this.waiting.length;
  }

  /** Resolves when the record is on disk. On an error (disk full) nothing is kept, and it may be tried again. */
  append(record: SpoolRecord): Promise<void> {
    return this.inTurn(async () => {
      const frame = encodeFrame(record);
      for (let done = 0; done < frame.length; ) {
        // at a stated place: a failed try is overwritten
        done += (await this.file.write(frame, done, frame.length - done, this.end + done)).bytesWritten;
      }
      await this.file.datasync();
      this.waiting.push({ at: this.end, length: frame.length });
      this.end += frame.length;
      this.wakeAll();
    });
  }

  /** The oldest record that is not acknowledged, or null. */
  peek(): Promise<SpoolRecord | null> {
    return this.inTurn(async () => {
      const place = this.waiting[0];
      if (!place) return null;
      const frame = await read(this.file, place.at, place.length);
      const record = frame === null ? undefined : decodeFrame(frame);
      if (record === undefined) throw new Error(`${this.path}: the record at byte ${place.at} was altered on disk`);
      return record as SpoolRecord;
    });
  }

  /** The database has the oldest record. */
  acknowledge(): Promise<void> {
    return this.inTurn(async () => {
      this.waiting.shift();
      if (this.waiting.length === 0) {
        await this.file.truncate(0);
        this.end = 0;
      }
      this.wakeAll();
    });
  }

  /** Resolves at the next append or acknowledge. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.wake.push(resolve));
  }

  /** Makes every `changed` resolve now. */
  wakeAll(): void {
    for (const wake of this.wake.splice(0)) wake();
  }

  close(): Promise<void> {
    return this.inTurn(() => this.file.close());
  }

  async remove(): Promise<void> {
    await this.close();
    await unlink(this.path);
  }

  private inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.last.then(action);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

async function openOrCreate(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return open(path, "wx+");
  }
}

/** Exactly `length` bytes at `at`, or null where the file ends before. */
async function read(file: FileHandle, at: number, length: number): Promise<Buffer | null> {
  const buffer = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await file.read(buffer, got, length - got, at + got);
    if (bytesRead === 0) return null;
    got += bytesRead;
  }
  return buffer;
}
