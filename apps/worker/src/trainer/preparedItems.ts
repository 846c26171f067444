/**
 * @file The items of a run at the size of its model, decoded while it trains and kept in a file for the next run.
 *
 * An item that is asked for before it is decoded is decoded at once; meanwhile the others follow in the order given, until
 * the file has all. As many as the memory given to them holds are kept there, whichever come first: of a shuffled order any part
 * serves as well as any other. The rest is read from the file when asked for, or decoded again where no file may be that large.
 *
 * The file saves time and holds nothing of its own: where it cannot be made, written or named, the run goes on without it.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "@tessera/domain/errors";
import type { Imaging } from "@tessera/imaging/client";
import type { Objects } from "@tessera/objects/objects";
import type { ItemPixels, TrainingItem } from "@tessera/training/items";
import { messageOf } from "../backoff.ts";
import { cacheLimit, makeRoom } from "./preparedCache.ts";
import { fileBytes, type Layout, PreparedFile, pixelsOf, recordBytes, removeFile } from "./preparedFile.ts";
import type { JobItem } from "./protocol.ts";

/** Change it when imaging prepares pixels in another way, or the file's layout changes. */
const preparation = "lanczos3-area-2";

export interface PrepareOptions {
  readonly teamId: string;
  readonly items: readonly JobItem[];
  readonly size: number;
  /** Of the label schema. Absent: 1. */
  readonly classes?: number;
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
   * Resolves when the file is whole, or when it is known that there will be none. Rejects with what a `read` of an item that
   * cannot be decoded would reject with.
   */
  readonly filled: Promise<Filled>;
  /** Stops decoding; a file that is not whole is removed. */
  close(): Promise<void>;
}

/** The items decoded for the file; null where there will be no file, with the reason. */
export type Filled = { readonly decoded: number } | { readonly decoded: null; readonly why: string };

const noFile = (why: string): Filled => ({ decoded: null, why });

export async function openPreparedItems(options: PrepareOptions): Promise<PreparedItems> {
  const { items, size, classes = 1, directory } = options;
  const path = join(directory, `${keyOf(items, size, classes)}.bin`);
  const layout = { items: items.length, size, masks: haveMasks(items) };
  const whole = await PreparedFile.openWhole(path, layout);
  // A whole file with a damaged record loses its name, so that the next run writes another.
  if (whole !== null) {
    const removeName = () => removeFile(path).catch(() => undefined); // a folder that may only be read
    return new Prepared(options, whole, removeName).handle(Promise.resolve({ decoded: 0 }));
  }
  const temporary = `${path}.${randomUUID()}.tmp`; // a process id is unique in one container only
  const file = await createFile(options, temporary, layout).catch((error) => noFile(messageOf(error)));
  if (!(file instanceof PreparedFile)) return new Prepared(options, null, null).handle(Promise.resolve(file));
  const prepared = new Prepared(options, file, null);
  const fill = async () => {
    try {
      await prepared.decodeRest();
      return await prepared.finish(temporary, path);
    } finally {
      await removeFile(temporary).catch(() => undefined); // not there any more, unless something failed
    }
  };
  return prepared.handle(fill());
}

async function createFile(
  { directory, limitBytes }: PrepareOptions,
  temporary: string,
  layout: Layout,
): Promise<PreparedFile | Filled> {
  await mkdir(directory, { recursive: true });
  const limit = limitBytes ?? (await cacheLimit(directory));
  if (fileBytes(layout) > limit) return noFile("they are more than it may hold");
  await makeRoom(directory, fileBytes(layout), limit);
  return PreparedFile.create(temporary, layout);
}

class Prepared {
  private readonly options: PrepareOptions;
  private file: PreparedFile | null;
  /** Why the file was given up. */
  private problem: string | undefined;
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

  handle(filled: Promise<Filled>): PreparedItems {
    filled.catch(() => undefined); // for whoever asks
    return {
      items: this.options.items.map(({ itemId, classValues, corrupted }, index) => ({
        itemId,
        ...(classValues && { classValues }),
        ...(corrupted && { corrupted }),
        read: () => this.read(index),
      })),
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
    const { teamId, items, size, classes = 1, objects, imaging } = this.options;
    const { itemId, sha256, maskSha256 } = items[index]!;
    const masks = maskSha256 !== null;
    try {
      const [image, mask] = await Promise.all([
        objects.read(teamId, sha256).then((bytes) => imaging.prepareImage(bytes, size)),
        masks ? objects.read(teamId, maskSha256).then((bytes) => imaging.prepareClassMask(bytes, size, classes)) : [],
      ]);
      const record = new Uint8Array(recordBytes({ size, masks }));
      record.set(image);
      record.set(mask, image.length);
      if (this.onDamage === null && !this.decoded.has(index)) {
        await this.file?.write(index, record).catch((error) => this.giveUp(error));
      }
      this.decoded.add(index);
      return this.hold(index, record);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new DomainError(error.code, `Item ${itemId}: ${error.message}`, error.details, error);
    }
  }

  /** A full disk, say: what waits in the file is worth less than the room it takes. */
  private async giveUp(error: unknown): Promise<void> {
    const { file } = this;
    this.problem ??= messageOf(error);
    this.file = null;
    await file?.close().catch(() => undefined);
  }

  /** After decodeRest. */
  async finish(temporary: string, path: string): Promise<Filled> {
    await this.file?.finish(temporary, path).catch((error) => {
      this.problem = messageOf(error); // it can still be read
    });
    return this.problem === undefined ? { decoded: this.options.items.length } : noFile(this.problem);
  }

  /** Twice as many at once as there are decoders: one reads while the other decodes. */
  async decodeRest(): Promise<void> {
    const { order, parallel } = this.options;
    let next = 0;
    const work = async () => {
      while (next < order.length && this.file !== null) {
        if (this.closed) throw new DomainError("UNAVAILABLE", "The items were closed before all were decoded");
        const index = order[next++]!;
        if (!this.decoded.has(index)) await this.decode(index);
      }
    };
    await Promise.all(Array.from({ length: 2 * parallel }, work));
  }
}

/** The labels of a run are of one kind. */
export const haveMasks = (items: readonly JobItem[]): boolean => items.some(({ maskSha256 }) => maskSha256 !== null);

/** A mask of one class and one of several are read in other ways; where there is one, the name is what it always was. */
function keyOf(items: readonly JobItem[], size: number, classes: number): string {
  const masks = haveMasks(items);
  const kind = masks ? (classes > 1 ? `${classes} classes\n` : "") : "images alone\n";
  const hash = createHash("sha256").update(`${preparation}\n${size}\n${kind}`);
  for (const { sha256, maskSha256 } of items) hash.update(masks ? `${sha256} ${maskSha256}\n` : `${sha256}\n`);
  return hash.digest("hex");
}
