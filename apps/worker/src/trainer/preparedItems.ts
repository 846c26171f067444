/**
 * @file The items of a run at the size of its model, decoded while it trains and kept in a file for the next run.
 *
 * An item that is asked for before it is decoded is decoded at once; meanwhile the others follow in the order given, until
 * the file has all. As many as the memory given to them holds are kept there, whichever come first: of a shuffled order any part
 * serves as well as any other. The rest is read from the file when asked for, or decoded again where no file may be that large.
 */
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import type { ItemPixels, TrainingItem } from "@tessera/training/items";
import { cacheLimit, makeRoom } from "./preparedCache.ts";
import { fileBytes, PreparedFile, pixelsOf, recordBytes, removeFile } from "./preparedFile.ts";
import type { JobItem } from "./protocol.ts";

/** Change it when imaging prepares pixels in another way, or the file's layout changes. */
const preparation = "lanczos3-area-2";

export interface PrepareOptions {
  readonly teamId: string;
  readonly items: readonly JobItem[];
  readonly size: number;
  readonly directory: string;
  /** What the directory may hold. Absent: what the disk allows. */
  readonly limitBytes?: number;
  /** Memory for decoded items, bytes; 0 keeps none. */
  readonly memoryBytes: number;
  readonly objects: Objects;
  readonly imaging: Imaging;
  /** Decoders that `imaging` has. */
  readonly parallel: number;
  /** In which order to decode what nobody has asked for; indices of `items`. */
  readonly order: readonly number[];
}

export interface PreparedItems {
  /** One per item, in the order given. @throws DomainError from `read`, BAD_FILE naming the item */
  readonly items: readonly TrainingItem[];
  /**
   * Resolves when the file is whole, with the number of items that were decoded for it; with null where there will be no
   * file. Rejects with what a `read` of that item would reject with.
   */
  readonly filled: Promise<number | null>;
  /** Stops decoding; a file that is not whole is removed. */
  close(): Promise<void>;
}

export async function openPreparedItems(options: PrepareOptions): Promise<PreparedItems> {
  const { items, size, directory } = options;
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${keyOf(items, size)}.bin`);
  const layout = { items: items.length, size };
  const whole = await PreparedFile.openWhole(path, layout);
  // A whole file with a damaged record loses its name, so that the next run writes another.
  if (whole !== null) return new Prepared(options, whole, () => removeFile(path)).handle(Promise.resolve(0));

  const limit = options.limitBytes ?? (await cacheLimit(directory));
  if (fileBytes(layout) > limit) return new Prepared(options, null, null).handle(Promise.resolve(null));
  await makeRoom(directory, fileBytes(layout), limit);
  const temporary = `${path}.${process.pid}.tmp`;
  const file = await PreparedFile.create(temporary, layout);
  const prepared = new Prepared(options, file, null);
  const fill = async () => {
    try {
      await prepared.decodeRest();
      await file.finish(temporary, path);
      return items.length;
    } catch (error) {
      await removeFile(temporary);
      throw error;
    }
  };
  return prepared.handle(fill());
}

class Prepared {
  private readonly options: PrepareOptions;
  private readonly file: PreparedFile | null;
  /** What to do about a record that was altered; null while the file is being written. */
  private readonly onDamage: (() => Promise<void>) | null;
  private readonly held: (ItemPixels | undefined)[] = [];
  private readonly decoding = new Map<number, Promise<ItemPixels>>();
  private readonly decoded = new Set<number>();
  private freeBytes: number;
  private closed = false;

  constructor(options: PrepareOptions, file: PreparedFile | null, onDamage: (() => Promise<void>) | null) {
    this.options = options;
    this.file = file;
    this.onDamage = onDamage;
    this.freeBytes = options.memoryBytes;
  }

  handle(filled: Promise<number | null>): PreparedItems {
    filled.catch(() => undefined); // for whoever asks
    return {
      items: this.options.items.map(({ itemId }, index) => ({ itemId, read: () => this.read(index) })),
      filled,
      close: async () => {
        this.closed = true;
        await Promise.allSettled([filled, ...this.decoding.values()]);
        await this.file?.close();
      },
    };
  }

  private async read(index: number): Promise<ItemPixels> {
    const known = this.held[index] ?? this.decoding.get(index);
    if (known !== undefined) return known;
    const record = await this.file?.read(index);
    if (record) return this.hold(index, record);
    await this.onDamage?.();
    return this.decode(index);
  }

  /** Keeps it in memory where there is room. */
  private hold(index: number, record: Uint8Array): ItemPixels {
    const pixels = pixelsOf(record, this.options.size);
    if (this.held[index] === undefined && record.length <= this.freeBytes) {
      this.freeBytes -= record.length;
      this.held[index] = pixels;
    }
    return pixels;
  }

  /** Once at a time, however many ask for it. */
  private decode(index: number): Promise<ItemPixels> {
    const under = this.decoding.get(index);
    if (under !== undefined) return under;
    const decoding = this.decodeNow(index).finally(() => this.decoding.delete(index));
    this.decoding.set(index, decoding);
    return decoding;
  }

  private async decodeNow(index: number): Promise<ItemPixels> {
    const { teamId, items, size, objects, imaging } = this.options;
    const { itemId, sha256, maskSha256 } = items[index]!;
    try {
      const [image, mask] = await Promise.all([
        objects.read(teamId, sha256).then((bytes) => imaging.prepareImage(bytes, size)),
        objects.read(teamId, maskSha256).then((bytes) => imaging.prepareMask(bytes, size)),
      ]);
      const record = new Uint8Array(recordBytes(size));
      record.set(image);
      record.set(mask, image.length);
      if (this.onDamage === null && !this.decoded.has(index)) await this.file?.write(index, record);
      this.decoded.add(index);
      return this.hold(index, record);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(error.code, `Item ${itemId}: ${error.message}`, error.details, error);
    }
  }

  /** Twice as many at once as there are decoders: one reads while the other decodes. */
  async decodeRest(): Promise<void> {
    const { order, parallel } = this.options;
    let next = 0;
    const work = async () => {
      while (next < order.length) {
        if (this.closed) throw new DomainError("UNAVAILABLE", "The items were closed before all were decoded");
        const index = order[next++]!;
        if (!this.decoded.has(index)) await this.decode(index);
      }
    };
    await Promise.all(Array.from({ length: 2 * parallel }, work));
  }
}

function keyOf(items: readonly JobItem[], size: number): string {
  const hash = createHash("sha256").update(`${preparation}\n${size}\n`);
  for (const { sha256, maskSha256 } of items) hash.update(`${sha256} ${maskSha256}\n`);
  return hash.digest("hex");
}
