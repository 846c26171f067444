/**
 * @file The items of a run at the size of its model, decoded once and kept in a file, so that the next run starts at once.
 *
 *   4 bytes   CRC-32 of the rest
 *   images    [items, size, size, 3], 0..255
 *   masks     [items, size, size], 0 or 1
 *
 * The file's name is a hash of all that decides its content, so it is never out of date.
 */
import { createHash } from "node:crypto";
import { mkdir, open, rename, utimes } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { DomainError } from "@tessera/domain/errors";
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import { itemInMemory, type TrainingItem } from "@tessera/training/items";
import { cacheLimit, makeRoom } from "./preparedCache.ts";
import type { JobItem } from "./protocol.ts";

/** Change it when imaging prepares pixels in another way. */
const preparation = "lanczos3-area-1";
const readAtOnce = 2 ** 26;

export interface PrepareOptions {
  readonly teamId: string;
  readonly items: readonly JobItem[];
  readonly size: number;
  readonly directory: string;
  /** What the directory may hold. Absent: what the disk allows. */
  readonly limitBytes?: number;
  readonly objects: Objects;
  readonly imaging: Imaging;
  /** Decoders that `imaging` has. */
  readonly parallel: number;
  /** Bytes of memory that this process may still take. */
  readonly freeBytes: number;
  /** Told after every item, only where items are decoded. */
  readonly onProgress: (done: number) => void;
}

/** Of the free memory; the rest is for the training itself. */
const mostOfMemory = 0.6;

/**
 * One TrainingItem per item, in the order given.
 * @throws DomainError BAD_FILE naming the item; TOO_LARGE, before anything is decoded, where memory does not hold the items
 */
export async function preparedItems(options: PrepareOptions): Promise<TrainingItem[]> {
  const { items, size, directory } = options;
  const path = join(directory, `${keyOf(items, size)}.bin`);
  const length = 4 + items.length * size * size * 4;
  checkMemory(options, length);
  let bytes = await readValid(path, length);
  if (bytes === null) {
    bytes = await decodeAll(options, Buffer.alloc(length));
    bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
    await mkdir(directory, { recursive: true });
    const limit = options.limitBytes ?? (await cacheLimit(directory));
    if (length <= limit) {
      await makeRoom(directory, length, limit);
      await writeAtomically(path, bytes);
    }
  }
  return items.map(({ itemId }, index) => itemInMemory(itemId, pixelsOf(bytes, index, items.length, size)));
}

/** Refused early: else the system would kill the trainer after hours of decoding, again and again. */
function checkMemory({ items, size, freeBytes }: PrepareOptions, neededBytes: number): void {
  if (neededBytes <= mostOfMemory * freeBytes) return;
  const gigabytes = (bytes: number) => (bytes / 2 ** 30).toPrecision(2);
  throw new DomainError(
    "TOO_LARGE",
    `${items.length} items at ${size} x ${size} pixels need ${gigabytes(neededBytes)} GB of memory, and this worker has ${gigabytes(freeBytes)} GB free, of which items may take ${100 * mostOfMemory} %; choose a smaller model size, a split of fewer items, or a worker with more memory`,
    { neededBytes, freeBytes },
  );
}

function pixelsOf(bytes: Buffer, index: number, count: number, size: number) {
  const [image, masks] = [4 + index * size * size * 3, 4 + count * size * size * 3];
  return {
    image: new Uint8Array(bytes.buffer, bytes.byteOffset + image, size * size * 3),
    mask: new Uint8Array(bytes.buffer, bytes.byteOffset + masks + index * size * size, size * size),
  };
}

function keyOf(items: readonly JobItem[], size: number): string {
  const hash = createHash("sha256").update(`${preparation}\n${size}\n`);
  for (const { sha256, maskSha256 } of items) hash.update(`${sha256} ${maskSha256}\n`);
  return hash.digest("hex");
}

async function readValid(path: string, length: number): Promise<Buffer | null> {
  try {
    const bytes = await readWhole(path, length);
    if (bytes === null || crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) return null;
    await utimes(path, new Date(), new Date());
    return bytes;
  } catch {
    return null; // not there, or taken away by another worker at this moment: decode again
  }
}

/** Part by part, because Node's readFile refuses 2 GiB: 8,200 items of 256 x 256. Null where the file has another length. */
async function readWhole(path: string, length: number): Promise<Buffer | null> {
  const file = await open(path, "r");
  try {
    if ((await file.stat()).size !== length) return null;
    const bytes = Buffer.alloc(length);
    for (let at = 0; at < length; ) {
      const { bytesRead } = await file.read(bytes, at, Math.min(readAtOnce, length - at), at);
      if (bytesRead === 0) return null;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

async function decodeAll(options: PrepareOptions, bytes: Buffer): Promise<Buffer> {
  const { teamId, items, size, objects, imaging, parallel, onProgress } = options;
  let next = 0;
  let done = 0;
  const work = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]!;
      try {
        const pixels = pixelsOf(bytes, index, items.length, size);
        pixels.image.set(await imaging.prepareImage(await objects.read(teamId, item.sha256), size));
        pixels.mask.set(await imaging.prepareMask(await objects.read(teamId, item.maskSha256), size));
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        throw new DomainError(error.code, `Item ${item.itemId}: ${error.message}`, error.details, error);
      }
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: 2 * parallel }, work)); // twice: one reads while the other decodes
  return bytes;
}

async function writeAtomically(path: string, bytes: Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await open(temporary, "w");
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
}
